import DossierSyntax
import Testing

@testable import Dossier

/// Bulk loading gives the graph that single writes give.
struct BulkLoaderTests {
  private let label = LabelID(rawValue: 1)
  private let type = RelationshipTypeID(rawValue: 2)
  private let key = PropertyKeyID(rawValue: 3)

  /// Many relationships take the counting sort, few the comparison sort.
  @Test(arguments: [50, 20_000])
  func loadingEqualsSingleWrites(count: Int) throws {
    var random = SeededGenerator(UInt64(count))
    var single = Graph()
    var loader = BulkLoader(single)
    let first = try loader.addNodes(5_000, labels: [label, label])
    for _ in 0..<5_000 { _ = try single.createNode(labels: [label]) }
    let integers = (0..<5_000).map { _ in Int64.random(in: 0..<10, using: &random) }
    let valid = (0..<79).map { _ in UInt64.random(in: 0 ... .max, using: &random) }
    try loader.setProperties(from: first, key, integers, valid: valid) { .integers($0) }
    for i in 0..<5_000 where valid[i >> 6] >> UInt64(i & 63) & 1 == 1 {
      try single.setProperty(NodeID(rawValue: UInt32(i)), key, Cell(integers[i]))
    }
    for part in 0..<2 {
      let starts = (0..<count).map { _ in UInt32.random(in: 0..<5_000, using: &random) }
      let ends = starts.map { part == 0 ? $0 / 2 : UInt32.random(in: 0..<5_000, using: &random) }
      let id = try loader.addRelationships(type, starts: starts, ends: ends)
      #expect(Int(id.rawValue) == part * count)
      for i in 0..<count {
        _ = try single.createRelationship(
          type: type, from: NodeID(rawValue: starts[i]), to: NodeID(rawValue: ends[i]))
      }
      try loader.setProperties(from: id, key, starts.map(Double.init)) { .floats($0) }
      for i in 0..<count {
        try single.setProperty(
          RelationshipID(rawValue: id.rawValue + UInt32(i)), key, Cell(Double(starts[i])))
      }
    }
    let image = try GraphImage(single)
    #expect(try image.differences(from: single) == [])
    #expect(try image.differences(from: loader.finish()) == [])
  }

  @Test func loadingAddsToAGraphThatHasOverrides() throws {
    var graph = Graph()
    for _ in 0..<3_000 { _ = try graph.createNode(labels: []) }
    for i in 0..<500 as Range<UInt32> {
      let id = try graph.createRelationship(
        type: type, from: NodeID(rawValue: i % 40), to: NodeID(rawValue: i &* 7 % 3_000))
      if i % 5 == 0 { graph.deleteRelationship(id) }
    }
    let before = try GraphImage(graph)
    var loader = BulkLoader(graph)
    let starts = (0..<4_000 as Range<UInt32>).map { $0 % 3_000 }
    try loader.addRelationships(type, starts: starts, ends: starts.reversed())
    let loaded = loader.finish()
    #expect(try GraphImage(loaded).differences(from: loaded) == [])
    #expect(loaded.relationshipCount == graph.relationshipCount + 4_000)
    #expect(try before.differences(from: graph) == [])
  }

  @Test func columnsOfEveryKindAreFilledPageByPage() throws {
    let arena = Arena()
    var loader = BulkLoader(Graph())
    _ = try loader.addNodes(1_000, labels: [])
    let first = try loader.addNodes(4_000, labels: [])
    let keys = (0..<6).map { PropertyKeyID(rawValue: UInt32($0)) }
    let text = loader.graph.strings.intern("text")
    try loader.setProperties(
      from: first, keys[0], [Int64](repeating: 1, count: 4_000)
    ) { .integers($0) }
    try loader.setProperties(
      from: first, keys[1], [Double](repeating: 2, count: 4_000)
    ) { .floats($0) }
    try loader.setProperties(
      from: first, keys[2], [UInt8](repeating: 1, count: 4_000)
    ) { .booleans($0) }
    try loader.setProperties(
      from: first, keys[3], [UInt32](repeating: text, count: 4_000)
    ) { .strings($0) }
    try loader.setProperties(
      from: first, keys[4], [Int64](repeating: 5, count: 4_000)
    ) { .dates($0) }
    try loader.setProperties(
      from: first, keys[5], cells: [Cell(1 as Int64), .null, arena.string("x"), arena.list([])])
    try loader.setProperties(from: NodeID(rawValue: 0), keys[0], [0.5]) { .floats($0) }
    let graph = loader.finish()
    graph.checkInvariants()
    let kinds = keys.map { graph.nodeProperties($0)?.kind(page: 1) }
    #expect(kinds == [.integer, .float, .boolean, .string, .date, .absent])
    #expect(graph.nodeProperties(keys[0])?.kind(page: 0) == .general)
    #expect(graph.nodeProperties(keys[5])?.kind(page: 0) == .general)
    #expect(graph.nodeProperties(keys[5])?.valueCount == 3)
    #expect(graph.propertyKeys(of: NodeID(rawValue: 999)) == [])
    #expect(graph.propertyKeys(of: NodeID(rawValue: 4_999)) == Array(keys[0..<5]))
    #expect(try graph.property(first, keys[3], arena: arena).string == "text")
  }

  @Test func wrongInputIsAnErrorAndChangesNothing() throws {
    var loader = BulkLoader(Graph())
    let first = try loader.addNodes(10, labels: [])
    #expect(throws: QueryError.self) { try loader.addNodes(-1, labels: []) }
    #expect(throws: QueryError.self) { try loader.addNodes(.max, labels: []) }
    #expect(throws: QueryError.self) {
      try loader.addRelationships(type, starts: [0], ends: [])
    }
    #expect(throws: QueryError.self) {
      try loader.addRelationships(type, starts: [0], ends: [10])
    }
    #expect(throws: QueryError.self) {
      try loader.setProperties(from: first, key, [Int64](repeating: 0, count: 11)) { .integers($0) }
    }
    let arena = Arena()
    let map = try arena.map(pairs: [arena.string("k"), Cell(true)])
    #expect(throws: QueryError.self) {
      try loader.setProperties(from: first, key, cells: [Cell(true), map])
    }
    let graph = loader.finish()
    #expect(graph.nodeCount == 10 && graph.relationshipIDBound == 0)
    #expect(graph.nodeProperties(key) == nil)
  }
}
