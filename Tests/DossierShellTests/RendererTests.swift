import Dossier
import Foundation
import Testing

@testable import DossierShell

@Suite struct RendererTests {
  private let columns = ["name", "n"]
  private let rows: [[Value]] = [
    [.string("任正非"), .integer(1)], [.string("Bin Lin"), .null], [.null, .float(2.5)],
  ]

  @Test func boxAlignsWideCharacters() {
    #expect(
      rendered(.box, columns, rows)
        == """
        ┌─────────┬──────┐
        │ name    │ n    │
        ├─────────┼──────┤
        │ 任正非  │    1 │
        │ Bin Lin │ null │
        │ null    │  2.5 │
        └─────────┴──────┘

        """.replacing("│ n    │", with: "│    n │"))
  }

  @Test func tableHasNoBlanksAtLineEnds() {
    #expect(
      rendered(.table, ["a", "b"], [[.integer(10), .string("x")], [.integer(2), .string("")]])
        == """
        a  | b
        ---+--
        10 | x
         2 |

        """.replacing("a  | b", with: " a | b"))
  }

  @Test func markdownEscapesBars() {
    #expect(
      rendered(.markdown, ["a|b"], [[.string("x|y")]]) == "| a\\|b |\n| ---- |\n| x\\|y |\n")
  }

  @Test func gridsCutCellsToTheTerminal() {
    var options = RenderingOptions()
    options.width = 24
    let text = rendered(
      .box, ["a", "b"], [[.string(String(repeating: "x", count: 50)), .string("kurz")]], options)
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.columns(of: String(line)) == 24)
    }
    #expect(text.contains("xxx… │ kurz"))
  }

  @Test func gridsOfManyRowsAreWrittenInParts() {
    let long = String(repeating: "x", count: 1 << 20)
    let text = rendered(.table, ["a"], (0..<20).map { _ in [.string(long)] })
    #expect(text.utf8.count == 22 * ((1 << 20) + 1) - (1 << 20) + 1)
  }

  @Test func csvQuotesWhatNeedsIt() {
    let rows: [[Value]] = [
      [.string("a,b"), .string("say \"hi\"")], [.string(""), .null],
      [.string("two\nlines"), .list([.integer(1), .string("x")])],
    ]
    #expect(
      rendered(.csv, ["x", "y,z"], rows)
        == "x,\"y,z\"\r\n\"a,b\",\"say \"\"hi\"\"\"\r\n\"\",\r\n\"two\nlines\",\"[1, 'x']\"\r\n")
  }

  @Test func tsvKeepsRowsOnLines() {
    #expect(rendered(.tsv, ["x"], [[.string("a\tb\nc\\d")], [.null]]) == "x\na\\tb\\nc\\\\d\n\n")
  }

  @Test func jsonIsAnArrayOfObjects() {
    #expect(rendered(.json, ["x"], []) == "[]\n")
    #expect(
      rendered(.json, ["x", "y"], [[.float(.nan), .boolean(true)], [.null, .string("\u{1}")]])
        == "[\n  {\"x\":\"NaN\",\"y\":true},\n  {\"x\":null,\"y\":\"\\u0001\"}\n]\n")
    #expect(
      rendered(.jsonl, ["p"], [[.path(samplePath)]])
        == "{\"p\":{\"nodes\":[{\"id\":1,\"labels\":[\"Agency\"],\"properties\":{}},"
        + "{\"id\":0,\"labels\":[\"Company\"],\"properties\":{\"name\":\"Xiaomi\"}}],"
        + "\"relationships\":[{\"id\":7,\"type\":\"designated-by\",\"start\":0,\"end\":1,"
        + "\"properties\":{\"since\":2021}}]}}\n")
  }

  @Test func lineShowsOneValuePerLine() {
    #expect(
      rendered(.line, ["a", "long"], [[.integer(1), .string("x")]])
        == "-- row 1\na    = 1\nlong = x\n")
  }

  @Test func noneIsSilent() {
    #expect(rendered(.none, ["a"], [[.integer(1)]]) == "")
  }

  @Test func graphFormatsWriteTheElementsOnce() {
    let rows: [[Value]] = [
      [.path(samplePath), .integer(1)], [.list([.node(samplePath.nodes[0])]), .null],
    ]
    let text = rendered(.cypher, ["p", "x"], rows)
    #expect(text.components(separatedBy: "Agency").count == 2)
    #expect(text.contains("designated-by"))
    for format in [OutputFormat.gram, .dot, .mermaid] {
      #expect(rendered(format, ["p", "x"], rows).contains("designated-by"))
    }
  }

  @Test func pathsAreWrittenAsPatterns() {
    #expect(
      ValueText.text(.path(samplePath))
        == "(:Agency)<-[:designated-by {since: 2021}]-(:Company {name: 'Xiaomi'})")
  }

  @Test(arguments: [
    ("Company", "Company"), ("designated-by", "designated-by"), ("a b", "`a b`"),
    ("a`b", "`a``b`"), ("", "``"), ("-a", "`-a`"), ("a--b", "`a--b`"), ("名", "名"),
  ])
  func namesAreQuotedWhereNeeded(_ name: String, _ text: String) {
    var buffer = ByteBuffer()
    ValueText.appendName(name, hyphens: true, to: &buffer)
    #expect(buffer.text == text)
  }

  @Test func controlAndDirectionCharactersAreSpelledOut() {
    #expect(ValueText.text(.string("a\u{1B}[31m\u{202E}b")) == "a\\u001b[31m\\u202eb")
    #expect(ValueText.text(.list([.string("it's\n")])) == "['it\\'s\\n']")
    var options = RenderingOptions()
    options.isTerminal = true
    #expect(rendered(.csv, ["a"], [[.string("x\u{1B}c")]], options) == "a\nx\\u001bc\n")
  }

  @Test func formatsAreFoundByName() {
    #expect(OutputFormat(name: "TYPED-JSON") == .typedJSON)
    #expect(OutputFormat(name: "md") == .markdown)
    #expect(OutputFormat(name: "nothing") == nil)
  }
}

@Suite struct DrawingTests {
  private func layout(_ count: Int) -> GraphLayout {
    GraphLayout(
      sizes: (0..<count).map { _ in Point(x: 120, y: 34) },
      edges: (1..<max(1, count)).map {
        GraphLayout.Edge(from: 0, to: $0, text: Point(x: 80, y: 30))
      })
  }

  @Test(arguments: [0, 1, 2, 30])
  func boxesDoNotOverlap(_ count: Int) {
    let places = layout(count).places
    for a in places.indices {
      for b in places.indices.dropFirst(a + 1) {
        let isApart = abs(places[a].x - places[b].x) > 119 || abs(places[a].y - places[b].y) > 33
        #expect(isApart, "\(a) and \(b)")
      }
    }
  }

  @Test func drawingsAreTheSameEachTime() {
    #expect(layout(12).places == layout(12).places)
  }

  @Test(arguments: [2, 9, 20])
  func textsCoverNeitherBoxesNorEachOther(_ count: Int) {
    let layout = layout(count)
    let boxes = layout.places.map { Rectangle(centre: $0, width: 120, height: 34) }
    let routing = EdgeRouting(
      boxes: boxes,
      arrows: (1..<count).map {
        EdgeRouting.Arrow(from: 0, to: $0, text: Point(x: 80, y: 30))
      })
    let texts = routing.textFrames
    #expect(texts.count == count - 1)
    for (index, text) in texts.enumerated() {
      for box in boxes { #expect(text.overlap(box) == 0) }
      for other in texts[(index + 1)...] { #expect(text.overlap(other) == 0) }
    }
  }

  @Test func datesAndCaptionsAreReadable() {
    let relationship = { (entries: [(String, Value)]) in
      Relationship(
        id: RelationshipID(rawValue: 1), type: "t", start: NodeID(rawValue: 0),
        end: NodeID(rawValue: 1), properties: MapValue(entries))
    }
    #expect(
      DrawingText.dates(
        relationship([("from", .string("2021-01-14")), ("to", .string("2021-05-25T10:00:00Z"))]))
        == "2021-01-14 – 2021-05-25")
    #expect(DrawingText.dates(relationship([("since", .integer(2010))])) == "from 2010")
    #expect(DrawingText.dates(relationship([("from", .string("the start"))])) == nil)
    let node = Node(
      id: NodeID(rawValue: 1), labels: ["A"],
      properties: MapValue([("name", .string("Xiaomi as Communist Chinese military company"))]))
    #expect(DrawingText.caption(node) == ["Xiaomi as Communist", "Chinese military company"])
  }

  @Test func picturesAreEscapedAndSelfContained() {
    var elements = ElementCollection()
    elements.add(.path(samplePath))
    elements.add(
      .node(
        Node(
          id: NodeID(rawValue: 9), labels: ["<b>"],
          properties: MapValue([("name", .string("a & \"b\""))]))))
    let svg = GraphDrawing(elements).svg()
    #expect(svg.contains("designated-by") && svg.contains("&lt;b&gt;") && svg.contains("a &amp; "))
    #expect(!svg.contains("<b>") && !svg.contains("href"))
    #expect(GraphDrawing(elements).html().hasPrefix("<!DOCTYPE html>"))
  }
}
