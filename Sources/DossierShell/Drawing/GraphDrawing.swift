import Dossier
import Glibc

/// A graph as an SVG picture that needs nothing from elsewhere: boxes coloured by label, arrows with
/// names and dates, a legend.
struct GraphDrawing {
  /// Nodes that are drawn at most; the others are counted in a note.
  static let nodeLimit = 400
  /// Relationships that are drawn at most.
  static let relationshipLimit = 1_500
  private static let margin = 36.0
  /// How often a drawing is stretched to make room for its texts.
  private static let stretchings = 8

  private let nodes: [Node]
  private let relationships: [Relationship]
  private let hiddenNodes: Int
  private let hiddenRelationships: Int
  private let captions: [[String]]
  /// Labels that colours stand for, most frequent first.
  private let labels: [(label: String, count: Int)]
  private let boxes: [Rectangle]
  private let routing: EdgeRouting
  private let statements: StatementRouting
  private let width: Double
  /// The height without the legend.
  private let height: Double

  init(_ elements: ElementCollection) {
    var nodes = elements.nodes
    var known = Set(nodes.map(\.id))
    for relationship in elements.relationships {
      for end in [relationship.start, relationship.end].compactMap(\.node)
      where known.insert(end).inserted {
        nodes.append(Node(id: end, labels: [], properties: MapValue()))
      }
    }
    hiddenNodes = max(0, nodes.count - Self.nodeLimit)
    self.nodes = Array(nodes.prefix(Self.nodeLimit))
    var places: [NodeID: Int] = [:]
    for (index, node) in self.nodes.enumerated() { places[node.id] = index }
    func place(_ end: ElementID) -> Int? { end.node.flatMap { places[$0] } }
    let drawn = elements.drawnRelationships.filter {
      place($0.start) != nil && place($0.end) != nil
    }
    hiddenRelationships = max(0, drawn.count - Self.relationshipLimit)
    relationships = Array(drawn.prefix(Self.relationshipLimit))
    captions = self.nodes.map(DrawingText.caption)
    labels = DrawingText.labelCounts(self.nodes)
    let arrows = relationships.map { relationship in
      EdgeRouting.Arrow(
        from: place(relationship.start) ?? 0, to: place(relationship.end) ?? 0,
        text: Self.size(ofTextAlong: relationship))
    }
    var frame: Rectangle
    (boxes, routing, frame) = Self.arranged(captions.map(Self.size), arrows)
    frame = frame.grown(by: Self.margin)
    var frames: [ElementID: Rectangle] = [:]
    for (node, box) in zip(self.nodes, boxes) { frames[.node(node.id)] = box }
    for (relationship, route) in zip(relationships, routing.routes) {
      let size = Self.size(ofTextAlong: relationship)
      frames[.relationship(relationship.id)] = Rectangle(
        centre: route.text, width: size.x, height: size.y)
    }
    statements = StatementRouting(
      elements.drawnRelationships.filter { !$0.isBetweenNodes }, frames: frames,
      size: Self.size(ofTextAlong:))
    width = max(frame.right, 420)
    height = frame.bottom
  }

  /// Boxes and arrows, drawn as far apart as texts need, and the frame around all of them.
  private static func arranged(
    _ sizes: [Point], _ arrows: [EdgeRouting.Arrow]
  ) -> ([Rectangle], EdgeRouting, Rectangle) {
    var layout = GraphLayout(
      sizes: sizes,
      edges: arrows.map { GraphLayout.Edge(from: $0.from, to: $0.to, text: $0.text) })
    let boxes = { (layout: GraphLayout) in
      zip(layout.places, sizes).map { Rectangle(centre: $0, width: $1.x, height: $1.y) }
    }
    var routing = EdgeRouting(boxes: boxes(layout), arrows: arrows)
    var stretched = layout
    for _ in 0..<(arrows.count > 300 ? 0 : stretchings) where routing.flaws > 0 {
      stretched.stretch(by: 1.06)
      let next = EdgeRouting(boxes: boxes(stretched), arrows: arrows)
      if next.flaws < routing.flaws { (layout, routing) = (stretched, next) }
    }
    // Loops and bent arrows may reach beyond the boxes.
    var frame = Rectangle(centre: Point(x: 0, y: 0), width: 0, height: 0)
    for rectangle in boxes(layout) + routing.textFrames {
      frame.left = min(frame.left, rectangle.left)
      frame.top = min(frame.top, rectangle.top)
      frame.right = max(frame.right, rectangle.right)
      frame.bottom = max(frame.bottom, rectangle.bottom)
    }
    let corner = Point(x: margin - frame.left, y: margin - frame.top)
    let moved = zip(layout.places, sizes).map { place, size in
      Rectangle(
        centre: Point(x: place.x + corner.x, y: place.y + corner.y), width: size.x, height: size.y)
    }
    frame.right += corner.x
    frame.bottom += corner.y
    return (moved, EdgeRouting(boxes: moved, arrows: arrows), frame)
  }

  private static func size(_ caption: [String]) -> Point {
    let width = caption.map(DrawingStyle.width).max() ?? 0
    return Point(
      x: max(52, width + 24), y: Double(caption.count) * DrawingStyle.lineHeight + 16)
  }

  private static func size(ofTextAlong relationship: Relationship) -> Point {
    let dates = DrawingText.dates(relationship)
    let type = DrawingStyle.smallWidth(TextEscaping.visible(relationship.type))
    return Point(
      x: max(type, dates.map(DrawingStyle.smallWidth) ?? 0) + 8,
      y: (dates == nil ? 1 : 2) * DrawingStyle.smallLineHeight + 4)
  }

  /// The picture.
  func svg() -> String {
    let legend = legend()
    let height = height + legend.height
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(text(width))" height="\(text(height))" \
      viewBox="0 0 \(text(width)) \(text(height))">
      \(DrawingStyle.sheet)
      <defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" \
      markerHeight="7" orient="auto"><path class="tip" d="M0 0L10 5L0 10z"/></marker></defs>
      <rect class="ground" width="100%" height="100%"/>

      """
    let arrows =
      Array(zip(relationships, routing.routes))
      + zip(statements.relationships, statements.routes)
    for (relationship, route) in arrows { svg += line(relationship, route) }
    for (relationship, route) in arrows { svg += name(relationship, route) }
    for index in nodes.indices { svg += box(index) }
    return svg + legend.svg + "</svg>\n"
  }

  /// The picture in a page.
  func html() -> String { DrawingPage.html(svg()) }

  // MARK: - Elements

  private func color(_ label: String?) -> String {
    guard let label,
      let index = labels.firstIndex(where: { $0.label.utf8.elementsEqual(label.utf8) })
    else { return DrawingStyle.unlabelled }
    return DrawingStyle.palette[index % DrawingStyle.palette.count]
  }

  private func box(_ index: Int) -> String {
    let box = boxes[index]
    let node = nodes[index]
    let middle = (box.left + box.right) / 2
    var svg =
      "<g class=\"node\"><title>\(escaped(ValueText.text(.node(node))))</title>"
      + "<rect x=\"\(text(box.left))\" y=\"\(text(box.top))\" width=\"\(text(box.right - box.left))\" "
      + "height=\"\(text(box.bottom - box.top))\" rx=\"9\" fill=\"\(color(node.labels.first))\"/>"
    for (number, line) in captions[index].enumerated() {
      let y = box.top + 8 + Double(number) * DrawingStyle.lineHeight + 12.5
      svg +=
        "<text class=\"caption\" x=\"\(text(middle))\" y=\"\(text(y))\">\(escaped(line))</text>"
    }
    return svg + "</g>\n"
  }

  private func line(_ relationship: Relationship, _ route: EdgeRouting.Route) -> String {
    let (start, control, end) = (pair(route.start), pair(route.control), pair(route.end))
    let path =
      route.secondControl.map { "M\(start)C\(control) \(pair($0)) \(end)" }
      ?? "M\(start)Q\(control) \(end)"
    return "<path class=\"line\" d=\"\(path)\" marker-end=\"url(#arrow)\"/>\n"
  }

  /// The type and the dates of a relationship on a plate that covers the lines below.
  private func name(_ relationship: Relationship, _ route: EdgeRouting.Route) -> String {
    let dates = DrawingText.dates(relationship)
    let size = Self.size(ofTextAlong: relationship)
    let top = route.text.y - size.y / 2
    let x = text(route.text.x)
    let type = escaped(TextEscaping.visible(relationship.type))
    var svg =
      "<g><title>\(escaped(ValueText.text(.relationship(relationship))))</title>"
      + "<rect class=\"plate\" x=\"\(text(route.text.x - size.x / 2))\" y=\"\(text(top))\" "
      + "width=\"\(text(size.x))\" height=\"\(text(size.y))\" rx=\"4\"/>"
      + "<text class=\"type\" x=\"\(x)\" y=\"\(text(top + 12.5))\">\(type)</text>"
    if let dates {
      let y = text(top + 12.5 + DrawingStyle.smallLineHeight)
      svg += "<text class=\"dates\" x=\"\(x)\" y=\"\(y)\">\(escaped(dates))</text>"
    }
    return svg + "</g>\n"
  }

  // MARK: - Legend

  /// A colour for each label with its number of nodes, and what is not drawn.
  private func legend() -> (svg: String, height: Double) {
    var svg = ""
    var corner = Point(x: Self.margin, y: height + 4)
    for (label, count) in labels {
      let name = TextEscaping.visible(label) + (count > 1 ? "  \(count)" : "")
      let needed = DrawingStyle.width(name) * 0.9 + 42
      if corner.x > Self.margin, corner.x + needed > width - Self.margin {
        corner = Point(x: Self.margin, y: corner.y + 24)
      }
      svg +=
        "<rect x=\"\(text(corner.x))\" y=\"\(text(corner.y))\" width=\"14\" height=\"14\" rx=\"4\" "
        + "fill=\"\(color(label))\"/><text class=\"legend\" x=\"\(text(corner.x + 20))\" "
        + "y=\"\(text(corner.y + 11.5))\">\(escaped(name))</text>\n"
      corner.x += needed
    }
    var hidden: [String] = []
    if hiddenNodes > 0 { hidden.append(CountText.text(hiddenNodes, "more node")) }
    if hiddenRelationships > 0 {
      hidden.append(CountText.text(hiddenRelationships, "more relationship"))
    }
    if !hidden.isEmpty {
      corner.y += 24
      svg +=
        "<text class=\"note\" x=\"\(text(Self.margin))\" y=\"\(text(corner.y + 11.5))\">"
        + "\(hidden.joined(separator: " and ")) not drawn</text>\n"
    }
    return (svg, corner.y + 14 + Self.margin - height)
  }

  // MARK: - Texts

  /// A length with one decimal.
  private func text(_ length: Double) -> String {
    ((length * 10).rounded() / 10).description
  }

  private func pair(_ point: Point) -> String { "\(text(point.x)) \(text(point.y))" }

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
