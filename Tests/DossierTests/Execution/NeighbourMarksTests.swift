import DossierSyntax
import Testing

@testable import Dossier

@Suite("Marked neighbours")
struct NeighbourMarksTests {
  @Test(arguments: [ExpandStep.Direction.outgoing, .incoming, .both])
  func giveTheRelationshipsToEachNode(direction: ExpandStep.Direction) throws {
    for seed in UInt64(1)...6 {
      let sample = try RandomGraph(seed: seed, nodes: 5, relationships: 30)
      let state = sample.state()
      let marks = try NeighbourMarks(state)
      let adjacency = StepAdjacency(["R"], direction, state.graph)
      for node in 0..<UInt32(sample.nodeCount) {
        try marks.set(node, side: 1, adjacency)
        #expect(marks.isOf(node, side: 1) && !marks.isOf(node, side: 0))
        let steps = sample.steps(from: node, direction)
        #expect(marks.table.list.count == steps.count)
        for other in 0..<UInt32(sample.nodeCount) {
          var found: [UInt32] = []
          marks.table.forEach(to: other) { found.append($0) }
          #expect(found.sorted() == steps.filter { $0.to == other }.map(\.id).sorted())
        }
      }
      marks.clear()
      #expect(marks.table.list.count == 0 && !marks.isOf(4, side: 1))
      marks.table.forEach(to: 0) { _ in Issue.record("a relationship to a node without marks") }
    }
  }
}
