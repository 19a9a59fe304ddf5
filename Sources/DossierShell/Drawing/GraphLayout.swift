import Glibc

/// Places for the boxes of a drawing, found by forces: edges pull, boxes push each other away.
///
/// The same input gives the same places. O(iterations · boxes²).
struct GraphLayout {
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  /// The length that edges try to have.
  private static let edgeLength = 190.0
  /// Room between two boxes.
  private static let gap = 26.0

  /// Width and height of each box.
  private let sizes: [Point]
  private let edges: [(from: Int, to: Int)]
  /// The centre of each box.
  private(set) var places: [Point]

  init(sizes: [Point], edges: [(from: Int, to: Int)]) {
    self.sizes = sizes
    // Several edges between two boxes pull like one.
    var known: Set<[Int]> = []
    self.edges = edges.filter { edge in
      edge.from != edge.to && known.insert([edge.from, edge.to].sorted()).inserted
    }
    // A spiral of sunflower seeds: no two boxes begin at the same place, and none is favoured.
    places = sizes.indices.map { index in
      let angle = Double(index) * 2.399963229728653
      let radius = 60 * Double(index + 1).squareRoot()
      return Point(x: radius * cos(angle), y: radius * sin(angle))
    }
    let iterations = sizes.count > 300 ? 150 : 400
    for step in 0..<iterations {
      move(temperature: 80 * (1 - Double(step) / Double(iterations)) + 0.5)
    }
    // Boxes are wide and low, so drawings have more room to the sides.
    for index in places.indices { places[index].x *= 1.4 }
    for _ in 0..<200 { if !separate() { break } }
    moveToOrigin()
  }

  /// One step of Fruchterman and Reingold's method, with a slight pull to the middle that keeps parts
  /// without a connection together.
  private mutating func move(temperature: Double) {
    var forces = [Point](repeating: Point(x: 0, y: 0), count: places.count)
    let square = Self.edgeLength * Self.edgeLength
    for a in places.indices {
      for b in places.indices.dropFirst(a + 1) {
        let dx = places[a].x - places[b].x
        let dy = places[a].y - places[b].y
        let push = square / max(dx * dx + dy * dy, 25)
        forces[a].x += dx * push
        forces[a].y += dy * push
        forces[b].x -= dx * push
        forces[b].y -= dy * push
      }
      forces[a].x -= places[a].x * 0.35
      forces[a].y -= places[a].y * 0.5
    }
    for edge in edges {
      let dx = places[edge.from].x - places[edge.to].x
      let dy = places[edge.from].y - places[edge.to].y
      let pull = (dx * dx + dy * dy).squareRoot() / Self.edgeLength
      forces[edge.from].x -= dx * pull
      forces[edge.from].y -= dy * pull
      forces[edge.to].x += dx * pull
      forces[edge.to].y += dy * pull
    }
    for index in places.indices {
      let force = forces[index]
      let length = max((force.x * force.x + force.y * force.y).squareRoot(), 0.001)
      places[index].x += force.x / length * min(length, temperature)
      places[index].y += force.y / length * min(length, temperature)
    }
  }

  /// Moves boxes that overlap apart, along the axis where they overlap less; false when none does.
  private mutating func separate() -> Bool {
    var hasMoved = false
    for a in places.indices {
      for b in places.indices.dropFirst(a + 1) {
        let dx = places[b].x - places[a].x
        let dy = places[b].y - places[a].y
        let overlapX = (sizes[a].x + sizes[b].x) / 2 + Self.gap - abs(dx)
        let overlapY = (sizes[a].y + sizes[b].y) / 2 + Self.gap - abs(dy)
        guard overlapX > 0.5, overlapY > 0.5 else { continue }
        hasMoved = true
        if overlapY < overlapX {
          let shift = dy < 0 ? -overlapY / 2 : overlapY / 2
          places[a].y -= shift
          places[b].y += shift
        } else {
          let shift = dx < 0 ? -overlapX / 2 : overlapX / 2
          places[a].x -= shift
          places[b].x += shift
        }
      }
    }
    return hasMoved
  }

  /// Moves the drawing so that its upper left corner is the origin.
  private mutating func moveToOrigin() {
    var left = Double.infinity
    var top = Double.infinity
    for index in places.indices {
      left = min(left, places[index].x - sizes[index].x / 2)
      top = min(top, places[index].y - sizes[index].y / 2)
    }
    for index in places.indices {
      places[index].x -= left
      places[index].y -= top
    }
  }

  /// The width and height that all boxes need.
  var extent: Point {
    var extent = Point(x: 0, y: 0)
    for index in places.indices {
      extent.x = max(extent.x, places[index].x + sizes[index].x / 2)
      extent.y = max(extent.y, places[index].y + sizes[index].y / 2)
    }
    return extent
  }
}
