import DossierSyntax
import Testing

@testable import Dossier

/// Relationships that begin or end at relationships, in the store.
struct StatementTests {
  private let shapes = RelationshipShape.allCases

  @Test func aNameHasATypeForEachShape() {
    let catalog = Catalog()
    let ids = shapes.map { catalog.internRelationshipType("reported-by", $0) }
    #expect(Set(ids).count == 4)
    for (id, shape) in zip(ids, shapes) {
      #expect(catalog.name(of: id) == "reported-by")
      #expect(catalog.shape(of: id) == shape)
      #expect(catalog.relationshipType("reported-by", shape) == id)
      #expect(catalog.relationshipTypes(shape) == [id])
      #expect(catalog.relationshipType(ids[0], as: shape) == id)
    }
    #expect(catalog.relationshipTypes(named: "reported-by").sorted() == ids.sorted())
    #expect(catalog.relationshipType("other", shapes[3]) == nil)
  }

  @Test func numbersOfNodesAndRelationshipsAreKeptApart() throws {
    var graph = Graph()
    let type = graph.catalog.internRelationshipType("T")
    let a = try graph.createNode(labels: [])
    let b = try graph.createNode(labels: [])
    let r = try graph.createRelationship(type: type, from: a, to: b)
    let s = try graph.createRelationship(type: type, from: .relationship(r), to: .node(a))
    let t = try graph.createRelationship(type: type, from: .node(b), to: .relationship(s))
    #expect(graph.relationships(of: .node(a)) == [r, s])
    #expect(graph.relationships(of: .node(b)) == [r, t])
    #expect(graph.relationships(of: .relationship(r)) == [s])
    #expect(graph.relationships(of: .relationship(s)) == [t])
    #expect(graph.degree(of: .relationship(t)) == 0)
    #expect(graph.endElements(of: t).end == .relationship(s))
    #expect(graph.statementCount == 2)
    #expect(graph.relationshipCount(type: type) == 1)
    #expect(!graph.hasLoops(graph.ends(of: s).type))
    let before = graph
    graph.deleteRelationship(t)
    graph.deleteRelationship(s)
    #expect(graph.degree(of: .relationship(r)) == 0)
    #expect(before.degree(of: .relationship(r)) == 1)
    graph.checkInvariants()
    before.checkInvariants()
  }

  @Test func anEndThatDoesNotExistIsRefused() throws {
    var graph = Graph()
    let type = graph.catalog.internRelationshipType("T")
    let node = try graph.createNode(labels: [])
    #expect(throws: QueryError.self) {
      _ = try graph.createRelationship(
        type: type, from: .node(node), to: .relationship(RelationshipID(rawValue: 0)))
    }
    #expect(graph.relationshipCount == 0)
  }

  @Test func loadingEqualsSingleWrites() throws {
    let label = LabelID(rawValue: 0)
    var single = Graph()
    _ = single.catalog.internLabel("L")
    let type = single.catalog.internRelationshipType("T")
    var loader = BulkLoader(single)
    for _ in 0..<3_000 { _ = try single.createNode(labels: [label]) }
    _ = try loader.addNodes(3_000, labels: [label])
    let ends = (0..<5_000 as Range<UInt32>).map { $0 &* 31 % 3_000 }
    for shape in shapes {
      try loader.addRelationships(
        loader.graph.catalog.internRelationshipType("T", shape), starts: ends,
        ends: ends.reversed())
      for i in ends.indices {
        _ = try single.createRelationship(
          type: type, from: ElementID(shape.start, rawValue: ends[i]),
          to: ElementID(shape.end, rawValue: ends[ends.count - 1 - i]))
      }
    }
    let loaded = loader.finish()
    #expect(loaded.statementCount == 15_000)
    for row in 0..<3_000 as Range<UInt32> {
      for kind in [ElementKind.node, .relationship] {
        let element = ElementID(kind, rawValue: row)
        #expect(loaded.relationships(of: element) == single.relationships(of: element))
      }
    }
    for id in loaded.catalog.relationshipTypes(named: "T") {
      let statistics = loaded.relationshipStatistics[Int(id.rawValue)]
      let other = single.relationshipStatistics[Int(id.rawValue)]
      #expect(statistics.startLabels == other.startLabels)
      #expect(statistics.endLabels == other.endLabels)
      #expect(statistics.loops == other.loops)
    }
  }
}
