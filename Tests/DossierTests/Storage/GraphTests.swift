import DossierSyntax
import Testing

@testable import Dossier

/// The store's interface, one behaviour a test.
struct GraphTests {
  private let arena = Arena()
  private let label = LabelID(rawValue: 0)
  private let type = RelationshipTypeID(rawValue: 0)
  private let key = PropertyKeyID(rawValue: 0)

  @Test func anEmptyGraphHasNothing() throws {
    let graph = Graph()
    #expect(graph.nodeCount == 0 && graph.nodePageCount == 0)
    #expect(!graph.contains(NodeID(rawValue: 0)) && !graph.contains(RelationshipID(rawValue: .max)))
    #expect(graph.adjacency(type, .outgoing) == nil)
    #expect(graph.nodeProperties(key) == nil)
    #expect(graph.labels(of: NodeID(rawValue: 77)) == [])
    #expect(try graph.property(NodeID(rawValue: .max), key, arena: arena).isNull)
  }

  @Test func idsAreNeverGivenAgain() throws {
    var graph = Graph()
    let first = try graph.createNode(labels: [label])
    graph.deleteNode(first)
    let second = try graph.createNode(labels: [])
    #expect(second.rawValue == 1)
    #expect(!graph.contains(first) && graph.nodeCount == 1 && graph.nodeIDBound == 2)
    #expect(graph.nodeCount(label: label) == 0)
  }

  @Test func endsOfADeletedRelationshipStayReadable() throws {
    var graph = Graph()
    let node = try graph.createNode(labels: [])
    let loop = try graph.createRelationship(type: type, from: node, to: node)
    #expect(graph.degree(of: node) == 2 && graph.relationships(of: node) == [loop])
    graph.deleteRelationship(loop)
    #expect(graph.ends(of: loop).start == node && !graph.contains(loop))
    #expect(graph.adjacency(type, .outgoing) == nil && graph.degree(of: node) == 0)
    graph.deleteRelationship(loop)
    #expect(graph.relationshipCount == 0)
  }

  @Test func neighboursAreSortedByNeighbourAndRelationship() throws {
    var graph = Graph()
    for _ in 0..<3_000 { _ = try graph.createNode(labels: []) }
    let hub = NodeID(rawValue: 7)
    for step in 0..<3_000 {
      let other = NodeID(rawValue: UInt32(step &* 1_237 % 2_999 / 3))
      _ = try graph.createRelationship(type: type, from: hub, to: other)
    }
    let reader = try #require(graph.adjacency(type, .outgoing))
    let list = reader.neighbours(of: 7)
    #expect(list.count == 3_000)
    for i in 1..<list.count {
      let (a, b) = (list.neighbours[i - 1], list.neighbours[i])
      #expect(a < b || (a == b && list.relationships[i - 1] < list.relationships[i]))
    }
    #expect(reader.neighbours(of: .max).count == 0 && reader.degree(of: 8) == 0)
    graph.checkInvariants()
  }

  @Test func aWriteToAMissingElementFailsAndChangesNothing() throws {
    var graph = Graph()
    let node = try graph.createNode(labels: [])
    let missing = NodeID(rawValue: 5)
    let image = try GraphImage(graph)
    for write in [
      { graph in _ = try graph.createRelationship(type: type, from: node, to: missing) },
      { graph in try graph.setProperty(missing, key, Cell(1 as Int64)) },
      { graph in try graph.setProperty(RelationshipID(rawValue: 0), key, Cell(true)) },
      { graph in _ = try graph.addLabel(missing, label) },
      { graph in _ = try graph.removeLabel(missing, label) },
    ] as [(inout Graph) throws -> Void] {
      let error = #expect(throws: QueryError.self) { try write(&graph) }
      #expect(error?.code == .deletedEntityAccess)
    }
    #expect(try GraphImage(graph) == image)
    #expect(graph.relationshipIDBound == 0)
  }

  @Test func mapsElementsAndNestedListsAreNotStorable() throws {
    var graph = Graph()
    let node = try graph.createNode(labels: [])
    let map = try arena.map(pairs: [arena.string("k"), Cell(true)])
    try graph.setProperty(node, key, Cell(1 as Int64))
    for cell in [
      map, Cell(node), Cell(RelationshipID(rawValue: 0)), try arena.path([Cell(node)]),
      try arena.list([map]), try arena.list([try arena.list([])]),
    ] {
      let error = #expect(throws: QueryError.self) { try graph.setProperty(node, key, cell) }
      #expect(error?.code == .invalidPropertyType)
    }
    #expect(try graph.property(node, key, arena: arena).integer == 1)
  }

  @Test func aPageOfOneKindBecomesGeneralAndAbsentAgain() throws {
    var graph = Graph()
    for _ in 0..<4_096 { _ = try graph.createNode(labels: []) }
    let node = NodeID(rawValue: 3)
    let other = NodeID(rawValue: 4)
    try graph.setProperty(node, key, Cell(1 as Int64))
    #expect(try #require(graph.nodeProperties(key)).uniformKind == .integer)
    try graph.setProperty(node, key, Cell(1.5))
    #expect(try #require(graph.nodeProperties(key)).uniformKind == .float)
    try graph.setProperty(other, key, arena.string("x"))
    #expect(try #require(graph.nodeProperties(key)).kind(page: 0) == .general)
    #expect(try #require(graph.nodeProperties(key)).kind(page: 1) == .absent)
    #expect(try graph.property(node, key, arena: arena).float == 1.5)
    #expect(try graph.property(other, key, arena: arena).string == "x")
    try graph.setProperty(NodeID(rawValue: 3_000), key, Cell(true))
    #expect(try #require(graph.nodeProperties(key)).uniformKind == nil)
    try graph.setProperty(node, key, .null)
    try graph.setProperty(other, key, .null)
    let reader = try #require(graph.nodeProperties(key))
    #expect(reader.kind(page: 0) == .absent && reader.uniformKind == .boolean)
    #expect(reader.kind(page: 99) == .absent && reader.validity(page: 99)[31] == 0)
    graph.checkInvariants()
  }

  @Test func storedListsOutliveTheirSourceAndTheGraph() throws {
    var graph = Graph()
    let node = try graph.createNode(labels: [])
    do {
      let source = Arena()
      let duration = try source.duration(
        DurationValue(months: 1, days: 2, seconds: 3, nanoseconds: 4))
      let list = try source.list([Cell(1 as Int64), source.string("two"), duration])
      try graph.setProperty(node, key, list)
    }
    let cell = try graph.property(node, key, arena: arena)
    try graph.setProperty(node, key, .null)
    let two = Array("two".utf8)
    #expect(text(cell) == "[integer 1 0 0, string \(two), duration 1 2 3 4]")
    #expect(cell.cells[1].isInterned)
  }

  @Test func publicValuesNameLabelsByCodePoints() throws {
    var graph = Graph()
    let labels = ["b", "a", "é"].map(graph.catalog.internLabel)
    let node = try graph.createNode(labels: labels)
    let name = graph.catalog.internPropertyKey("name")
    try graph.setProperty(node, name, arena.string("Ada"))
    let knows = graph.catalog.internRelationshipType("KNOWS")
    let id = try graph.createRelationship(type: knows, from: node, to: node)
    #expect(graph.node(node).labels == ["a", "b", "é"])
    guard case .string("Ada")? = graph.node(node).properties["name"] else {
      Issue.record("no name")
      return
    }
    #expect(graph.relationship(id).type == "KNOWS" && graph.relationship(id).end == .node(node))
    #expect(graph.relationship(RelationshipID(rawValue: 9)).type == "")
  }
}
