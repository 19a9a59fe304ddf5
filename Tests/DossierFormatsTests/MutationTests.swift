import Dossier
import DossierFormats
import DossierSyntax
import Testing

/// Damaged files give an error or a graph, never a crash or half a graph.
@Suite struct MutationTests {
  static let gram = #"""
    {kind: "data", join: true, more: {deep: 1}}
    // Companies
    @source('SG') (xiaomi:Company:`Listed Company` {id: 'x\u00e9', name: "Xiaomi 小米", n: -2.5e3})
    (xiaomi)-[r1:designated-by {from: date`2021-01-14`, on: date('2021-01-14'), l: [1, 'a', true]}]->
      (dod:Agency {t: `x`, r: 1..10, w: 5kg, h: 0xFF, o: 0o17})<-[:part-of]-(:Office)
    [group:Group | xiaomi, (a)-[:knows]->(b), [inner]] /* done */
    @@note:Note @k(null) (b {f: ```
    text
    ```})
    """#

  static let samples: [(GraphFileFormat, String)] = [
    (.gram, gram),
    (
      .csv,
      #"""
      id:ID(P),name,n:int,l:string[],d:date,:LABEL
      1,"A ""q""",7,a;b,2021-01-14,X;Y
      2,,,,,
      """#
    ),
    (.edges, "# c\n1 2 0.5\n2\t3\t1\r\n3 1 2"),
    (
      .jsonl,
      #"""
      {"type":"node","id":"1","labels":["A"],"properties":{"k":[1,"\u00e9\n"],"n":null,"f":-1.5e3}}
      {"type":"relationship","label":"R","start":{"id":"1"},"end":{"id":"1"},"properties":{"b":true}}
      """#
    ),
    (
      .ftm,
      #"""
      {"id":"c","schema":"Company","caption":"C","properties":{"name":["C"],"parent":["p"]}}
      {"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"role":["x"]}}
      """#
    ),
    (
      .graphml,
      """
      <?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><graphml xmlns="x"><!-- c -->
      <key id="d0" for="all" attr.name="n" attr.type="int"><default>1</default></key>
      <graph edgedefault="directed"><node id="a"><data key="d0">7</data></node><node id="b"/>
      <edge source="a" target="b" label="R"><data key="s">&lt;<![CDATA[x]]></data></edge></graph>
      </graphml>
      """
    ),
    (
      .gexf,
      """
      <gexf><graph timeformat="date"><attributes class="node"><attribute id="0" title="t"
      type="liststring"><default>a</default></attribute></attributes><nodes><node id="0" label="A"
      start="2021-01-14"><attvalues><attvalue for="0" value="[a, 'b']"/></attvalues></node></nodes>
      <edges><edge source="0" target="0" weight="2"/></edges></graph></gexf>
      """
    ),
    (
      .gexf,
      """
      <gexf version="1.3"><graph mode="dynamic" timeformat="dateTime"><attributes class="node">
      <attribute id="labels" title="labels" type="liststring"/>
      <attribute id="0" title="l" type="liststring" valuetype="any"/></attributes>
      <nodes><node id="0"><attvalues><attvalue for="labels" value="[&quot;A&quot;]"/>
      <attvalue for="0" value="[1, &quot;a&quot;, null]" start="2021-01-14"/></attvalues>
      <spells><spell start="2021-01-14T10:00:00Z" end="2021-01-14T11:00:00.5+01:00"/>
      <spell startopen="2021-02-01" endopen="2021-02-03"/></spells></node></nodes>
      <edges><edge source="0" target="0" kind="r"><spells><spell start="2021-01-14"/>
      <spell timestamp="2022-01-14"/></spells></edge></edges></graph></gexf>
      """
    ),
    (
      .graphml,
      """
      <graphml><key id="k0" for="node" attr.name="d" attr.type="string" valuetype="date"/>
      <key id="k1" for="edge" attr.name="type" attr.list="string" valuetype="any"/>
      <graph edgedefault="directed"><node id="a" labels=":A"><data key="k0">2021-01-14</data></node>
      <edge source="a" target="a" label="R"><data key="k1">[1, {"$type":"Date",
      "_value":"2021-01-14"}, "\\u00e9"]</data></edge></graph></graphml>
      """
    ),
    (
      .ntriples,
      """
      _:dossier-n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:dossier:label:A%20b> .
      _:dossier-n0 <urn:dossier:key:l> "[1, null]"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .
      _:dossier-n0 <urn:dossier:type:r> <http://e/b> .
      _:dossier-r0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> _:dossier-n0 .
      _:dossier-r0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <urn:dossier:type:r> .
      _:dossier-r0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <http://e/b> .
      _:dossier-r0 <urn:dossier:key:t> "16:09+00:00:30"^^<urn:dossier:datatype:time> .
      """
    ),
    (
      .ntriples,
      """
      <http://e/a> <http://e/n> "x\\u00e9\\n"@en .
      _:x <http://e/owns> <http://e/a> . # c
      <http://e/a> <http://e/d> "2021-01-14"^^<http://www.w3.org/2001/XMLSchema#date> .
      """
    ),
    (
      .turtle,
      #"""
      @prefix e: <http://e/o#> . @base <http://e/> . PREFIX : <b#>
      <a> a e:C ; e:n "x\u00e9\n"@en, 'y'^^e:t, 7, -1.5e3, .5, true ; :l (1 'a') ; :m (<../z> [e:q 1]) ; .
      _:x.y e:p\~ [] . [ :p '''l'o
      ng''' ] . # c
      () a e:%41 .
      """#
    ),
    (.ftmStatements, FollowTheMoneyTests.statements),
  ]

  @Test(arguments: samples) func damage(_ format: GraphFileFormat, _ text: String) {
    let bytes = Array(text.utf8)
    #expect(loadError(bytes, format: format) == nil)
    for count in bytes.indices { tryLoading(Array(bytes[..<count]), format: format) }
    mutate(text, format: format, rounds: 500)
  }

  /// Loads damaged copies of a text: flipped bits, lost, doubled and moved pieces.
  private func mutate(_ text: String, format: GraphFileFormat, rounds: Int) {
    let bytes = Array(text.utf8)
    var generator = SeededGenerator(seed: 20_210_114)
    for round in 0..<rounds {
      var damaged = bytes
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let place = Int.random(in: damaged.indices, using: &generator)
        switch round % 4 {
        case 0: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: damaged[place] = bytes.randomElement(using: &generator) ?? 0
        case 2:
          let end = min(place + Int.random(in: 1..<20, using: &generator), damaged.count - 1)
          if place < end { damaged.removeSubrange(place..<end) }
        default:
          let end = min(place + Int.random(in: 1..<20, using: &generator), damaged.count)
          let piece = Array(damaged[place..<end])
          damaged.insert(
            contentsOf: piece, at: Int.random(in: damaged.indices, using: &generator))
        }
      }
      tryLoading(damaged, format: format)
    }
  }

  private func tryLoading(_ bytes: [UInt8], format: GraphFileFormat) {
    let database = Database()
    guard let error = loadError(bytes, format: format, into: database) else { return }
    let view = database.view
    #expect(view.nodeCount == 0 && view.relationshipCount == 0)
    #expect(error.diagnostics[0].position != nil)
  }
}
