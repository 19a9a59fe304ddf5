import DossierSyntax
import Glibc
import Testing

@testable import Dossier

/// A graph that is written as a snapshot and opened is the same graph, and goes on as one.
struct SnapshotTests {
  // MARK: Round trips

  @Test func anEmptyGraph() throws {
    let graph = try Self.reopened(Graph())
    #expect(graph.nodeCount == 0 && graph.nodeIDBound == 0 && graph.relationshipIDBound == 0)
    #expect(graph.catalog.labelCount == 0 && graph.strings.count == 0)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func randomGraphs(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var graph = try Self.graph(nodes: 5_000, relationships: 9_000, &random)
    try Self.change(&graph, times: 2_000, &random)
    let image = try GraphImage(graph)
    let opened = try Self.reopened(graph)
    #expect(try image.differences(from: opened) == [])
    #expect(opened.nodeIDBound == graph.nodeIDBound)
    #expect(opened.relationshipIDBound == graph.relationshipIDBound)
    #expect(opened.version == graph.version)
    Self.expectSameStatistics(opened, graph)
    // Once more, from memory that is borrowed.
    #expect(try image.differences(from: Self.reopened(opened)) == [])
  }

  @Test func everyKindOfValue() throws {
    var graph = Graph()
    let key = graph.catalog.internPropertyKey("value")
    let type = graph.catalog.internRelationshipType("has")
    let arena = Arena()
    let lists: [[Value]] = [Self.values.dropLast(), [], [.null, .string("")]]
    for value in Self.values + lists.map(Value.list) {
      let node = try graph.createNode(labels: [])
      try graph.setProperty(node, key, try arena.cell(value))
      let loop = try graph.createRelationship(type: type, from: node, to: node)
      try graph.setProperty(loop, key, try arena.cell(value))
    }
    let opened = try Self.reopened(graph)
    #expect(try GraphImage(graph).differences(from: opened) == [])
    #expect(opened.hasLoops(type))
    let column = try #require(opened.nodeProperties(key))
    for (row, value) in Self.values.enumerated() {
      let found = Dossier.value(of: try column.general(row: row, arena: arena), in: opened)
      #expect("\(found)" == "\(value)")
    }
  }

  private static let values: [Value] = [
    .boolean(true), .integer(.min), .integer(.max), .float(-0.0), .float(.nan), .float(.infinity),
    .string(""), .string("日本 e\u{301} 😀"), .string(String(repeating: "long ", count: 5_000)),
    .date(DateValue(daysSinceEpoch: .min)), .date(DateValue(daysSinceEpoch: .max)),
    .localTime(LocalTimeValue(nanosecondOfDay: 86_399_999_999_999)),
    .time(TimeValue(nanosecondOfDay: 1, offsetSeconds: -64_800)),
    .localDateTime(LocalDateTimeValue(secondsSinceEpoch: -1, nanosecond: 999_999_999)),
    .dateTime(DateTimeValue(secondsSinceEpoch: 5, nanosecond: 6, zone: .utc)),
    .dateTime(
      DateTimeValue(
        secondsSinceEpoch: 1_621_958_940, nanosecond: 0,
        zone: (try? TimeZoneID("Europe/Stockholm")) ?? .utc)),
    .dateTime(
      DateTimeValue(
        secondsSinceEpoch: 0, nanosecond: 1, zone: TimeZoneID(offsetSeconds: -18_000) ?? .utc)),
    .duration(DurationValue(months: -1, days: .max, seconds: .min, nanoseconds: 999_999_999)),
    .list([.string("a"), .string("a"), .string("b"), .integer(1)]),
  ]

  @Test func stringsThatNoPropertyHoldsAreLeftBehind() throws {
    var graph = Graph()
    let key = graph.catalog.internPropertyKey("name")
    for text in ["secret", "kept", "also kept"] {
      let node = try graph.createNode(labels: [])
      try graph.setProperty(node, key, graph.strings.cell(graph.strings.intern(text)))
    }
    try graph.setProperty(NodeID(rawValue: 0), key, .null)
    let bytes = Self.bytes(of: graph)
    #expect(String(decoding: bytes, as: UTF8.self).contains("also kept"))
    #expect(!String(decoding: bytes, as: UTF8.self).contains("secret"))
    let opened = try Self.open(bytes)
    #expect(opened.strings.count == 2)
    #expect(try GraphImage(graph).differences(from: opened) == [])
  }

  @Test func manyStringsAreFoundAndAdded() throws {
    var graph = Graph()
    let key = graph.catalog.internPropertyKey("name")
    for number in 0..<20_000 {
      let node = try graph.createNode(labels: [])
      try graph.setProperty(node, key, graph.strings.cell(graph.strings.intern("name \(number)")))
    }
    let strings = try Self.reopened(graph).strings
    #expect(strings.count == 20_000)
    for number in 0..<40_000 {
      let expected = number < 20_000 ? UInt32(number) : nil
      #expect(strings.find("name \(number)") == expected)
    }
    for number in 0..<60_000 { #expect(strings.intern("name \(number)") == UInt32(number)) }
    for number in 0..<60_000 { #expect(strings.cell(UInt32(number)).string == "name \(number)") }
  }

  // MARK: Writing after opening

  @Test(arguments: [4, 5] as [UInt64])
  func changesGoOnFromASnapshot(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let graph = try Self.graph(nodes: 3_000, relationships: 5_000, &random)
    let before = try GraphImage(graph)
    let path = "/tmp/dossier-snapshot-\(UInt64.random(in: 0 ... .max)).dossier"
    try Self.save(Self.bytes(of: graph), to: path)
    let opened = try GraphSnapshot(mapping: path).graph
    unlink(path)
    var changed = opened
    var model = graph
    var again = random
    try Self.change(&changed, times: 3_000, &random)
    try Self.change(&model, times: 3_000, &again)
    #expect(try GraphImage(model).differences(from: changed) == [])
    Self.expectSameStatistics(changed, model)
    #expect(try before.differences(from: opened) == [])
    changed.checkInvariants()
    #expect(try GraphImage(model).differences(from: Self.reopened(changed)) == [])
  }

  @Test func valuesOutliveTheGraphThatWasOpened() throws {
    var graph = Graph()
    let key = graph.catalog.internPropertyKey("aliases")
    let arena = Arena()
    for _ in 0..<2 {
      let node = try graph.createNode(labels: [])
      try graph.setProperty(node, key, arena.cell(.list([.string("one"), .string("two")])))
    }
    var opened: Graph? = try Self.reopened(graph)
    // A written page is a copy whose lists still lie in the snapshot.
    try opened?.setProperty(NodeID(rawValue: 1), key, Cell(1 as Int64))
    let column = try #require(opened?.nodeProperties(key))
    opened = nil
    #expect(
      text(column.borrowedCell(row: 0))
        == text(try arena.cell(.list([.string("one"), .string("two")]))))
    #expect(column.borrowedCell(row: 1).integer == 1)
  }

  @Test func databasesTakeASnapshotWhileTheyAreEmpty() throws {
    let database = Database()
    let session = database.session()
    _ = try session.run("CREATE (:Other {x: 1}) WITH 1 AS a MATCH (n) DELETE n")
    var graph = Graph()
    let label = graph.catalog.internLabel("Person")
    let key = graph.catalog.internPropertyKey("name")
    let node = try graph.createNode(labels: [label])
    try graph.setProperty(node, key, graph.strings.cell(graph.strings.intern("Ada")))
    let snapshot = try Self.bytes(of: graph).withUnsafeBytes {
      try GraphSnapshot(bytes: $0, named: "test")
    }
    #expect(database.restore(snapshot))
    #expect(!database.restore(snapshot))
    let other = Database()
    #expect(other.restore(snapshot))
    let rows = try session.run("MATCH (p:Person {name: 'Ada'}) SET p.age = 36 RETURN p.name, p.age")
    #expect(rows.rows.count == 1)
    _ = try session.run("CREATE (:Person {name: 'Grace'})")
    let seek = "MATCH (p:Person {name: 'Grace'}) RETURN p"
    #expect(try session.run(seek).rows.count == 1)
    #expect(try other.session().run(seek).rows.count == 0)
    #expect(database.snapshot.version > 1)
    #expect(snapshot.graph.catalog.label("Person") == label)
  }

  // MARK: Parts

  static func bytes(of graph: Graph) -> [UInt8] {
    var bytes: [UInt8] = []
    GraphView(graph).writeSnapshot { bytes.append(contentsOf: $0) }
    return bytes
  }

  static func open(_ bytes: [UInt8]) throws -> Graph {
    let graph = try bytes.withUnsafeBytes { try GraphSnapshot(bytes: $0, named: "test").graph }
    graph.checkInvariants()
    return graph
  }

  static func reopened(_ graph: Graph) throws -> Graph { try open(bytes(of: graph)) }

  static func save(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  private static func expectSameStatistics(_ a: Graph, _ b: Graph) {
    #expect(a.labelCounts == b.labelCounts && a.typeCounts == b.typeCounts)
    for (a, b) in zip(a.relationshipStatistics, b.relationshipStatistics) {
      #expect(a.loops == b.loops && a.startLabels == b.startLabels && a.endLabels == b.endLabels)
    }
  }

  /// A graph with labels 0 to 9, types 0 to 3 and keys 0 to 4, hubs and parallel relationships.
  static func graph(
    nodes: Int, relationships: Int, _ random: inout SeededGenerator
  ) throws -> Graph {
    var graph = Graph()
    for number in 0..<10 { _ = graph.catalog.internLabel("Label \(number)") }
    for number in 0..<4 { _ = graph.catalog.internRelationshipType("type-\(number)") }
    for number in 0..<5 { _ = graph.catalog.internPropertyKey("key \(number)") }
    for number in 0..<nodes {
      let labels = (0..<3).filter { number % ($0 + 2) == 0 }.map { LabelID(rawValue: UInt32($0)) }
      _ = try graph.createNode(labels: labels)
    }
    for _ in 0..<relationships { try connect(&graph, &random) }
    try change(&graph, times: nodes, &random)
    return graph
  }

  private static func someNode(_ graph: Graph, _ random: inout SeededGenerator) -> NodeID {
    while true {
      let bound = UInt32(graph.nodeIDBound)
      let isHub = UInt8.random(in: 0..<4, using: &random) == 0
      let row = UInt32.random(in: 0..<(isHub ? min(bound, 3) : bound), using: &random)
      if graph.contains(NodeID(rawValue: row)) { return NodeID(rawValue: row) }
    }
  }

  private static func connect(_ graph: inout Graph, _ random: inout SeededGenerator) throws {
    let start = someNode(graph, &random)
    let isLoop = UInt8.random(in: 0..<20, using: &random) == 0
    _ = try graph.createRelationship(
      type: RelationshipTypeID(rawValue: .random(in: 0..<4, using: &random)), from: start,
      to: isLoop ? start : someNode(graph, &random))
  }

  /// Writes of all sorts.
  static func change(
    _ graph: inout Graph, times: Int, _ random: inout SeededGenerator
  ) throws {
    let arena = Arena()
    for _ in 0..<times {
      let node = someNode(graph, &random)
      let key = PropertyKeyID(rawValue: .random(in: 0..<5, using: &random))
      let relationship = RelationshipID(
        rawValue: .random(in: 0..<UInt32(max(1, graph.relationshipIDBound)), using: &random))
      switch Int.random(in: 0..<20, using: &random) {
      case 0:
        _ = try graph.createNode(labels: [LabelID(rawValue: .random(in: 0..<10, using: &random))])
      case 1, 2: try connect(&graph, &random)
      case 3, 4: graph.deleteRelationship(relationship)
      case 5 where node.rawValue > 3:
        for id in graph.relationships(of: node) { graph.deleteRelationship(id) }
        graph.deleteNode(node)
      case 6: try graph.addLabel(node, LabelID(rawValue: .random(in: 0..<10, using: &random)))
      case 7: try graph.removeLabel(node, LabelID(rawValue: .random(in: 0..<3, using: &random)))
      case 8..<16: try graph.setProperty(node, key, value(key, arena, &random))
      default:
        if graph.contains(relationship) {
          try graph.setProperty(relationship, key, value(key, arena, &random))
        }
      }
    }
  }

  private static func value(
    _ key: PropertyKeyID, _ arena: Arena, _ random: inout SeededGenerator
  ) throws -> Cell {
    let usual = Int.random(in: 0..<200, using: &random)
    if usual < 30 { return .null }
    switch usual < 196 ? Int(key.rawValue) : Int.random(in: 0..<7, using: &random) {
    case 0: return Cell(Int64.random(in: -5...5, using: &random))
    case 1: return try arena.string("text \(UInt8.random(in: 0..<50, using: &random))")
    case 2: return Cell(DateValue(daysSinceEpoch: .random(in: 0..<9, using: &random)))
    case 3: return Cell(Bool.random(using: &random))
    case 4: return Cell(Double.random(in: 0..<1, using: &random))
    case 5: return Cell(LocalTimeValue(nanosecondOfDay: .random(in: 0..<9, using: &random)))
    default:
      let duration = try arena.duration(
        DurationValue(
          months: 1, days: .random(in: 0..<9, using: &random), seconds: 0, nanoseconds: 3))
      return try arena.list([Cell(7 as Int64), arena.string("seven"), duration, .null])
    }
  }
}
