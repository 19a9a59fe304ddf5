import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct GramReaderTests {
  @Test func nodesAndRelationships() {
    let graph = summary(
      loading: """
        // Two companies
        (xiaomi:Company:Listed {name: 'Xiaomi', founded: 2010}),
        (dod:Agency {name: "Department of Defense"})
        (xiaomi)-[d:designated-by {mode: `asserted`}]->(dod)
        (dod)<-[:sued]-(xiaomi) /* a comment
        over two lines */
        """)
    #expect(
      graph == [
        "(0:Company:Listed {founded: 2010, name: 'Xiaomi'})",
        "(1:Agency {name: 'Department of Defense'})",
        "(0)-[:designated-by {mode: 'asserted'}]->(1)",
        "(0)-[:sued]->(1)",
      ])
  }

  @Test func chainsArrowsAndForwardMentions() {
    let graph = summary(
      loading: """
        (a)-[:one]->(b)<-[:two]-(c), (c)-[:three]-(a)==[:four]==>(b)
        (a)<~[:five]~>(c)
        (a:Late {k: 1})
        """
        .replacing("==[:four]==>", with: "=[:four]=>"))
    #expect(
      graph == [
        "(0:Late {k: 1})", "(1)", "(2)",
        "(0)-[:one]->(1)", "(2)-[:two]->(1)", "(2)-[:three]->(0)", "(0)-[:four]->(1)",
        "(0)-[:five]->(2)",
      ])
  }

  @Test func values() {
    let graph = summary(
      loading: #"""
        ({a: 1, b: -2.5, c: 0xFF, d: 0o17, e: 017, f: 1e3, g: 1.5E-2, h: true, i: false, j: null,
          k: active, l: 'it\'s \u00e9 \U0001F600 \t', m: [1, 'two', 3.0], n: [], o: 5kg, p: 1..10,
          q: 2.5s, r: 1..., s: ...3, t: -9223372036854775808, u: url`https://example.com`,
          `key with blank`: 1, "quoted": 2, v:: 3, w: "say \"x\"", x: +7, y: -0x10})
        """#)
    #expect(
      graph == [
        "(0 {a: 1, b: float -2.5, c: 255, d: 15, e: 15, f: float 1000.0, g: float 0.015, "
          + "h: true, i: false, k: 'active', key with blank: 1, l: 'it's é 😀 \t', "
          + "m: [1, 'two', float 3.0], n: [], o: '5kg', p: '1..10', q: '2.5s', quoted: 2, "
          + "r: '1...', s: '...3', t: -9223372036854775808, u: 'https://example.com', v: 3, "
          + "w: 'say \"x\"', x: 7, y: -16})"
      ])
  }

  @Test func temporalValues() {
    let graph = summary(
      loading: """
        ({a: date`2021-01-14`, b: date('2021-01-14'), c: datetime`2021-05-25T16:09:00Z`,
          d: time`16:09:00+01:00`, e: localtime`16:09`, f: localdatetime("2021-05-25T16:09:00"),
          g: duration`P1Y2M3DT4H`, h: [date`1970-01-02`]})
        """)
    #expect(
      graph == [
        "(0 {a: date 18641, b: date 18641, c: datetime 1621958940 0 64801, "
          + "d: time 58140000000000 3600, e: localtime 58140000000000, "
          + "f: localdatetime 1621958940 0, g: duration 14 3 14400 0, h: [date 1]})"
      ])
  }

  @Test func fencedStrings() {
    #expect(
      summary(loading: "(a {t: ```\none\ntwo```, d: ```date\n2021-01-14\n```, u: ```md\n# x```})")
        == ["(0 {d: date 18641, t: 'one\ntwo', u: '# x'})"])
  }

  @Test func annotations() {
    let graph = summary(
      loading: """
        @source('SG') @confidence(0.9) (a:Person)
        @mode("asserted") (a)-[:knows]->(b)-[:knows]->(c)
        @@note:Remark @since(2020) (b)
        """)
    #expect(
      graph == [
        "(0:Person {confidence: float 0.9, source: 'SG'})", "(1 {since: 2020})", "(2)",
        "(3:Remark)",
        "(0)-[:knows {mode: 'asserted'}]->(1)", "(1)-[:knows {mode: 'asserted'}]->(2)",
        "(3)-[:member]->(1)",
      ])
  }

  @Test func subjectPatterns() {
    let graph = summary(
      loading: """
        [team:Team {name: 'A'} | alice, [sub | bob], (carol)-[:knows]->(dave)]
        (alice:Person), (bob)
        """)
    #expect(
      graph == [
        "(0:Team {name: 'A'})", "(1)", "(2)", "(3)", "(4:Person)", "(5)",
        "(0)-[:member]->(1)", "(0)-[:member]->(2)", "(2)-[:knows]->(3)", "(0)-[:member]->(3)",
        "(0)-[:member]->(4)", "(1)-[:member]->(5)",
      ])
  }

  @Test func headerIsNoElement() {
    #expect(summary(loading: "{kind: 'data', more: {deep: [1]}} (a)") == ["(0)"])
    #expect(summary(loading: "{} (a)") == ["(0)"])
  }

  @Test(arguments: ["", " \n", "\u{FEFF}", "// only a comment", "/* c */"])
  func emptyFiles(_ text: String) {
    #expect(summary(loading: text) == [])
  }

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func lineEnds(_ end: String, _ mark: String) {
    let text = mark + ["// c", "(a:X)", "(b)-[:r]->(a)"].joined(separator: end)
    #expect(summary(loading: text) == ["(0:X)", "(1)", "(1)-[:r]->(0)"])
    #expect(summary(loading: text + end) == ["(0:X)", "(1)", "(1)-[:r]->(0)"])
    let error = loadError(Array((text + end + "  ]").utf8), format: .gram)
    #expect(error?.diagnostics[0].position == SourcePosition(line: 4, column: 3))
  }

  @Test func identifiers() {
    #expect(
      summary(loading: "(42:A)-[:r]->(`x y`:B), (a.b-c@d:C), (任正非:P), (\"q\":Q), (42 {n: 1})") == [
        "(0:A {n: 1})", "(1:B)", "(2:C)", "(3:P)", "(4:Q)", "(0)-[:r]->(1)",
      ])
  }

  @Test func columnsCountCodePoints() {
    let error = loadError(Array("('é日😀e\u{301}' !".utf8), format: .gram)
    #expect(error?.diagnostics[0].position == SourcePosition(line: 1, column: 10))
  }
}
