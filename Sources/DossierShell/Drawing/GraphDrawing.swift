import Dossier
import Glibc

/// A graph as an SVG picture that needs nothing from elsewhere: boxes coloured by label, arrows with
/// names and dates, a legend.
struct GraphDrawing {
  private typealias Point = GraphLayout.Point

  /// Nodes that are drawn at most; the others are counted in a note.
  static let nodeLimit = 400
  private static let margin = 40.0
  private static let lineHeight = 17.0
  private static let palette = [
    "#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#76b7b2", "#9c755f", "#d4a017",
    "#ff9da7", "#86bcb6", "#79706e", "#499894",
  ]

  private let nodes: [Node]
  private let relationships: [Relationship]
  private let hiddenCount: Int
  private let places: [NodeID: Int]
  private let captions: [String]
  private let layout: GraphLayout
  private let sizes: [GraphLayout.Point]
  /// Labels that colours stand for, most frequent first.
  private let labels: [String]

  init(_ elements: ElementCollection) {
    var nodes = elements.nodes
    var known = Set(nodes.map(\.id))
    for relationship in elements.relationships {
      for end in [relationship.start, relationship.end] where known.insert(end).inserted {
        nodes.append(Node(id: end, labels: [], properties: MapValue()))
      }
    }
    hiddenCount = max(0, nodes.count - Self.nodeLimit)
    self.nodes = Array(nodes.prefix(Self.nodeLimit))
    var places: [NodeID: Int] = [:]
    for (index, node) in self.nodes.enumerated() { places[node.id] = index }
    self.places = places
    relationships = elements.relationships.filter {
      places[$0.start] != nil && places[$0.end] != nil
    }
    captions = self.nodes.map(Self.caption)
    sizes = captions.map { text in
      Point(x: max(48, Double(DisplayWidth.columns(of: text)) * 7.9 + 26), y: 34)
    }
    let edges = relationships.map { (from: places[$0.start] ?? 0, to: places[$0.end] ?? 0) }
    layout = GraphLayout(sizes: sizes, edges: edges)
    labels = Self.labelsByFrequency(self.nodes)
  }

  /// The picture.
  func svg() -> String {
    let extent = layout.extent
    let legendHeight = Double((labels.count + 5) / 6) * 24 + 16
    let width = max(extent.x + 2 * Self.margin, 480)
    let height = extent.y + 2 * Self.margin + legendHeight
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(text(width))" height="\(text(height))" \
      viewBox="0 0 \(text(width)) \(text(height))" \
      font-family="Helvetica, Arial, 'Noto Sans CJK SC', sans-serif" font-size="13">
      <defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" \
      markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="#667"/></marker></defs>
      <rect width="100%" height="100%" fill="#ffffff"/>

      """
    let (lines, names) = edges()
    svg += lines
    for index in nodes.indices { svg += box(index) }
    svg += names
    svg += legend(top: height - legendHeight)
    return svg + "</svg>\n"
  }

  /// The picture in a page.
  func html() -> String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>Dossier</title>
    <style>body { margin: 0 } svg { display: block; margin: 0 auto; max-width: 100%; height: auto }</style>
    </head><body>
    \(svg())</body></html>

    """
  }

  // MARK: - Nodes

  /// What a node is called: `name`, `title` or `id`, else its labels.
  private static func caption(_ node: Node) -> String {
    var caption = node.labels.joined(separator: ", ")
    for key in ["name", "title", "caption", "id"] {
      guard let value = node.properties[key] else { continue }
      caption = ValueText.text(value)
      break
    }
    let (prefix, _) = DisplayWidth.prefix(of: caption, columns: 34)
    return prefix.utf8.count == caption.utf8.count ? caption : prefix + "…"
  }

  private static func labelsByFrequency(_ nodes: [Node]) -> [String] {
    var counts: [(label: String, count: Int)] = []
    for label in nodes.compactMap(\.labels.first) {
      if let index = counts.firstIndex(where: { $0.label.utf8.elementsEqual(label.utf8) }) {
        counts[index].count += 1
      } else {
        counts.append((label, 1))
      }
    }
    return counts.sorted {
      $0.count == $1.count
        ? $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) : $0.count > $1.count
    }.map(\.label)
  }

  private func color(_ label: String?) -> String {
    guard let label, let index = labels.firstIndex(where: { $0.utf8.elementsEqual(label.utf8) })
    else { return "#9aa0a6" }
    return Self.palette[index % Self.palette.count]
  }

  private func box(_ index: Int) -> String {
    let centre = place(index)
    let size = sizes[index]
    let node = nodes[index]
    return """
      <g><title>\(escaped(ValueText.text(.node(node))))</title>\
      <rect x="\(text(centre.x - size.x / 2))" y="\(text(centre.y - size.y / 2))" \
      width="\(text(size.x))" height="\(text(size.y))" rx="10" fill="\(color(node.labels.first))"/>\
      <text x="\(text(centre.x))" y="\(text(centre.y + 4.5))" text-anchor="middle" \
      fill="#ffffff" font-weight="600">\(escaped(captions[index]))</text></g>

      """
  }

  private func place(_ index: Int) -> Point {
    Point(x: layout.places[index].x + Self.margin, y: layout.places[index].y + Self.margin)
  }

  // MARK: - Relationships

  /// All arrows and their names; arrows between the same two boxes are bent apart.
  private func edges() -> (lines: String, names: String) {
    var counts: [[Int]: Int] = [:]
    var drawn: [[Int]: Int] = [:]
    let ends = relationships.map { [places[$0.start] ?? 0, places[$0.end] ?? 0] }
    for pair in ends { counts[pair.sorted(), default: 0] += 1 }
    var lines = ""
    var names = ""
    for (relationship, pair) in zip(relationships, ends) {
      let key = pair.sorted()
      let number = drawn[key, default: 0]
      drawn[key] = number + 1
      let bend = (Double(number) - Double((counts[key] ?? 1) - 1) / 2) * 44
      let (line, name) = edge(relationship, pair, bend: pair[0] > pair[1] ? -bend : bend, number)
      lines += line
      names += name
    }
    return (lines, names)
  }

  private func edge(
    _ relationship: Relationship, _ ends: [Int], bend: Double, _ number: Int
  ) -> (line: String, name: String) {
    let from = place(ends[0])
    let to = place(ends[1])
    let path: String
    var label: Point
    if ends[0] == ends[1] {
      let top = from.y - sizes[ends[0]].y / 2
      let height = 40 + 22 * Double(number)
      path =
        "M\(text(from.x - 16)) \(text(top))C\(text(from.x - 30)) \(text(top - height)) "
        + "\(text(from.x + 30)) \(text(top - height)) \(text(from.x + 16)) \(text(top))"
      label = Point(x: from.x, y: top - height * 0.8)
    } else {
      let length = max(hypot(to.x - from.x, to.y - from.y), 1)
      let normal = Point(x: -(to.y - from.y) / length, y: (to.x - from.x) / length)
      let control = Point(
        x: (from.x + to.x) / 2 + normal.x * bend * 2, y: (from.y + to.y) / 2 + normal.y * bend * 2)
      let start = border(of: ends[0], towards: control)
      let end = border(of: ends[1], towards: control)
      path =
        "M\(text(start.x)) \(text(start.y))Q\(text(control.x)) \(text(control.y)) "
        + "\(text(end.x)) \(text(end.y))"
      label = Point(
        x: (start.x + 2 * control.x + end.x) / 4, y: (start.y + 2 * control.y + end.y) / 4)
    }
    label.y += 4
    let line =
      "<path d=\"\(path)\" fill=\"none\" stroke=\"#8a8f99\" stroke-width=\"1.4\" "
      + "marker-end=\"url(#arrow)\"/>\n"
    return (line, edgeName(relationship, at: label))
  }

  private func edgeName(_ relationship: Relationship, at place: Point) -> String {
    let halo =
      "stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\""
    var name = """
      <text x="\(text(place.x))" y="\(text(place.y))" text-anchor="middle" font-size="11.5" \
      fill="#333a45" \(halo)>\(escaped(TextEscaping.visible(relationship.type)))\
      <title>\(escaped(ValueText.text(.relationship(relationship))))</title>
      """
    if let dates = dates(relationship) {
      name += "<tspan x=\"\(text(place.x))\" dy=\"13\" fill=\"#7a8190\">\(escaped(dates))</tspan>"
    }
    return name + "</text>\n"
  }

  /// `2021-01-14 – 2021-05-25`, `from 2021-01-14` or nothing.
  private func dates(_ relationship: Relationship) -> String? {
    let from = relationship.properties["from"].flatMap(ValueText.temporalText)
    let to = relationship.properties["to"].flatMap(ValueText.temporalText)
    switch (from, to) {
    case (let from?, let to?): return "\(from) – \(to)"
    case (let from?, nil): return "from \(from)"
    case (nil, let to?): return "until \(to)"
    case (nil, nil): return nil
    }
  }

  /// Where the line from a box's centre to a point crosses its border.
  private func border(of index: Int, towards target: Point) -> Point {
    let centre = place(index)
    let dx = target.x - centre.x
    let dy = target.y - centre.y
    let scale = max(abs(dx) / (sizes[index].x / 2 + 2), abs(dy) / (sizes[index].y / 2 + 2), 0.001)
    return Point(x: centre.x + dx / scale, y: centre.y + dy / scale)
  }

  // MARK: - Texts

  private func legend(top: Double) -> String {
    var legend = ""
    for (index, label) in labels.enumerated() {
      let x = Self.margin + Double(index % 6) * 140
      let y = top + Double(index / 6) * 24
      legend +=
        "<rect x=\"\(text(x))\" y=\"\(text(y))\" width=\"14\" height=\"14\" rx=\"4\" "
        + "fill=\"\(color(label))\"/><text x=\"\(text(x + 20))\" y=\"\(text(y + 11.5))\" "
        + "font-size=\"12\" fill=\"#333a45\">\(escaped(TextEscaping.visible(label)))</text>\n"
    }
    if hiddenCount > 0 {
      legend +=
        "<text x=\"\(text(Self.margin))\" y=\"\(text(top - 10))\" font-size=\"12\" "
        + "fill=\"#b00020\">\(CountText.text(hiddenCount, "more node")) not drawn</text>\n"
    }
    return legend
  }

  /// A length with one decimal.
  private func text(_ length: Double) -> String {
    ((length * 10).rounded() / 10).description
  }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
