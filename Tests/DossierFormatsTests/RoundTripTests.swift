import Dossier
import DossierFormats
import DossierSyntax
import Testing

/// A graph that is written and read again is the same graph.
@Suite struct RoundTripTests {
  /// A random graph: several labels, parallel relationships, loops, all types of values.
  private func graph(seed: UInt64, lossless: Bool = true) throws -> Database {
    var generator = SeededGenerator(seed: seed)
    let database = Database()
    _ = try database.load { (builder) throws(QueryError) in
      var nodes: [NodeID] = []
      for _ in 0..<Int.random(in: 0..<30, using: &generator) {
        let labels = ["A", "B-C", "Long Label", "Ü", "d`e", "x.y@z"].filter { _ in
          Int.random(in: 0..<4, using: &generator) == 0
        }
        nodes.append(
          try builder.addNode(
            labels: labels, properties: properties(&generator, lossless: lossless)))
      }
      guard !nodes.isEmpty else { return }
      for _ in 0..<Int.random(in: 0..<40, using: &generator) {
        _ = try builder.addRelationship(
          type: ["knows", "designated-by", "R 2", "é"].randomElement(using: &generator) ?? "x",
          from: nodes.randomElement(using: &generator) ?? nodes[0],
          to: nodes.randomElement(using: &generator) ?? nodes[0],
          properties: properties(&generator, lossless: lossless))
      }
    }
    return database
  }

  private func properties(
    _ generator: inout SeededGenerator, lossless: Bool
  ) -> [(key: String, value: Value)] {
    ["id", "name", "key with blank", "é", "a-b", "`"].compactMap { key in
      guard Int.random(in: 0..<3, using: &generator) == 0 else { return nil }
      return (key, value(&generator, lossless: lossless))
    }
  }

  private func value(_ generator: inout SeededGenerator, lossless: Bool, depth: Int = 0) -> Value {
    switch Int.random(in: 0..<(lossless ? 13 : 6), using: &generator) {
    case 0: return .boolean(.random(using: &generator))
    case 1: return .integer([0, 7, -7, .max, .min].randomElement(using: &generator) ?? 0)
    case 2: return .float([0, 1.5, -2e-300, 1e300, 3].randomElement(using: &generator) ?? 0)
    case 3, 4: return .string(string(&generator))
    case 5 where depth == 0:
      let element = value(&generator, lossless: lossless, depth: 1)
      return .list(Array(repeating: element, count: Int.random(in: 1..<4, using: &generator)))
    case 6: return .date(DateValue(daysSinceEpoch: 18_641))
    case 7: return .localTime(LocalTimeValue(nanosecondOfDay: 58_140_000_000_001))
    case 8: return .time(TimeValue(nanosecondOfDay: 58_140_000_000_000, offsetSeconds: -18_000))
    case 9:
      return .localDateTime(LocalDateTimeValue(secondsSinceEpoch: 1_621_958_940, nanosecond: 5))
    case 10:
      return .dateTime(
        DateTimeValue(
          secondsSinceEpoch: 1_621_958_940, nanosecond: 0,
          zone: TimeZoneID(offsetSeconds: 7_200) ?? .utc))
    case 11: return .duration(DurationValue(months: 14, days: -3, seconds: 4, nanoseconds: 500))
    case 12: return .float([.nan, .infinity, -.infinity].randomElement(using: &generator) ?? .nan)
    default: return .integer(1)
    }
  }

  private func string(_ generator: inout SeededGenerator) -> String {
    let pieces = [
      "a", "'", "\"", "\\", "\n", "\r", "\t", "é", "日本", "😀", "<&>", "e\u{301}", "{}", "`", ";",
      "//", " ", "\u{1}",
    ]
    return (0..<Int.random(in: 0..<6, using: &generator))
      .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  private func check(_ format: GraphFileFormat, seed: UInt64, lossless: Bool = true) throws {
    let database = try graph(seed: seed, lossless: lossless)
    let written = try GraphFile.bytes(of: database.view, format: format)
    let copy = Database()
    if let error = loadError(written.bytes, format: format, into: copy) {
      let place = error.diagnostics[0].position
      Issue.record("seed \(seed), \(String(describing: place)): \(error.diagnostics[0].message)")
      return
    }
    #expect(summary(of: copy) == summary(of: database), "seed \(seed)")
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func gram(seed: UInt64) throws {
    try check(.gram, seed: seed)
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func jsonLines(seed: UInt64) throws {
    try check(.jsonl, seed: seed)
  }

  @Test func graphMLKeepsWhatItCanSay() throws {
    let database = Database()
    _ = try GraphFile.load(
      bytes: Array(
        """
        (a:A:B {id: 7, s: 'x <&> "y"\\n', f: 1.5, b: true, l: [1, 2], t: ['a', 'b,']})
        (a)-[:r {w: 1}]->(b:C {w: 2.5})-[:r]->(b)
        """.utf8), named: "test", into: database, format: .gram)
    let written = try GraphFile.bytes(of: database.view, format: .graphml)
    let copy = Database()
    #expect(loadError(written.bytes, format: .graphml, into: copy) == nil)
    #expect(summary(of: copy) == summary(of: database))
    #expect(written.report.warnings == [])
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func snapshots(seed: UInt64) throws {
    try check(.snapshot, seed: seed)
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func cypherScripts(seed: UInt64) throws {
    try check(.cypher, seed: seed)
  }

  @Test func largeCypherScripts() throws {
    let database = Database()
    let text = (0..<300).map { "(n\($0):L\($0 % 3) {k: \($0)})-[:r {k: \($0)}]->(n\($0 / 2))" }
    _ = try GraphFile.load(
      bytes: Array(text.joined(separator: "\n").utf8), named: "test", into: database, format: .gram)
    let written = try GraphFile.bytes(of: database.view, format: .cypher)
    let copy = Database()
    #expect(loadError(written.bytes, format: .cypher, into: copy) == nil)
    #expect(summary(of: copy) == summary(of: database))
  }

  @Test func sharedIdentitiesStayApart() throws {
    let database = Database()
    _ = try database.load { (builder) throws(QueryError) in
      for label in ["A", "B"] {
        _ = try builder.addNode(labels: [label], properties: [("id", .integer(1))])
      }
    }
    let written = try GraphFile.bytes(of: database.view, format: .gram)
    #expect(
      String(decoding: written.bytes, as: UTF8.self)
        == "{join: false}\n(n0:A {id: 1})\n(n1:B {id: 1})\n")
    let copy = Database()
    #expect(loadError(written.bytes, format: .gram, into: copy) == nil)
    #expect(summary(of: copy) == summary(of: database))
  }

  @Test func drawings() throws {
    let database = Database()
    _ = try GraphFile.load(
      bytes: Array("(a:A {name: 'x \"y\" [z]'})-[:r-s]->(b)".utf8), named: "test", into: database,
      format: .gram)
    let dot = try GraphFile.bytes(of: database.view, format: .dot).bytes
    #expect(
      String(decoding: dot, as: UTF8.self)
        == """
        digraph {
          n0 [label="x \\"y\\" [z]\\n:A"];
          n1 [label="1"];
          n0 -> n1 [label="r-s"];
        }

        """)
    let mermaid = try GraphFile.bytes(of: database.view, format: .mermaid).bytes
    #expect(
      String(decoding: mermaid, as: UTF8.self)
        == """
        graph LR
          n0["x #34;y#34; #91;z#93;"]
          n1["1"]
          n0 -->|"r-s"| n1

        """)
  }

  @Test func savingReplacesTheFile() throws {
    let path = "/tmp/dossier-formats-test-\(UInt64.random(in: 0...(.max))).gram"
    let database = Database()
    _ = try GraphFile.load(
      bytes: Array("(:A)".utf8), named: "test", into: database, format: .gram)
    let report = try GraphFile.save(database.view, to: path)
    #expect(report.nodes == 1)
    _ = try GraphFile.save(database.view, to: path)
    let copy = Database()
    _ = try GraphFile.load(path: path, into: copy)
    #expect(summary(of: copy) == ["(0:A)"])
    removeFile(path)
    for bad in ["/does/not/exist/x.gram", "/x.unknown", "/tmp/x.csv"] {
      do throws(QueryError) {
        _ = try GraphFile.save(database.view, to: bad)
        Issue.record("saves \(bad)")
      } catch {
        #expect(error.code == .fileUnwritable || error.code == .invalidArgumentValue)
      }
    }
  }
}
