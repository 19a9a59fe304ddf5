import Dossier
import DossierFormats
import DossierSyntax
import Testing

/// Loads that go on behind bad records: what is left out, what stays, and what the report says.
@Suite struct BadRecordTests {
  /// Loads a text and gives back the graph and the bad records as `line:column code`.
  private func load(
    _ text: String, _ format: GraphFileFormat, into database: Database = Database(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> (graph: [String], bad: [String]) {
    do throws(QueryError) {
      let report = try GraphFile.load(
        bytes: Array(text.utf8), named: "test", into: database,
        options: LoadOptions(format: format, keepsGoing: true))
      let bad = report.badRecords.map { error in
        let position = error.diagnostics.first?.position
        return "\(position?.line ?? 0):\(position?.column ?? 0) \(error.code.detail)"
      }
      #expect(report.badRecordCount == bad.count, sourceLocation: sourceLocation)
      return (summary(of: database), bad)
    } catch {
      let message = error.diagnostics.first?.message ?? ""
      Issue.record("ends with an error: \(message)", sourceLocation: sourceLocation)
      return ([], [])
    }
  }

  @Test func jsonLines() {
    let (graph, bad) = load(
      """
      {"type":"node","id":"1","labels":["A"],"properties":{"k":1}}
      {"type":"node","id":"2","labels":["B"],"properties":{"k":1,"m":{"x":1}}}
      {"type":"node","id":"1","labels":["C"]}
      {"type":"node","id":"3"
      {"type":"node","id":"2","labels":["D"]}
      {"type":"relationship","label":"R","start":{"id":"1"},"end":{"id":"9"}}
      {"type":"relationship","label":"R","start":{"id":"1"},"end":{"id":"2"}}
      [1]
      """, .jsonl)
    #expect(graph == ["(0:A {k: 1})", "(1:D)", "(0)-[:R]->(1)"])
    #expect(
      bad == [
        "2:64 InvalidPropertyType", "3:1 DuplicateIdentifier", "5:1 InvalidData",
        "8:1 InvalidData", "6:61 UndefinedReference",
      ])
  }

  @Test func collections() {
    let (graph, bad) = load(
      """
      {"nodes": [{"type":"node","id":"1"}, {"type":"node"}, {"type":"node","id":"2"}],
       "rels": [{"type":"relationship","label":"R","start":{"id":"1"},"end":{"id":"2"}}, 7]}
      """, .jsonl)
    #expect(graph == ["(0)", "(1)", "(0)-[:R]->(1)"])
    #expect(bad.count == 2)
  }

  @Test func followTheMoney() {
    let (graph, bad) = load(
      """
      {"id":"a","schema":"Company","properties":{"name":["A"],"parent":["p"],"x":[["y"]]}}
      {"id":"p","schema":"Person","properties":{"name":["P"]}}
      {"id":"p","schema":"Person","properties":{}}
      {"id":"q","schema":"Nonsense","properties":{}}
      {"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["a"]}}
      """, .ftm)
    #expect(
      bad.map { $0.split(separator: " ").last ?? "" } == [
        "InvalidPropertyType", "DuplicateIdentifier", "InvalidData",
      ])
    #expect(graph.count == 3)
    #expect(graph.first?.contains("id: 'p'") == true)
    #expect(graph[1] == "(1 {id: 'a'})")
    #expect(graph[2].hasPrefix("(0)-[:owns"))
  }

  @Test func edges() {
    let (graph, bad) = load("1 2 5\n2 3\n3 4 x\n1 2 3 4\n4 5 6\n", .edges)
    #expect(
      graph == [
        "(0:Node {id: 1})", "(1:Node {id: 2})", "(2:Node {id: 4})", "(3:Node {id: 5})",
        "(0)-[:linked-to {weight: 5}]->(1)", "(2)-[:linked-to {weight: 6}]->(3)",
      ])
    #expect(bad == ["2:1 WrongColumnCount", "3:5 InvalidData", "4:7 WrongColumnCount"])
  }

  @Test func triples() {
    let (graph, bad) = load(
      """
      <http://e/a> <http://e/p> <http://e/b> .
      <http://e/a> <http://e/p> nonsense .
      <http://e/a> <http://e/p> "open .
      <http://e/b> <http://e/p> <http://e/a> .
      """, .ntriples)
    #expect(graph.count == 4)
    #expect(bad == ["2:27 InvalidData", "3:27 InvalidData"])
  }

  @Test func scripts() {
    let (graph, bad) = load(
      """
      CREATE (:A {id: 1});
      CREATE (:B {id: 2}) WITH 1 AS x RETURN x / 0;
      CREAT (:C);
      MATCH (a:A) CREATE (a)-[:R]->(:D);
      """, .cypher)
    #expect(graph == ["(0:A {id: 1})", "(1:D)", "(0)-[:R]->(1)"])
    #expect(bad.count == 2 && bad[1].hasPrefix("3:1 "))
  }

  @Test func graphML() {
    let (graph, bad) = load(
      """
      <graphml><key id="n" for="node" attr.name="n" attr.type="int"/><graph edgedefault="directed">
      <node id="a"><data key="n">1</data></node>
      <node id="b"><data key="n">x</data><data key="n">2</data></node>
      <node id="a"/>
      <node/>
      <node id="b"/>
      <edge source="a" target="c"/>
      <edge source="a" target="b"/>
      </graph></graphml>
      """, .graphml)
    #expect(graph == ["(0 {id: 'a', n: 1})", "(1 {id: 'b'})", "(0)-[:linked-to]->(1)"])
    #expect(
      bad == [
        "3:14 InvalidData", "4:1 DuplicateIdentifier", "5:1 InvalidData",
        "7:1 UndefinedReference",
      ])
  }

  @Test func gexf() {
    let (graph, bad) = load(
      """
      <gexf><graph defaultedgetype="directed"><attributes class="node">
      <attribute id="0" title="n" type="integer"/></attributes><nodes>
      <node id="a"><attvalues><attvalue for="0" value="1"/></attvalues></node>
      <node id="b"><nodes><node id="c"/></nodes><attvalues><attvalue for="0" value="x"/>
      </attvalues></node><node id="b"/></nodes><edges>
      <edge source="a" target="b"/><edge source="a" target="c"/>
      <edge source="a" target="b" weight="w"/></edges></graph></gexf>
      """, .gexf)
    #expect(graph == ["(0 {id: 'a', n: 1})", "(1 {id: 'b'})", "(0)-[:linked-to]->(1)"])
    #expect(
      bad.map { $0.split(separator: " ").last ?? "" } == [
        "InvalidData", "InvalidData", "UndefinedReference",
      ])
  }

  @Test func gram() {
    let (graph, bad) = load(
      """
      (a:A {n: 1})
      (a {n: 2, m: 3})-[:x]->(:Lost)
      @source('S') (a)-[r:knows]->
        (b:B)
      (b)-[r:knows]->(:Lost),  (c:C)
      (d:D {k: 'open)
      (e:E)
      ; (f:Lost)
      (g {on: date('nonsense')})-[:x]->
        (:Lost {
          k: 1})
      (h:H)
      [l:List | a, nobody]
      """, .gram)
    #expect(
      graph == [
        "(0:A {n: 1})", "(1:B)", "(2:C)", "(3:E)", "(4:H)", "(5:List)",
        "(0)-[:knows {source: 'S'}]->(1)", "(5)-[:member]->(0)",
      ])
    #expect(
      bad == [
        "2:5 ConflictingProperty", "5:6 DuplicateIdentifier", "6:10 InvalidData", "8:1 InvalidData",
        "9:9 InvalidData", "13:14 UndefinedReference",
      ])
  }

  @Test func gramEndsWhereNoLineIsSafe() {
    for text in ["(a) \n(b {t: ```\n(c)\n", "(a)\n/* (b)\n(c)\n"] {
      let database = Database()
      #expect(throws: QueryError.self) {
        try GraphFile.load(
          bytes: Array(text.utf8), named: "test", into: database,
          options: LoadOptions(format: .gram, keepsGoing: true))
      }
      #expect(summary(of: database) == [])
    }
  }

  @Test func conflictsWithTheGraph() {
    let database = Database()
    _ = load("(a {id: 1, n: 1})", .gram, into: database)
    let (graph, bad) = load("(x {id: 1, n: 2, m: 3})", .gram, into: database)
    #expect(graph == ["(0 {id: 1, m: 3, n: 1})"])
    #expect(bad == ["1:12 ConflictingProperty"])
  }

  @Test func countsBeyondTheLimit() throws {
    let text = "1 2\n" + String(repeating: "1\n", count: 1_500) + "3 4\n"
    let report = try GraphFile.load(
      bytes: Array(text.utf8), named: "test", into: Database(),
      options: LoadOptions(format: .edges, keepsGoing: true))
    #expect(report.badRecords.count == 1_000)
    #expect(report.badRecordCount == 1_500)
    #expect(report.badRecordCounts.map(\.code) == [.wrongColumnCount])
    #expect(report.badRecords.last?.diagnostics.first?.position?.line == 1_001)
    #expect(report.nodesCreated == 4)
  }

  /// What a load that goes on keeps is what it keeps of the records that are good on their own.
  @Test(arguments: MutationTests.samples)
  func damage(_ format: GraphFileFormat, _ text: String) {
    var generator = SeededGenerator(seed: 11)
    let original = Array(text.utf8)
    for _ in 0..<400 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] =
          original[Int.random(in: original.indices, using: &generator)]
      }
      let database = Database()
      let report = try? GraphFile.load(
        bytes: bytes, named: "test", into: database,
        options: LoadOptions(format: format, keepsGoing: true))
      let strict = Database()
      let error = loadError(bytes, format: format, into: strict)
      if let report {
        #expect((report.badRecordCount == 0) == (error == nil))
        if error == nil { #expect(summary(of: strict) == summary(of: database)) }
      } else {
        #expect(error != nil)
      }
    }
  }

  @Test func progressIsTold() throws {
    let progress = LoadProgress()
    let path = "/tmp/dossier-\(UInt64.random(in: 0...(.max))).edges"
    defer { removeFile(path) }
    let source = Database()
    _ = loadError(Array("(a)-[:x]->(b)".utf8), format: .gram, into: source)
    try GraphFile.save(source.view, to: path, format: .gram)
    try GraphFile.load(
      path: path, into: Database(), options: LoadOptions(format: .gram, progress: progress))
    #expect(progress.phase == .adding)
    #expect(progress.bytesRead == progress.bytesTotal && progress.bytesTotal > 0)
  }
}
