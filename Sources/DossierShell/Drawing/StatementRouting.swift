import Dossier

/// Arrows that begin or end at relationships: straight lines from or to the name of the other arrow.
struct StatementRouting {
  private(set) var relationships: [Relationship] = []
  private(set) var routes: [EdgeRouting.Route] = []

  /// - Parameters:
  ///   - statements: relationships about relationships, each behind those that it is about.
  ///   - frames: where nodes and the names of other relationships are.
  ///   - size: how large the name of a relationship is.
  init(
    _ statements: [Relationship], frames: [ElementID: Rectangle], size: (Relationship) -> Point
  ) {
    var frames = frames
    for relationship in statements {
      guard let from = frames[relationship.start], let to = frames[relationship.end] else {
        continue
      }
      let start = from.border(towards: to.centre)
      let end = to.border(towards: from.centre)
      let middle = Point(x: (start.x + end.x) / 2, y: (start.y + end.y) / 2)
      let size = size(relationship)
      frames[.relationship(relationship.id)] = Rectangle(
        centre: middle, width: size.x, height: size.y)
      relationships.append(relationship)
      routes.append(EdgeRouting.Route(start: start, control: middle, end: end, text: middle))
    }
  }
}

extension Rectangle {
  fileprivate var centre: Point { Point(x: (left + right) / 2, y: (top + bottom) / 2) }

  /// Where the line from the centre to a point crosses the border.
  fileprivate func border(towards target: Point) -> Point {
    let (dx, dy) = (target.x - centre.x, target.y - centre.y)
    let scale = max(
      abs(dx) / ((right - left) / 2 + 2), abs(dy) / ((bottom - top) / 2 + 2), 0.001)
    return Point(x: centre.x + dx / scale, y: centre.y + dy / scale)
  }
}
