import DossierSyntax
import Testing

@testable import Dossier

@Suite("Labels in loops")
struct LabelReaderTests {
  private let a = LabelID(rawValue: 0)
  private let b = LabelID(rawValue: 1)
  private let c = LabelID(rawValue: 2)

  /// Nodes of more than one page; each second has `a`, each third `b`.
  private func graph() throws -> Graph {
    var graph = Graph()
    for number in 0..<5_000 {
      _ = try graph.createNode(
        labels: (number % 2 == 0 ? [a] : []) + (number % 3 == 0 ? [b] : []))
    }
    return graph
  }

  @Test func allLabelsAreAsked() throws {
    let graph = try graph()
    let lists = [[], [a], [b], [a, b], [c], [a, c]]
    for labels in lists {
      let reader = LabelReader(labels, graph)
      #expect(reader.isTrivial == labels.isEmpty)
      for number in UInt32(0)..<5_000 {
        let known = Set(graph.labels(of: NodeID(rawValue: number)))
        #expect(reader.accepts(number) == known.isSuperset(of: labels), "\(labels) of \(number)")
      }
    }
  }

  @Test func laterChangesAreNotSeen() throws {
    var graph = try graph()
    let reader = LabelReader([a], graph)
    _ = try graph.removeLabel(NodeID(rawValue: 2), a)
    _ = try graph.addLabel(NodeID(rawValue: 3), a)
    #expect(reader.accepts(2) && !reader.accepts(3))
    let fresh = LabelReader([a], graph)
    #expect(!fresh.accepts(2) && fresh.accepts(3))
  }
}
