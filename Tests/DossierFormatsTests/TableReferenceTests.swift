import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import TestSupport
import Testing

/// Real tables read by `LOAD CSV`; skipped without the folder that `DOSSIER_TEST_DATA` names.
@Suite(.enabled(if: getenv("DOSSIER_TEST_DATA") != nil))
struct TableReferenceTests {
  private let folder = getenv("DOSSIER_TEST_DATA").map { String(cString: $0) } ?? ""

  private func session() throws -> Session {
    let session = Database().session()
    session.fileAccess = try FileAccess(folders: [folder])
    return session
  }

  @Test(arguments: [
    ("us-flights/airports.csv", "count(DISTINCT row.iata)", "3376"),
    ("us-flights/flights-airport.csv", "count(DISTINCT [row.origin, row.destination])", "5366"),
    ("us-csl-sample-2019/csl.csv", "count(*)", "115"),
    (
      "us-csl-sample-2019/csl.csv",
      "sum(CASE WHEN row.source STARTS WITH 'Entity List' THEN 1 ELSE 0 END)", "22"
    ),
  ])
  func counts(_ path: String, _ count: String, _ expected: String) throws {
    let result = try session().run(
      "LOAD CSV WITH HEADERS FROM $path AS row RETURN \(count)",
      parameters: ["path": .string(path)])
    #expect(result.rows.map { text($0[0]) } == [expected])
  }

  /// The script of `Examples/ofac` on the lists as published. Links in remarks that overflow into
  /// the comments count too; without them the larger list has 3,391 at 2,755 entries.
  @Test(arguments: [
    ("ofac-non-sdn-2025-12", "cons", ["442", "283", "283", "1073", "574"]),
    ("ofac-sdn-2021-07", "sdn", ["8976", "2758", "3408", "11910", "13837"]),
  ])
  func lists(_ name: String, _ list: String, _ expected: [String]) throws {
    let script = try #require(Checkout.text("Examples/ofac/load-ofac.cypher"))
    let session = try session()
    var results: [[[String]]] = []
    for statement in script.split(separator: ";\n") where statement.contains("(") {
      let result = try session.run(
        String(statement), parameters: ["folder": .string(name), "list": .string(list)])
      if !result.columns.isEmpty { results.append(result.rows.map { $0.map { text($0) } }) }
    }
    #expect(results.first == [expected])
    let known = try session.run(
      "MATCH (:Listed)-[:linked-to]->(e:Listed) WHERE e.number IS NOT NULL RETURN count(*)")
    #expect(known.rows.map { text($0[0]) } == [list == "cons" ? "282" : "3401"])
    guard list == "cons" else { return }
    let dates = results.last?.filter { $0[0] == "'CMIC-EO13959'" }.map { $0[2] }
    #expect(dates == ["59", "1", "8"])
  }
}
