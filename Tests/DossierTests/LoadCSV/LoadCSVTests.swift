import DossierSyntax
import Testing

@testable import Dossier

@Suite("LOAD CSV")
struct LoadCSVTests {
  static let people = """
    id,name,city
    1,Ada,London
    2,"Grace ""Amazing"" Hopper",
    3,"Emmy
    Noether",""

    """

  private func session(_ files: [String: String]) throws -> (Session, TableFolder) {
    let folder = try TableFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    return (try folder.session(), folder)
  }

  // MARK: Values

  @Test func recordsAreLists() throws {
    let (session, _folder) = try session(["people.csv": Self.people])
    defer { withExtendedLifetime(_folder) {} }
    #expect(
      try session.lines("LOAD CSV FROM 'people.csv' AS row RETURN row, linenumber()") == [
        "['id', 'name', 'city'] | 1", "['1', 'Ada', 'London'] | 2",
        "['2', 'Grace \"Amazing\" Hopper', null] | 3", "['3', 'Emmy\\nNoether', ''] | 4",
      ])
  }

  @Test func headersMakeMaps() throws {
    let (session, folder) = try session(["people.csv": Self.people])
    #expect(
      try session.lines(
        """
        LOAD CSV WITH HEADERS FROM 'people.csv' AS row
        RETURN row.id, row.city, row.nothing, linenumber(), keys(row), file()
        """) == [
          "'1' | 'London' | null | 2 | ['id', 'name', 'city'] | '\(folder.path)/people.csv'",
          "'2' | null | null | 3 | ['id', 'name', 'city'] | '\(folder.path)/people.csv'",
          "'3' | '' | null | 4 | ['id', 'name', 'city'] | '\(folder.path)/people.csv'",
        ])
  }

  static let texts: [(String, String, [String])] = [
    ("a,b\r\nc,d\r\n", ",", ["['a', 'b']", "['c', 'd']"]),
    ("a,b\rc,d", ",", ["['a', 'b']", "['c', 'd']"]),
    ("\u{FEFF}a,b", ",", ["['a', 'b']"]),
    ("\u{FEFF}\"a\"\n", ",", ["['a']"]),
    ("", ",", []), ("\n\n", ",", []), ("\u{FEFF}", ",", []),
    ("a\n\n\r\nb", ",", ["['a']", "['b']"]),
    (",\n", ",", ["[null, null]"]), ("a,", ",", ["['a', null]"]), ("\"\"", ",", ["['']"]),
    ("\"a\r\nb\rc\",d", ",", ["['a\\r\\nb\\rc', 'd']"]),
    ("a\tb,c\n", "\t", ["['a', 'b,c']"]),
    ("a→b→→\"c→d\"\n→", "→", ["['a', 'b', null, 'c→d']", "[null, null]"]),
    ("a\u{2190}b→c", "→", ["['a←b', 'c']"]),
    ("a\\,b,\\n,\"\\\"\n", ",", ["['a\\\\', 'b', '\\\\n', '\\\\']"]),
    ("a\"b\", \"c\"", ",", ["['a\"b\"', ' \"c\"']"]),
    ("\"\"\"\",\"a\"\"\"", ",", ["['\"', 'a\"']"]),
    ("e\u{301},\u{E9},😀\n", ",", ["['e\u{301}', '\u{E9}', '😀']"]),
    ("a\u{0},b", ",", ["['a\u{0}', 'b']"]),
  ]

  @Test(arguments: texts.indices)
  func textsAreRead(_ index: Int) throws {
    let (text, terminator, expected) = Self.texts[index]
    let (session, _folder) = try session(["t.csv": text])
    defer { withExtendedLifetime(_folder) {} }
    let statement =
      "LOAD CSV FROM 't.csv' AS row FIELDTERMINATOR \(Spelling.string(terminator)) RETURN row"
    #expect(try session.lines(statement) == expected)
    session.batchRows = 1
    #expect(try session.lines(statement) == expected)
  }

  @Test func shortRecordsLackValues() throws {
    let (session, _folder) = try session(["t.csv": "a,b,c\n1\n1,2,3\n"])
    defer { withExtendedLifetime(_folder) {} }
    #expect(
      try session.lines("LOAD CSV WITH HEADERS FROM 't.csv' AS r RETURN r.a, r.b, r.c")
        == ["'1' | null | null", "'1' | '2' | '3'"])
    let (empty, _other) = try self.session(["t.csv": "", "head.csv": "a,b\n"])
    defer { withExtendedLifetime(_other) {} }
    for name in ["t.csv", "head.csv"] {
      #expect(try empty.lines("LOAD CSV WITH HEADERS FROM '\(name)' AS r RETURN r") == [])
    }
  }

  // MARK: Among other clauses

  @Test func onePathPerRow() throws {
    let (session, _folder) = try session([
      "all.csv": "path\na.csv\nnone.csv\nb.csv\n", "a.csv": "1\n2\n", "b.csv": "3\n",
      "none.csv": "",
    ])
    defer { withExtendedLifetime(_folder) {} }
    let expected = ["'a.csv' | ['1'] | 1", "'a.csv' | ['2'] | 2", "'b.csv' | ['3'] | 1"]
    for rows in [1, 2, 2048] {
      session.batchRows = rows
      #expect(
        try session.lines(
          """
          LOAD CSV WITH HEADERS FROM 'all.csv' AS f LOAD CSV FROM f.path AS row
          RETURN f.path, row, linenumber()
          """) == expected)
      #expect(
        try session.lines(
          """
          UNWIND $paths AS path WITH path WHERE path <> 'x'
          LOAD CSV FROM path AS row RETURN path, row, linenumber()
          """,
          ["paths": .list(["a.csv", "x", "none.csv", "b.csv"].map { .string($0) })]) == expected)
    }
  }

  @Test func subqueries() throws {
    let (session, _folder) = try session(["a.csv": "1\n2\n", "b.csv": ""])
    defer { withExtendedLifetime(_folder) {} }
    #expect(
      try session.lines(
        """
        UNWIND ['a.csv', 'b.csv', 'a.csv'] AS path
        RETURN COUNT { LOAD CSV FROM path AS row RETURN row } AS n,
          COUNT { LOAD CSV FROM path AS row RETURN DISTINCT linenumber() AS l LIMIT 1 } AS m,
          EXISTS { LOAD CSV FROM path AS row } AS any, linenumber() AS l
        """) == ["2 | 1 | true | null", "0 | 0 | false | null", "2 | 1 | true | null"])
  }

  @Test func lineNumbersGoWithTheirRows() throws {
    let (session, _folder) = try session(["a.csv": "1\n\n2\n3\n", "b.csv": "x\n"])
    defer { withExtendedLifetime(_folder) {} }
    #expect(
      try session.lines(
        """
        LOAD CSV FROM 'a.csv' AS row WITH row[0] AS x ORDER BY x DESC SKIP 1
        RETURN x, linenumber()
        """) == ["'2' | 3", "'1' | 1"])
    #expect(
      try session.lines(
        "LOAD CSV FROM 'a.csv' AS a LOAD CSV FROM 'b.csv' AS b RETURN max(linenumber())") == ["1"])
    #expect(try session.lines("RETURN linenumber(), file()") == ["null | null"])
    #expect(
      try session.lines(
        "LOAD CSV FROM 'b.csv' AS b RETURN linenumber() AS l UNION RETURN linenumber() AS l")
        == ["1", "null"])
  }

  @Test func writing() throws {
    let (session, _folder) = try session([
      "people.csv": "id,name\n1,Ada\n2,Grace\n", "knows.csv": "a,b\n1,2\n2,1\n1,9\n",
    ])
    defer { withExtendedLifetime(_folder) {} }
    let created = try session.run(
      """
      LOAD CSV WITH HEADERS FROM 'people.csv' AS row
      CREATE (:Person {id: toInteger(row.id), name: row.name})
      """)
    #expect(created.counters.nodesCreated == 2)
    let merged = try session.run(
      """
      LOAD CSV WITH HEADERS FROM 'people.csv' AS row
      MERGE (p:Person {id: toInteger(row.id)}) ON MATCH SET p.seen = linenumber()
      """)
    #expect(merged.counters.nodesCreated == 0)
    #expect(merged.counters.propertiesSet == 2)
    let related = try session.run(
      """
      LOAD CSV WITH HEADERS FROM 'knows.csv' AS row
      MATCH (a:Person {id: toInteger(row.a)}), (b:Person {id: toInteger(row.b)})
      CREATE (a)-[:KNOWS]->(b)
      """)
    #expect(related.counters.relationshipsCreated == 2)
    #expect(
      try session.lines("MATCH (a)-[:KNOWS]->(b) RETURN a.name, b.name, a.seen ORDER BY a.name")
        == ["'Ada' | 'Grace' | 2", "'Grace' | 'Ada' | 3"])
    #expect(
      try session.lines(
        """
        CREATE (n:Load) WITH n LOAD CSV WITH HEADERS FROM 'knows.csv' AS row
        OPTIONAL MATCH (p:Person {id: toInteger(row.b)}) RETURN labels(n), p.name
        """) == ["['Load'] | 'Grace'", "['Load'] | 'Ada'", "['Load'] | null"])
  }

  @Test(arguments: [OptimizerRules.all, []])
  func everyPlanGivesTheSame(_ rules: OptimizerRules) throws {
    let (session, _folder) = try session(["a.csv": "id\n1\n2\n3\n"])
    defer { withExtendedLifetime(_folder) {} }
    _ = try session.run("UNWIND range(1, 40) AS i CREATE (:N {id: toString(i)})-[:R]->(:M)")
    session.optimizerRules = rules
    #expect(
      try session.lines(
        """
        LOAD CSV WITH HEADERS FROM 'a.csv' AS row MATCH (n:N {id: row.id})-[:R]->(m:M)
        WHERE linenumber() > 2 RETURN row.id, n.id, labels(m) ORDER BY row.id
        """) == ["'2' | '2' | ['M']", "'3' | '3' | ['M']"])
  }

  @Test(arguments: [OptimizerRules.all, []])
  func missingFilesAreToldWhateverFollows(_ rules: OptimizerRules) throws {
    let (session, _folder) = try session(["a.csv": "1\n"])
    defer { withExtendedLifetime(_folder) {} }
    session.optimizerRules = rules
    let failure = #expect(throws: QueryError.self) {
      try session.run(
        """
        UNWIND ['a.csv', 'none.csv'] AS path LOAD CSV FROM path AS row
        WITH path, row WHERE path = 'a.csv' RETURN row
        """)
    }
    #expect(failure?.code == .fileUnreadable)
  }

  @Test func explanation() throws {
    let found = outline(
      try plan(
        "LOAD CSV WITH HEADERS FROM $file AS row FIELDTERMINATOR '\\t' RETURN row.a AS a"))
    #expect(
      found == [
        "ProduceResults a", "  Projection row.a AS a",
        "    LoadCSV $file AS row WITH HEADERS FIELDTERMINATOR '\\t'", "      Argument",
      ])
  }

  // MARK: Limits

  @Test func limitStopsReading() throws {
    let (session, _folder) = try session(["a.csv": "1\n2\n3\n\"x\"y\n"])
    defer { withExtendedLifetime(_folder) {} }
    #expect(try session.lines("LOAD CSV FROM 'a.csv' AS r RETURN r LIMIT 3").count == 3)
    #expect(throws: QueryError.self) {
      try session.run("LOAD CSV FROM 'a.csv' AS r RETURN r LIMIT 4")
    }
    let changed = try? session.run("LOAD CSV FROM 'a.csv' AS r CREATE ()")
    #expect(changed == nil)
    #expect(try session.lines("MATCH (n) RETURN count(n)") == ["0"])
  }

  @Test func memoryIsCounted() throws {
    let folder = try TableFolder()
    try folder.write("\"" + String(repeating: "x", count: 3 << 20), to: "open.csv")
    try folder.write(String(repeating: ",", count: 1 << 20), to: "wide.csv")
    let row = String(repeating: "abcdefgh,", count: 100) + "\n"
    try folder.write(String(repeating: row, count: 4_000), to: "long.csv")
    let session = try folder.session()
    session.limits.memoryBytes = 2 << 20
    for name in ["open.csv", "wide.csv"] {
      let failure = #expect(throws: QueryError.self) {
        try session.run("LOAD CSV FROM '\(name)' AS r RETURN count(*)")
      }
      #expect(failure?.code == .memoryLimit)
    }
    #expect(try session.lines("LOAD CSV FROM 'long.csv' AS r RETURN count(*)") == ["4000"])
    let failure = #expect(throws: QueryError.self) {
      try session.run("LOAD CSV FROM 'long.csv' AS r RETURN collect(r)")
    }
    #expect(failure?.code == .memoryLimit)
  }

  @Test func timeIsLimited() throws {
    let (session, _folder) = try session(["a.csv": String(repeating: "1,2\n", count: 10_000)])
    defer { withExtendedLifetime(_folder) {} }
    session.limits.timeout = 0.05
    let failure = #expect(throws: QueryError.self) {
      try session.run(
        "UNWIND range(1, 10000000) AS i LOAD CSV FROM 'a.csv' AS r RETURN count(*)")
    }
    #expect(failure?.code == .timeLimit)
  }

  @Test func manyRows() throws {
    var text = "id,name\n"
    for id in 0..<100_000 { text += "\(id),\"Name, \(id)\"\n" }
    let (session, _folder) = try session(["big.csv": text])
    defer { withExtendedLifetime(_folder) {} }
    #expect(
      try session.lines(
        """
        LOAD CSV WITH HEADERS FROM 'big.csv' AS row
        RETURN count(*), sum(toInteger(row.id)), max(linenumber()), count(DISTINCT row.name)
        """) == ["100000 | 4999950000 | 100001 | 100000"])
  }
}
