import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct XMLFormatTests {
  private func graphML(_ body: String) -> String {
    "<?xml version=\"1.0\"?>\n<graphml><key id='d0' for='node' attr.name='n' attr.type='int'>"
      + "<default>3</default></key>\(body)</graphml>"
  }

  @Test func graphML() {
    #expect(
      summary(
        loading: graphML(
          "<graph edgedefault='directed'><node id='a'><data key='d0'>7</data></node>"
            + "<node id='b' labels=':X:Y'/><edge source='a' target='b' label='R'>"
            + "<data key='s'>&lt;&#65;<![CDATA[&]]></data></edge></graph>"), format: .graphml) == [
          "(0 {id: 'a', n: 7})", "(1:X:Y {n: 3})", "(0)-[:R {s: '<A&'}]->(1)",
        ])
  }

  @Test func gexfSpells() {
    #expect(
      summary(
        loading: """
          <gexf><graph defaultedgetype="directed" timeformat="date"><nodes>
          <node id="0" label="A" start="2021-01-14"/><node id="1"><spells>
          <spell start="2020-01-01" end="2021-01-01"/></spells></node></nodes>
          <edges><edge source="0" target="1" kind="owns" weight="2"/></edges></graph></gexf>
          """, format: .gexf) == [
          "(0 {from: date 18641, id: '0', label: 'A'})",
          "(1 {from: date 18262, id: '1', to: date 18629})",
          "(0)-[:owns {weight: float 2.0}]->(1)",
        ])
  }

  @Test func errors() {
    let laughs = """
      <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">
      <!ENTITY x SYSTEM "file:///etc/passwd">]>
      <graphml><graph><node id="1️⃣&lol2;"/></graph></graphml>
      """
    expectError(
      laughs, .invalidData,
      "this reference names no character; entities of a document type are not read",
      format: .graphml)
    expectError(
      "<graphml><a>1️⃣</b></graphml>", .invalidData,
      "expected the end tag of `a`, found the one of `b`", format: .graphml)
    expectError(
      "<graphml>1️⃣", .invalidData, "the element `graphml` is not closed",
      format: .graphml)
    expectError("1️⃣<x/>", .invalidData, "expected the element `graphml`", format: .graphml)
    expectError(
      "<graphml/>1️⃣<graphml/>", .invalidData, "a file has one outermost element",
      format: .graphml)
    expectError(
      "<graphml><key id='d' attr.name='n' attr.type='int'/><node id='a'>1️⃣<data key='d'>x</data>"
        + "</node></graphml>", .invalidData, "data of the key `n`: expected an integer",
      format: .graphml)
    expectError(
      "<graphml><node id='a'/>1️⃣<edge source='a' target='b'/></graphml>", .undefinedReference,
      "the file has no node with the identifier `b`", format: .graphml)
    expectError(
      "<graphml><node id='a'/>1️⃣<node id='a'/></graphml>", .duplicateIdentifier,
      "the identifier `a` already names a node", format: .graphml)
    let deep = "<graphml>" + String(repeating: "<a>", count: 100_000)
    #expect(loadError(Array(deep.utf8), format: .graphml)?.code == .nestingTooDeep)
  }
}
