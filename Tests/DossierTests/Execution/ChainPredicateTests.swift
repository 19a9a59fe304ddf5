import DossierSyntax
import Testing

@testable import Dossier

@Suite("Predicates on the relationships of a chain")
struct ChainPredicateTests {
  private static let element = Slot(index: 0)
  private let sample: RandomGraph

  init() throws { sample = try RandomGraph(seed: 3, nodes: 12, relationships: 120) }

  /// Tests all relationships of the type 50 times, in groups of eight; the number of kernel calls.
  private func calls(isLasting: Bool, isReadOnly: Bool) throws -> Int {
    let state = sample.state(isReadOnly: isReadOnly)
    let kernel = EvenKernel(Self.element)
    var length = VariableLength(minimum: 1, maximum: nil, element: Self.element)
    length.predicateIsLasting = isLasting
    let predicate = ChainPredicate(kernel, length)
    let adjacency = StepAdjacency(["R"], .both, state.graph)
    let batch = Batch(count: 1, slotCount: 1)
    for _ in 0..<50 {
      for start in stride(from: 0, to: sample.links.count - 8, by: 8) {
        let links = sample.links[start..<start + 8]
        let candidates = ChainCandidates()
        for link in links { candidates.append(link.end, link.id) }
        try predicate.keep(in: candidates, row: 0, of: batch, adjacency, state)
        let expected = links.filter { $0.id.isMultiple(of: 2) }
        let kept = 0..<candidates.count
        #expect(kept.map { candidates.relationships.base[$0] } == expected.map(\.id))
        #expect(kept.map { candidates.neighbours.base[$0] } == expected.map(\.end))
      }
    }
    return kernel.calls
  }

  @Test func areComputedForAllRelationshipsOncePatienceIsOver() throws {
    #expect(try calls(isLasting: true, isReadOnly: true) <= sample.graph.relationshipPageCount + 2)
  }

  @Test func areTestedOneByOneWhereTheyMayChange() throws {
    let groups = 50 * ((sample.links.count - 8 + 7) / 8)
    #expect(try calls(isLasting: false, isReadOnly: true) == groups)
    #expect(try calls(isLasting: true, isReadOnly: false) == groups)
  }
}
