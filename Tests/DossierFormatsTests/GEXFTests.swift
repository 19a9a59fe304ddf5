import Dossier
import DossierFormats
import DossierSyntax
import Testing

/// GEXF's spells are valid time; what is written with Dossier reads back.
@Suite struct GEXFTests {
  private func graph(_ body: String, timeFormat: String? = "date", attributes: String = "")
    -> String
  {
    let format = timeFormat.map { " timeformat=\"\($0)\"" } ?? ""
    return "<gexf version=\"1.3\"><graph defaultedgetype=\"directed\" mode=\"dynamic\"\(format)>"
      + attributes + body + "</graph></gexf>"
  }

  @Test func endsAreInclusive() {
    let body = "<nodes><node id=\"a\" start=\"START\" end=\"END\"/></nodes>"
    func bounds(_ format: String?, _ start: String, _ end: String) -> String {
      let text = body.replacing("START", with: start).replacing("END", with: end)
      return summary(loading: graph(text, timeFormat: format), format: .gexf)[0]
    }
    #expect(
      bounds("date", "2021-01-14", "2021-05-24")
        == "(0 {from: date 18641, id: 'a', to: date 18772})")
    #expect(bounds("integer", "3", "7") == "(0 {from: 3, id: 'a', to: 8})")
    #expect(
      bounds("double", "3", "7") == "(0 {from: float 3.0, id: 'a', to: float 7.000000000000001})")
    #expect(
      bounds("dateTime", "2021-01-14T00:00:00Z", "2021-01-14T00:00:00.999999999Z")
        == "(0 {from: datetime 1610582400 0 64801, id: 'a', to: datetime 1610582401 0 64801})")
    #expect(bounds(nil, "2021-01-14", "Infinity") == "(0 {from: date 18641, id: 'a'})")
    #expect(bounds("double", "-Infinity", "2") == "(0 {id: 'a', to: float 2.0000000000000004})")
  }

  @Test func openBounds() {
    #expect(
      summary(
        loading: graph(
          "<nodes><node id='a'><spells><spell startopen='2021-01-14' endopen='2021-05-25'/></spells>"
            + "</node></nodes>"), format: .gexf)
        == ["(0 {from: date 18642, id: 'a', to: date 18772})"])
  }

  @Test func severalSpells() throws {
    let text = graph(
      """
      <nodes><node id="a"><spells><spell start="2021-03-01" end="2021-03-31"/>
      <spell start="2020-01-01" end="2020-01-31"/></spells></node></nodes>
      <edges><edge source="a" target="a" kind="owns" weight="2"><spells>
      <spell end="2020-01-31"/><spell start="2021-03-01"/></spells></edge></edges>
      """)
    let database = Database()
    let report = try GraphFile.load(
      bytes: Array(text.utf8), named: "test", into: database, format: .gexf)
    #expect(
      summary(of: database) == [
        "(0 {from: date 18262, id: 'a', spells: ['2021-03-01/2021-03-31', '2020-01-01/2020-01-31'], "
          + "to: date 18718})",
        "(0)-[:owns {to: date 18293, weight: float 2.0}]->(0)",
        "(0)-[:owns {from: date 18687, weight: float 2.0}]->(0)",
      ])
    #expect(
      report.warnings
        == ["a node with several spells holds from the first start to the last end"])
  }

  @Test func attributesThatChange() {
    let attributes =
      "<attributes class='node' mode='dynamic'><attribute id='0' title='n' type='integer'/>"
      + "<attribute id='1' title='s' type='string'/></attributes>"
    let body =
      "<nodes><node id='a'><attvalues><attvalue for='0' value='1' end='2021-01-14'/>"
      + "<attvalue for='0' value='2' start='2021-01-15'/><attvalue for='1' value='x'/></attvalues>"
      + "</node></nodes>"
    #expect(
      summary(loading: graph(body, attributes: attributes), format: .gexf)
        == ["(0 {id: 'a', n spells: ['/2021-01-14', '2021-01-15/'], n: [1, 2], s: 'x'})"])
  }

  @Test func drawingsAreNotedOnce() throws {
    let text = graph(
      "<nodes><node id='a'><viz:color r='1'/><viz:size value='2'/></node>"
        + "<node id='b'><viz:position x='1'/></node></nodes>")
    let report = try GraphFile.load(
      bytes: Array(text.utf8), named: "test", into: Database(), format: .gexf)
    #expect(report.warnings == ["colours, sizes, shapes and positions are not kept"])
  }

  @Test func errors() {
    expectError(
      graph("<nodes>1️⃣<node id='a' start='x'/></nodes>"), .invalidData,
      "expected a date like 2021-01-14", format: .gexf)
    expectError(
      graph("<nodes>1️⃣<node id='a' end='2021-01-14'/></nodes>", timeFormat: "integer"), .invalidData,
      "expected a number, a moment in time", format: .gexf)
  }

  @Test func writing() throws {
    let database = Database()
    _ = try GraphFile.load(
      bytes: Array(
        """
        (a:Company:Listed {id: 7, name: 'X <&>', from: date`2021-01-14`, to: date`2021-05-25`})
        (a)-[:owns {weight: 0.5, on: date`2021-01-14`}]->(b)
        """.utf8), named: "test", into: database, format: .gram)
    let (bytes, report) = try GraphFile.bytes(of: database.view, format: .gexf)
    #expect(report.warnings == [])
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <gexf xmlns="http://gexf.net/1.3" version="1.3">
          <graph defaultedgetype="directed" mode="dynamic" timeformat="date">
            <attributes class="node">
              <attribute id="labels" title="labels" type="liststring"/>
              <attribute id="0" title="id" type="long"/>
              <attribute id="1" title="name" type="string"/>
            </attributes>
            <attributes class="edge">
              <attribute id="2" title="on" type="string" valuetype="date"/>
            </attributes>
            <nodes>
              <node id="n0" label="X &lt;&amp;&gt;"><attvalues><attvalue for="labels" \
        value="[&quot;Company&quot;, &quot;Listed&quot;]"/><attvalue for="0" value="7"/>\
        <attvalue for="1" value="X &lt;&amp;&gt;"/></attvalues><spells><spell start="2021-01-14" \
        end="2021-05-24"/></spells></node>
              <node id="n1" label="1"></node>
            </nodes>
            <edges>
              <edge id="0" source="n0" target="n1" kind="owns" label="owns" weight="0.5"><attvalues>\
        <attvalue for="2" value="2021-01-14"/></attvalues></edge>
            </edges>
          </graph>
        </gexf>

        """)
  }
}
