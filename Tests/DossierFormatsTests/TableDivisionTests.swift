import Dossier
import DossierSyntax
import Testing

@testable import DossierFormats

/// However tables are cut into stretches and shared out among threads, the graph and the errors are
/// the same.
@Suite struct TableDivisionTests {
  /// What a load gives: the graph or its first error, and the bad records.
  struct Outcome: Equatable {
    var graph: [String]
    var errors: [String]
  }

  static let whole = CSVGraphReader.Division(stretchBytes: 1 << 40, threads: 1)

  static func load(
    _ tables: [(name: String, text: [UInt8])], _ division: CSVGraphReader.Division,
    keepsGoing: Bool = false
  ) throws -> Outcome {
    let database = Database()
    var bad = BadRecords(keepsGoing: keepsGoing)
    let files = try tables.map { try FileBytes(path: $0.name, bytes: $0.text) }
    var failure: [String] = []
    do throws(QueryError) {
      try database.load { (builder) throws(QueryError) in
        try CSVGraphReader.read(files, into: &builder, &bad, division: division)
      }
    } catch { failure = [text(error)] }
    return Outcome(graph: summary(of: database), errors: bad.errors.map(text) + failure)
  }

  private static func text(_ error: QueryError) -> String {
    let first = error.diagnostics[0]
    let position = first.position.map { "\($0.line):\($0.column)" } ?? "nowhere"
    let help = first.help ?? ""
    return "\(first.code.detail) \(first.file ?? "") \(position) \(first.message) \(help)"
  }

  static func random(_ generator: inout SeededGenerator) -> [(name: String, text: [UInt8])] {
    func pick(_ choices: [String]) -> String {
      choices.randomElement(using: &generator) ?? ""
    }
    let lineEnd = pick(["\n", "\r\n", "\r"])
    let mark = pick(["", "\u{FEFF}"])
    var nodes = mark + "id:ID(P),name,n:int,f:double,d:date,t:string[],:LABEL" + lineEnd
    var ids: [String] = []
    for number in 0..<Int.random(in: 1..<40, using: &generator) {
      let id = pick(["\(number)", "\(number)", "\(1_000_000_000_000 + number)", "x\(number)"])
      ids.append(id)
      nodes += [
        pick([id, "\"\(id)\""]), pick(["", "a", "\"\"", "\"b, \(lineEnd)\"\"c\"\"\"", "é 小\"z"]),
        pick(["", "7", "-12", "\"3\"", " 4 ", "007"]), pick(["", "1.5", "-0", "2e3", "NaN"]),
        pick(["", "2021-01-14", "0000-02-29", "2021-W02", "\"1999-12-31\""]),
        pick(["", "a;b", "\"\"", "\"c;\""]), pick(["A", "A;B", "", "\"B;A\""]),
      ].joined(separator: ",")
      nodes += lineEnd + pick(["", "", lineEnd])
    }
    var relationships = ":START_ID(P),w:float,:END_ID(P),:TYPE" + lineEnd
    for _ in 0..<Int.random(in: 0..<60, using: &generator) {
      let fields = [
        pick(ids), pick(["", "0.25", "\"1\""]), pick(ids), pick(["R", "S", "\"R\"", "T U"]),
      ]
      relationships += fields.joined(separator: ",") + lineEnd
    }
    if Bool.random(using: &generator) { relationships.removeLast() }
    return [("P.csv", Array(nodes.utf8)), ("R.csv", Array(relationships.utf8))]
  }

  @Test(arguments: 0..<150)
  func divisionDoesNotMatter(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var tables = Self.random(&generator)
    if seed % 3 != 0 {
      for _ in 0..<Int.random(in: 1..<6, using: &generator) {
        let table = Int.random(in: 0..<2, using: &generator)
        let place = Int.random(in: 30..<max(31, tables[table].text.count), using: &generator)
        let byte = Array("\",\n\r;x7-".utf8).randomElement(using: &generator) ?? 0
        if place < tables[table].text.count { tables[table].text[place] = byte }
      }
    }
    guard tables.allSatisfy({ (try? FileBytes(path: "", bytes: $0.text)) != nil }) else { return }
    for keepsGoing in [false, true] {
      let expected = try Self.load(tables, Self.whole, keepsGoing: keepsGoing)
      if seed % 3 == 0 { #expect(expected.errors.isEmpty && !expected.graph.isEmpty) }
      for bytes in [1, 7, 40, 300] {
        let division = CSVGraphReader.Division(stretchBytes: bytes, threads: 3)
        let found = try Self.load(tables, division, keepsGoing: keepsGoing)
        #expect(found == expected, "stretches of \(bytes) bytes")
      }
    }
  }

  /// Quotes around every field lead past the quick way of reading it.
  @Test(arguments: 0..<30)
  func quotesDoNotMatter(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var plain = "id:ID,n:int,f:double,d:date,:LABEL\n"
    var quoted = plain
    for number in 0..<200 {
      let year = Int.random(in: 0..<10_000, using: &generator)
      let month = Int.random(in: 1...12, using: &generator)
      let day = Int.random(in: 1...28, using: &generator)
      let integer = Int64.random(in: .min ... .max, using: &generator) >> (number % 64)
      let fields = [
        "\(number * number)", "\(integer)",
        number % 2 == 0
          ? "\(Double.random(in: -1e6..<1e6, using: &generator))"
          : "\(Int.random(in: -999...999, using: &generator)).\(number)",
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))", "L",
      ]
      plain += fields.joined(separator: ",") + "\n"
      quoted += fields.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    }
    let expected = try Self.load([("a", Array(plain.utf8))], Self.whole)
    #expect(expected.errors.isEmpty)
    #expect(try Self.load([("a", Array(quoted.utf8))], Self.whole) == expected)
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: width - digits.utf8.count) + digits
  }

  @Test func badRecordsAreLeftOut() throws {
    let nodes = ":ID,n:int\n1,x\n2,2\n2,3\n4\n5,5,5\n6,\"a\"b\n7,7\n"
    let relationships = ":START_ID,:END_ID,:TYPE\n1,2,R\n2,7,\n2,7,R\n7,2,S\n"
    let tables = [("n.csv", Array(nodes.utf8)), ("r.csv", Array(relationships.utf8))]
    let outcome = try Self.load(tables, Self.whole, keepsGoing: true)
    #expect(
      outcome.graph == ["(0:n {n: 2})", "(1:n {n: 7})", "(0)-[:R]->(1)", "(1)-[:S]->(0)"])
    #expect(
      outcome.errors.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
        "InvalidData n.csv 2:3", "DuplicateIdentifier n.csv 4:1", "WrongColumnCount n.csv 5:1",
        "WrongColumnCount n.csv 6:5", "InvalidData n.csv 7:6", "UndefinedReference r.csv 2:1",
        "NoSingleRelationshipType r.csv 3:5",
      ])
    let first = try Self.load(tables, Self.whole)
    #expect(first.graph == [] && first.errors == Array(outcome.errors.prefix(1)))
  }

  @Test func identifiersOfUndeclaredType() throws {
    func ids(_ tables: [(String, String)]) throws -> [String] {
      let tables = tables.map { ($0.0, Array($0.1.utf8)) }
      return try Self.load(tables, .init(stretchBytes: 3, threads: 2)).graph
    }
    #expect(
      try ids([("a.csv", "k:ID\n1\n-20\n\n0\n")]) == [
        "(0:a {k: 1})", "(1:a {k: -20})", "(2:a {k: 0})",
      ])
    #expect(try ids([("a.csv", "k:ID\n1\n02\n")]) == ["(0:a {k: '1'})", "(1:a {k: '02'})"])
    #expect(
      try ids([("a.csv", "k:ID\n1\n9223372036854775808\n")])
        == ["(0:a {k: '1'})", "(1:a {k: '9223372036854775808'})"])
    #expect(try ids([("a.csv", "k:ID{id-type:string}\n1\n")]) == ["(0:a {k: '1'})"])
    #expect(
      try ids([("a.csv", "k:ID(A)\n1\n"), ("b.csv", "k:ID(B)\nx\n")])
        == ["(0:a {k: 1})", "(1:b {k: 'x'})"])
    #expect(
      try ids([("a-header.csv", "k:ID\n"), ("a1.csv", "1\n2\n"), ("a2.csv", "x\n")])
        == ["(0:a {k: '1'})", "(1:a {k: '2'})", "(2:a {k: 'x'})"])
  }

  @Test func severalIdentifierColumns() throws {
    let nodes = "first:ID(P),:IGNORE,n:ID(P),:ID(P)\nab,x,1,\nab,x,2,c\n"
    let relationships = ":START_ID(P),:END_ID(P),:START_ID(P),:TYPE\nab,ab2c,1,R\n"
    let outcome = try Self.load(
      [("P.csv", Array(nodes.utf8)), ("r.csv", Array(relationships.utf8))], Self.whole)
    #expect(outcome.errors == [])
    #expect(
      outcome.graph == [
        "(0:P {first: 'ab', n: 1})", "(1:P {first: 'ab', n: 2})", "(0)-[:R]->(1)",
      ])
    let twice = try Self.load([("P.csv", Array((nodes + "ab2,x,,c\n").utf8))], Self.whole)
    #expect(twice.errors.count == 1 && twice.errors[0].hasPrefix("DuplicateIdentifier P.csv 4:1"))
  }
}
