import DossierSyntax
import Testing

@testable import Dossier

@Suite("Statistics of relationship types")
struct RelationshipStatisticsTests {
  private let rare = LabelID(rawValue: 0)
  private let common = LabelID(rawValue: 1)
  private let type = RelationshipTypeID(rawValue: 0)

  @Test func nodesAtAnEndAreThoseOfTheRarestLabelThatAllHave() throws {
    var graph = Graph()
    let starts = try (0..<3).map { _ in try graph.createNode(labels: [rare, common]) }
    let ends = try (0..<5).map { _ in try graph.createNode(labels: [common]) }
    _ = try (0..<4).map { _ in try graph.createNode(labels: []) }
    for start in starts {
      for end in ends { _ = try graph.createRelationship(type: type, from: start, to: end) }
    }
    #expect(graph.nodeCount(at: .start, of: type) == 3)
    #expect(graph.nodeCount(at: .end, of: type) == 8)
    let stranger = try graph.createRelationship(type: type, from: ends[0], to: starts[0])
    #expect(graph.nodeCount(at: .start, of: type) == 8)
    graph.deleteRelationship(stranger)
    #expect(graph.nodeCount(at: .start, of: type) == 3)
    _ = try graph.removeLabel(starts[1], rare)
    #expect(graph.nodeCount(at: .start, of: type) == 8)
  }

  @Test func withoutRelationshipsItIsAllNodes() throws {
    var graph = Graph()
    _ = try (0..<4).map { _ in try graph.createNode(labels: [rare]) }
    #expect(graph.nodeCount(at: .start, of: type) == 4)
    #expect(graph.nodeCount(at: .end, of: RelationshipTypeID(rawValue: 7)) == 4)
  }
}
