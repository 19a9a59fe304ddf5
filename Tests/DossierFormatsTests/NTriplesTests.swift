import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct NTriplesTests {
  @Test func triples() {
    let graph = summary(
      loading: """
        <http://e/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/onto#Company> .
        <http://e/a> <http://e/name> "A\\u00e9" . # comment
        <http://e/a> <http://e/name> "B" .
        <http://e/a><http://e/label>"C"@en-GB.
        <http://e/a> <http://e/n> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
        <http://e/a> <http://e/since> "2021-01-14"^^<http://www.w3.org/2001/XMLSchema#date> .
        _:x <http://e/owns> <http://e/a> .
        """, format: .ntriples)
    #expect(
      graph == [
        "(0:Company {label@en-GB: 'C', n: 7, name: ['Aé', 'B'], since: date 18641, "
          + "uri: 'http://e/a'})",
        "(1 {uri: '_:x'})", "(1)-[:owns]->(0)",
      ])
  }

  @Test func errors() {
    expectError(
      "<http://e/a> <http://e/b> 1️⃣c .", .invalidData,
      "expected an object: an IRI, a blank node or a literal, found `c`", format: .ntriples)
    expectError(
      "1️⃣<a> <http://e/b> <http://e/c> .", .invalidData,
      "expected an absolute IRI, with a scheme", format: .ntriples)
    expectError(
      "<http://e/a> <http://e/b> <http://e/c>1️⃣\n", .invalidData,
      "expected `.` at the end of the triple, found the end of the line", format: .ntriples)
  }

  /// A million escapes take no longer than a million letters.
  @Test(arguments: [GraphFileFormat.ntriples, .turtle])
  func manyEscapes(_ format: GraphFileFormat) {
    let escapes = String(repeating: "\\n", count: 1_000_000)
    let graph = summary(
      loading: "<http://e/a> <http://e/name> \"\(escapes)\" .", format: format)
    #expect(graph.first?.utf8.count(where: { $0 == 0x0A }) == 1_000_000)
  }
}
