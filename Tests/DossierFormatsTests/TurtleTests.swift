import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct TurtleTests {
  private let head = "@prefix : <http://e/> .\n"

  @Test func statements() {
    let graph = summary(
      loading: """
        # A comment
        @base <http://e/base/> .
        PREFIX e: <http://e/onto#>
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <a> a e:Company , e:Entity ;
          e:name "A\\u00e9" , "B", "A\\u00e9" ;; e:label "C"@en-GB ;
          e:since "2021-01-14"^^xsd:date ; e:wkt "P"^^e:wkt ; .
        _:x e:owns <a>, <../b#c> . _:x e:owns <a> .
        base <http://f/>
        <a> e:at [ e:n 7 ] .
        [ e:at <a> ] .
        [] e:at <a>.
        """, format: .turtle)
    #expect(
      graph == [
        "(0:Company:Entity {label@en-GB: 'C', name: ['Aé', 'B'], since: date 18641, "
          + "uri: 'http://e/base/a', wkt^^http://e/onto#wkt: 'P'})",
        "(1 {uri: '_:x'})", "(2 {uri: 'http://e/b#c'})", "(3 {uri: 'http://f/a'})",
        "(4 {n: 7, uri: '_:b1'})", "(5 {uri: '_:b2'})", "(6 {uri: '_:b3'})",
        "(1)-[:owns]->(0)", "(1)-[:owns]->(2)", "(3)-[:at]->(4)", "(5)-[:at]->(3)",
        "(6)-[:at]->(3)",
      ])
  }

  @Test(arguments: [
    ("1", "1"), ("-5", "-5"), ("+7", "7"), ("1.5", "float 1.5"), (".5", "float 0.5"),
    ("1e3", "float 1000.0"), ("1.E-1", "float 0.1"), ("-.5e1", "float -5.0"), ("true", "true"),
    ("false", "false"), ("'a'", "'a'"), ("\"\"", "''"), ("''", "''"), ("'''a'b''c'''", "'a'b''c'"),
    ("\"\"\"a\n\"b\"\" \"\"\"", "'a\n\"b\"\" '"),
    (#""\t\b\n\r\f\"\'\\""#, "'\t\u{8}\n\r\u{C}\"'\\'"),
    (#""\U0001F600""#, "'😀'"), ("()", "[]"), ("(1 'a' true)", "[1, 'a', true]"),
    ("\"NaN\"^^<http://www.w3.org/2001/XMLSchema#double>", "float nan"),
    ("\"x\"^^<http://www.w3.org/2001/XMLSchema#integer>", "'x'"),
    ("\"10:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#time>", "time 36000000000000 0"),
  ])
  func literals(_ literal: String, _ value: String) {
    let expected = ["(0 {p: \(value), uri: 'http://e/s'})"]
    #expect(summary(loading: head + ":s :p \(literal).", format: .turtle) == expected)
    #expect(summary(loading: head + ":s :p \(literal)\n.", format: .turtle) == expected)
  }

  @Test(arguments: [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"),
    (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../g", "http://a/b/g"),
    ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
    ("g;x=1/../y", "http://a/b/c/y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
  ])
  func relativeReferences(_ reference: String, _ iri: String) {
    let graph = summary(
      loading: "@base <http://a/b/c/d;p?q> . <\(reference)> <x:p> 1 .", format: .turtle)
    #expect(graph == ["(0 {p: 1, uri: '\(iri)'})"])
  }

  @Test func names() {
    let graph = summary(
      loading: """
        @prefix a: <http://e/a-> . @prefix a.b-c: <http://e/> . @prefix : <#> .
        a:b.c a:p\\~\\.%41 a.b-c:x:y . _:a.b :é-1 "v".
        a: a a:truth; a:a a.b-c: .
        """, format: .turtle)
    #expect(
      graph == [
        "(0 {uri: 'http://e/a-b.c'})", "(1 {uri: 'http://e/x:y'})", "(2 {uri: '_:a.b', é-1: 'v'})",
        "(3:truth {uri: 'http://e/a-'})", "(4 {uri: 'http://e/'})", "(0)-[:p~.%41]->(1)",
        "(3)-[:a]->(4)",
      ])
  }

  @Test func equalNamesAreReported() throws {
    let text = "@prefix a: <http://a/> . @prefix b: <http://b/> . a:s a:p 1 ; b:p 2 ."
    let report = try GraphFile.load(
      bytes: Array(text.utf8), named: "test", into: Database(), format: .turtle)
    #expect(report.warnings == ["<http://a/p> and <http://b/p> are both named `p`"])
  }

  @Test func collections() {
    let graph = summary(
      loading: head + ":s :p (:a 1) ; :q (1 2), 3 . (1) :r () .", format: .turtle)
    let none = "'http://www.w3.org/1999/02/22-rdf-syntax-ns#nil'"
    #expect(
      graph == [
        "(0 {q: 3, uri: 'http://e/s'})", "(1 {uri: '_:b1'})", "(2 {uri: 'http://e/a'})",
        "(3 {first: 1, uri: '_:b2'})", "(4 {uri: \(none)})", "(5 {first: 1, r: [], uri: '_:b3'})",
        "(6 {first: 1, uri: '_:b4'})", "(7 {first: 2, uri: '_:b5'})", "(1)-[:first]->(2)",
        "(1)-[:rest]->(3)", "(3)-[:rest]->(4)", "(0)-[:p]->(1)", "(5)-[:rest]->(4)",
        "(0)-[:q]->(6)", "(6)-[:rest]->(7)", "(7)-[:rest]->(4)",
      ])
  }

  @Test func manyValuesOfOneKey() throws {
    let values = (0..<100).flatMap { [$0, $0] }.map { "'\($0)'" }.joined(separator: ", ")
    let graph = summary(loading: head + ":s :p \(values) .", format: .turtle)
    let expected = (0..<100).map { "'\($0)'" }.joined(separator: ", ")
    #expect(graph == ["(0 {p: [\(expected)], uri: 'http://e/s'})"])
  }

  @Test func relativeReferencesWithoutBase() throws {
    let database = Database()
    _ = try GraphFile.load(
      bytes: Array("<> <#p> 1 .".utf8), named: "folder/a b.ttl", into: database)
    #expect(summary(of: database) == ["(0 {p: 1, uri: 'file:///a%20b.ttl'})"])
  }

  @Test func toldByContent() throws {
    let text = "# baseURI: http://e/\n\(head):s :p 1 ."
    let report = try GraphFile.load(bytes: Array(text.utf8), named: "data", into: Database())
    #expect(report.format == .turtle)
  }

  @Test func errors() {
    expectError(
      head + ":s :p 1️⃣@ .", .invalidData,
      "expected an object: an IRI, a prefixed name, a blank node, a collection or a literal, "
        + "found `@`", format: .turtle)
    expectError(
      head + "1️⃣\"s\" :p 1 .", .invalidData,
      "expected a subject: an IRI, a prefixed name, a blank node or a collection, found `\"`",
      format: .turtle)
    expectError(
      head + ":s 1️⃣_:p 1 .", .invalidData,
      "expected a predicate: an IRI, a prefixed name or `a`, found `_`", format: .turtle)
    expectError(
      head + ":s :p 1️⃣x:o .", .undefinedReference, "the prefix `x:` is not declared",
      format: .turtle)
    expectError(
      head + ":s :p :o 1️⃣:q :r .", .invalidData,
      "expected `.` at the end of the statement, found `:`", format: .turtle)
    expectError(
      head + ":s :p 1️⃣", .invalidData,
      "expected an object: an IRI, a prefixed name, a blank node, a collection or a literal, "
        + "found the end of the file", format: .turtle)
    expectError(
      head + ":s :p [ :q 1 1️⃣.", .invalidData, "expected `;` and a predicate, or `]`, found `.`",
      format: .turtle)
    expectError(
      head + ":s :p 1️⃣( 1 ", .invalidData, "this collection is not closed", format: .turtle)
    expectError(
      head + ":s :p 1️⃣\"a\nb\" .", .invalidData, "this literal is not closed on its line",
      format: .turtle)
    expectError(
      head + ":s :p 1️⃣\"\"\"a\nb\" .", .invalidData, "this literal is not closed", format: .turtle)
    expectError(
      head + ":s :p \"1️⃣\\x\" .", .invalidData, "unknown escape", format: .turtle)
    expectError(
      head + "<a1️⃣ b> :p 1 .", .invalidData,
      "expected `>` at the end of the IRI, found the character U+20", format: .turtle)
    expectError("1️⃣@prefixx : <a> .", .invalidData, "expected `@prefix` or `@base`", format: .turtle)
    expectError(
      "@prefix a1️⃣ <a> .", .invalidData, "expected `:` behind a prefix, found the character U+20",
      format: .turtle)
  }

  @Test func nesting() {
    for (open, close) in [("[:p ", "]"), ("(", ")")] {
      func nested(_ depth: Int) -> [UInt8] {
        let text =
          String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        return Array((head + ":s :p " + text + " .").utf8)
      }
      #expect(loadError(nested(200), format: .turtle) == nil)
      #expect(loadError(nested(201), format: .turtle)?.code == .nestingTooDeep)
      #expect(loadError(nested(100_000), format: .turtle)?.code == .nestingTooDeep)
    }
  }
}
