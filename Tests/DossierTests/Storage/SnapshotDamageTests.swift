import DossierSyntax
import Glibc
import Testing

@testable import Dossier

/// Damaged snapshots are refused with a message and never read beyond their bounds.
struct SnapshotDamageTests {
  /// A small graph that has every sort of block.
  private static func sample() throws -> [UInt8] {
    var graph = Graph()
    let label = graph.catalog.internLabel("Person")
    let type = graph.catalog.internRelationshipType("knows")
    let name = graph.catalog.internPropertyKey("name")
    let mixed = graph.catalog.internPropertyKey("mixed")
    let arena = Arena()
    for text in ["Ada", "Grace", "小米"] {
      let node = try graph.createNode(labels: [label])
      try graph.setProperty(node, name, arena.string(text))
      try graph.setProperty(node, mixed, arena.cell(.list([.string(text), .integer(1)])))
    }
    let zone = try TimeZoneID("Europe/Stockholm")
    let time = DateTimeValue(secondsSinceEpoch: 0, nanosecond: 0, zone: zone)
    try graph.setProperty(NodeID(rawValue: 2), mixed, Cell(time))
    for i in 0..<3 as Range<UInt32> {
      let id = try graph.createRelationship(
        type: type, from: NodeID(rawValue: i), to: NodeID(rawValue: 2 - i))
      try graph.setProperty(
        id, mixed,
        arena.cell(.duration(DurationValue(months: 1, days: 2, seconds: 3, nanoseconds: 4))))
    }
    return SnapshotTests.bytes(of: graph)
  }

  private static func error(_ bytes: [UInt8]) -> QueryError? {
    bytes.withUnsafeBytes { buffer in
      do throws(QueryError) {
        _ = try GraphSnapshot(bytes: buffer, named: "x.dossier")
        return nil
      } catch { return error }
    }
  }

  private static let isLong = getenv("DOSSIER_LONG_TESTS") != nil

  // MARK: Accidents

  @Test func everyLengthIsRefused() throws {
    let bytes = try Self.sample()
    for count in stride(from: 0, to: bytes.count, by: Self.isLong ? 1 : 97) {
      let error = Self.error(Array(bytes[..<count]))
      #expect(error?.code == .invalidData, "\(count) bytes")
      #expect(error?.diagnostics.first?.file == "x.dossier")
    }
    #expect(Self.error(bytes + [0]) != nil)
    #expect(Self.error(bytes + bytes) != nil)
    #expect(Self.error(bytes) == nil)
  }

  @Test func everyFlippedByteIsRefused() throws {
    var bytes = try Self.sample()
    var random = SeededGenerator(7)
    let step = Self.isLong ? 1 : 61
    let head = Array(0..<64)
    let tail = Array(bytes.count - 300..<bytes.count)
    for place in head + Array(stride(from: 64, to: bytes.count - 300, by: step)) + tail {
      let bit: UInt8 = 1 << UInt8.random(in: 0..<8, using: &random)
      bytes[place] ^= bit
      #expect(Self.error(bytes) != nil, "byte \(place)")
      bytes[place] ^= bit
    }
  }

  @Test func messages() throws {
    let bytes = try Self.sample()
    func message(_ change: (inout [UInt8]) -> Void) -> String? {
      var bytes = bytes
      change(&bytes)
      return Self.error(bytes)?.diagnostics.first?.message
    }
    #expect(message { $0 = [] } == "`x.dossier` is not a snapshot of Dossier")
    #expect(message { $0[0] = 0 } == "`x.dossier` is not a snapshot of Dossier")
    #expect(
      message { $0[SnapshotFormat.versionOffset] = 2 }
        == "`x.dossier` has version 2 of the format; this program reads version 1")
    #expect(
      message { $0.replaceSubrange(12..<16, with: [1, 2, 3, 4]) }
        == "`x.dossier` was written on a computer with another byte order")
    #expect(message { $0.removeLast() } == "`x.dossier` is damaged: its end is missing")
    #expect(
      message { $0.removeSubrange(20...) } == "`x.dossier` is damaged: it ends after 20 bytes")
    #expect(
      message { $0[70] ^= 1 }
        == "`x.dossier` is damaged: the checksum of its nodes at byte 64 is wrong")
  }

  // MARK: Forgeries

  /// Changed words under checksums that are made to fit: refused, or a graph that can be walked over.
  @Test func forgedContentStaysInBounds() throws {
    let bytes = try Self.sample()
    let sealed = SealedSnapshot(bytes)
    #expect(Self.error(sealed.bytes) == nil)
    var random = SeededGenerator(11)
    var opened = 0
    let values: [UInt64] = [
      0, 1, 2, 3, 7, 63, 64, 255, 2_048, 4_096, 65_535, 1 << 31, 1 << 32, .max, .max - 1, 1 << 63,
      0xffff_ffff, 0xffff_fffe, 0xffff_ffff_0000_0000,
    ]
    for _ in 0..<(Self.isLong ? 100_000 : 1_500) {
      var forged = sealed
      for _ in 0...Int.random(in: 0..<2, using: &random) {
        let value = values.randomElement(using: &random) ?? 0
        forged.write(value, width: [1, 4, 8].randomElement(using: &random) ?? 8, &random)
      }
      forged.seal()
      guard Self.error(forged.bytes) == nil else { continue }
      opened += 1
      try Self.walk(forged.bytes)
    }
    #expect(opened > 0)
  }

  private static let statements = [
    "MATCH (a:Person)-[r:knows]->(b)-[*0..2]-(c) RETURN a.name, r.mixed, c.mixed, count(*)",
    "MATCH (a)-->(b)-->(a) RETURN count(*)",
    "MATCH (a {name: 'Ada'}) MERGE (a)-[:knows]->(b:Person {name: 'Edith'}) SET b.mixed = a.mixed",
    "MATCH (a)-[r]->(b) SET r.mixed = a.name, a.name = 1, b:Named",
    "MATCH (a)-[r]->(b) WHERE b.name <> 'Ada' DELETE r",
    "MATCH (a) DETACH DELETE a",
  ]

  /// Reads and changes all of a graph that may be wrong in itself.
  private static func walk(_ bytes: [UInt8]) throws {
    let snapshot = try bytes.withUnsafeBytes { try GraphSnapshot(bytes: $0, named: "x") }
    let graph = snapshot.graph
    let image = try GraphImage(graph)
    #expect(image.nodes.count == graph.nodeCount)
    _ = try image.differences(from: graph)
    let view = GraphView(graph)
    for node in view.nodes { _ = "\(node.properties)" }
    for relationship in view.relationships { _ = "\(relationship.properties)" }
    for text in ["Ada", "none"] { _ = graph.strings.intern(text) }
    let database = Database()
    guard database.restore(snapshot) else { return }
    let session = database.session()
    for statement in statements { _ = try? session.run(statement) }
    _ = SnapshotTests.bytes(of: database.snapshot)
  }
}

/// A snapshot whose checksums are made to fit after changes.
struct SealedSnapshot {
  var bytes: [UInt8]
  private let trailer: Int
  private let directory: Int
  private let words: Int
  private let blocks: [(word: Int, block: SnapshotBlock)]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    trailer = bytes.count - SnapshotFormat.trailerBytes
    directory = Int(Self.word(bytes, trailer + 16))
    words = Int(Self.word(bytes, trailer + 40))
    var blocks: [(Int, SnapshotBlock)] = []
    var words = bytes[directory..<directory + words * 8].withUnsafeBytes {
      Array($0.bindMemory(to: UInt64.self))
    }
    words += [0, 0]
    for place in 0..<words.count - 2 {
      let block = SnapshotBlock(
        offset: Int(truncatingIfNeeded: words[place]),
        length: Int(truncatingIfNeeded: words[place + 1]),
        checksum: words[place + 2])
      guard block.offset >= 64, block.offset % 64 == 0, block.length >= 64,
        block.length < bytes.count,
        block.end <= directory, Self.checksum(bytes, block.offset, block.length) == block.checksum
      else { continue }
      blocks.append((place, block))
    }
    self.blocks = blocks
  }

  /// Overwrites a random place of a random block or of the directory.
  mutating func write(_ value: UInt64, width: Int, _ random: inout SeededGenerator) {
    let all = blocks.map { $0.block.offset..<$0.block.end } + [directory..<directory + words * 8]
    let range = all.randomElement(using: &random) ?? 0..<1
    // The beginnings of blocks are where the numbers are.
    let end =
      Bool.random(using: &random) ? min(range.upperBound, range.lowerBound + 512) : range.upperBound
    let place = Int.random(in: range.lowerBound / width..<end / width, using: &random) * width
    withUnsafeBytes(of: value) {
      bytes.replaceSubrange(place..<place + width, with: $0.prefix(width))
    }
  }

  /// Puts right checksums wherever the directory still says where blocks are.
  mutating func seal() {
    for (word, block) in blocks {
      let place = directory + word * 8
      guard Self.word(bytes, place) == UInt64(block.offset) else { continue }
      store(Self.checksum(bytes, block.offset, block.length), at: place + 16)
    }
    let length = Int(Self.word(bytes, trailer + 24))
    let block = SnapshotBlock(
      offset: directory, length: length, checksum: Self.checksum(bytes, directory, length))
    let end = SnapshotTrailer(fileLength: bytes.count, directory: block, directoryWords: words)
    bytes.replaceSubrange(trailer..., with: end.bytes(header: Array(bytes[..<64])))
  }

  private mutating func store(_ word: UInt64, at place: Int) {
    withUnsafeBytes(of: word) { bytes.replaceSubrange(place..<place + 8, with: $0) }
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
  }

  private static func checksum(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
    bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { SnapshotChecksum.of($0 + offset, count: count) } ?? 0
    }
  }
}
