import Dossier
import DossierFormats
import TestSupport
import Testing

@testable import DossierShell

@Suite struct ServerTests {
  /// The answers to the lines of a text.
  private func answers(
    _ text: String, limits: SessionLimits = SessionLimits(), fileAccess: FileAccess = .none
  ) -> [String] {
    let output = MemoryOutput()
    let server = StdioServer(
      database: Database(), limits: limits, fileAccess: fileAccess, output: output)
    StatementThread().perform {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        var line = String(line)
        line.withUTF8 { bytes in
          do throws(OutputClosed) { try server.answer(bytes) } catch {}
        }
      }
    }
    return output.text.split(separator: "\n").map(String.init)
  }

  @Test func statementsAreAnswered() {
    let found = answers(
      """
      {"statement": "CREATE (n:A {x: $x}) RETURN n.x AS x", "parameters": {"x": 1}}
      {"statement": "MATCH (n) SET n.y = 2"}
      """)
    #expect(
      found == [
        """
        {"data":{"fields":["x"],"values":[[{"$type":"Integer","_value":"1"}]]},"counters":\
        {"nodesCreated":1,"nodesDeleted":0,"relationshipsCreated":0,"relationshipsDeleted":0,\
        "propertiesSet":1,"labelsAdded":1,"labelsRemoved":0,"containsUpdates":true}}
        """,
        """
        {"data":{"fields":[],"values":[]},"counters":{"nodesCreated":0,"nodesDeleted":0,\
        "relationshipsCreated":0,"relationshipsDeleted":0,"propertiesSet":1,"labelsAdded":0,\
        "labelsRemoved":0,"containsUpdates":true}}
        """,
      ])
  }

  @Test func everyLineGetsAnAnswer() {
    let lines = [
      "", "nonsense", "{}", "[]", "1", "{\"statement\":1}", "{\"statement\":\"RETURN 1\"",
      "{\"statement\":\"RETURN 1\",\"parameters\":[1]}", "{\"procedure\":{}}",
      "{\"procedure\":{\"signature\":\"x\",\"rows\":[1]}}", "{\"statement\":\"RETURN \\ud800\"}",
      String(repeating: "[", count: 100_000),
    ]
    let found = answers(lines.joined(separator: "\n"))
    #expect(found.count == lines.count)
    for answer in found { #expect(answer.hasPrefix("{\"errors\":[{\"code\":\"")) }
  }

  @Test func errorsCarryClassAndPlace() {
    #expect(
      answers("{\"statement\":\"RETURN 1 AS a,\\n  nobody\"}")[0].hasPrefix(
        "{\"errors\":[{\"code\":\"42N62\",\"type\":\"SyntaxError\",\"phase\":\"compile time\","
          + "\"detail\":\"UndefinedVariable\",\"message\":\"variable `nobody` is not defined\""))
    #expect(
      answers("{\"statement\":\"RETURN 1 AS a,\\n  nobody\"}")[0].hasSuffix(
        "\"line\":2,\"column\":3}]}"))
  }

  @Test func proceduresAreDeclared() {
    let found = answers(
      """
      {"procedure": {"signature": "test.f(a :: INTEGER?) :: (b :: STRING?)", "rows": [[1, "x"]]}}
      {"statement": "CALL test.f(1) YIELD b RETURN b"}
      """)
    #expect(found.count == 2)
    #expect(found.last?.contains("\"_value\":\"x\"") == true)
  }

  @Test func typedParametersBecomeTemporalValues() {
    let found = answers(
      """
      {"statement": "RETURN $d.year AS y", "parameters": \
      {"d": {"$type": "Date", "_value": "2021-05-25"}}}
      {"statement": "RETURN 1", "parameters": {"d": {"$type": "Date", "_value": "2021-15-25"}}}
      """)
    #expect(found[0].contains("\"_value\":\"2021\""))
    #expect(found[1].hasPrefix("{\"errors\""))
  }

  @Test func filesAreReadWhereTheyAreAllowed() throws {
    let request =
      "{\"statement\":\"LOAD CSV WITH HEADERS FROM 'questions.csv' AS q RETURN q.day LIMIT 1\"}"
    #expect(answers(request)[0].contains("\"detail\":\"FileAccessDenied\""))
    let access = try FileAccess(unpackingBelow: [Checkout.root + "/Examples/tour"])
    #expect(answers(request, fileAccess: access)[0].contains("\"_value\":\"2021-02-01\""))
    // A script is no table: one of its lines has more fields than the first.
    let script =
      "{\"statement\":\"LOAD CSV WITH HEADERS FROM '10-parameters.cypher' AS q RETURN q\"}"
    let answer = answers(script, fileAccess: access)[0]
    #expect(answer.contains("\"file\":\"10-parameters.cypher\",\"line\":"))
  }

  @Test func limitsHold() {
    let found = answers(
      "{\"statement\":\"UNWIND range(1, 100000000000) AS x RETURN count(x)\"}",
      limits: SessionLimits(timeout: 0.05))
    #expect(found[0].contains("57013"))
  }

  @Test func longMessagesAreCut() {
    let name = String(repeating: "任", count: 5000)
    let found = answers("{\"statement\":\"RETURN \(name)\"}")
    #expect(found[0].utf8.count < 10_000)
  }
}
