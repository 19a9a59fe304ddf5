import Glibc

/// The curves of the arrows of a drawing and the places of the texts along them, chosen so that
/// arrows go around boxes and texts cover neither boxes nor each other.
///
/// The same input gives the same curves. O(arrows · (arrows + boxes)) with a large factor, so the
/// choice is smaller for drawings of more than some hundred arrows.
struct EdgeRouting {
  struct Arrow {
    var from: Int
    var to: Int
    /// Width and height of the text.
    var text: Point
  }

  /// A quadratic curve, or the cubic one of a loop.
  struct Route {
    var start = Point(x: 0, y: 0)
    var control = Point(x: 0, y: 0)
    /// Only for loops.
    var secondControl: Point?
    var end = Point(x: 0, y: 0)
    /// The middle of the text.
    var text = Point(x: 0, y: 0)
    /// How much of the text lies over boxes and other texts.
    var covered = 0.0
    /// How many boxes the curve runs through.
    var crossedBoxes = 0.0
  }

  private static let carefulArrows = 400
  private static let bends = [0.0, 22, -22, 44, -44, 70, -70, 105, -105, 150, -150]
  private static let quickBends = [0.0, 40, -40]
  private static let stops = [0.5, 0.43, 0.57, 0.36, 0.64, 0.3, 0.7, 0.24, 0.76]
  private static let parallelGap = 46.0

  private let boxes: [Rectangle]
  private let arrows: [Arrow]
  private(set) var routes: [Route]
  private var textPlaces: [Rectangle?]
  private var curves: [[Point]]

  init(boxes: [Rectangle], arrows: [Arrow]) {
    self.boxes = boxes
    self.arrows = arrows
    routes = arrows.map { _ in Route() }
    textPlaces = arrows.map { _ in nil }
    curves = arrows.map { _ in [] }
    let bends = parallelBends()
    // Short arrows have the least choice, so they choose first.
    let order = arrows.indices.sorted { a, b in
      let (first, second) = (length(a), length(b))
      return first == second ? a < b : first < second
    }
    let isCareful = arrows.count <= Self.carefulArrows
    for _ in 0..<(isCareful ? 3 : 1) {
      for index in order { choose(index, bends[index], isCareful) }
    }
  }

  /// How bad the drawing is: what its texts cover, and the boxes that arrows run through. Zero for a
  /// drawing without either.
  var flaws: Double { routes.reduce(0) { $0 + $1.covered + 300 * $1.crossedBoxes } }

  /// The frames of the texts.
  var textFrames: [Rectangle] { textPlaces.compactMap { $0 } }

  private func length(_ index: Int) -> Double {
    centre(arrows[index].from).distance(to: centre(arrows[index].to))
  }

  private func centre(_ box: Int) -> Point {
    Point(
      x: (boxes[box].left + boxes[box].right) / 2, y: (boxes[box].top + boxes[box].bottom) / 2)
  }

  /// For each arrow the bend that parts it from others between the same boxes, and its number among
  /// them; nil where it is the only one.
  private func parallelBends() -> [(bend: Double?, number: Int)] {
    var counts: [[Int]: Int] = [:]
    for arrow in arrows { counts[[arrow.from, arrow.to].sorted(), default: 0] += 1 }
    var drawn: [[Int]: Int] = [:]
    return arrows.map { arrow in
      let pair = [arrow.from, arrow.to].sorted()
      let number = drawn[pair, default: 0]
      drawn[pair] = number + 1
      let count = counts[pair] ?? 1
      guard count > 1 else { return (nil, number) }
      let bend = (Double(number) - Double(count - 1) / 2) * Self.parallelGap
      return (arrow.from > arrow.to ? -bend : bend, number)
    }
  }

  // MARK: - Choice

  private mutating func choose(
    _ index: Int, _ parallel: (bend: Double?, number: Int), _ isCareful: Bool
  ) {
    let arrow = arrows[index]
    textPlaces[index] = nil
    curves[index] = []
    if arrow.from == arrow.to { return place(loop(arrow, parallel.number), index) }
    var best: Route?
    var bestCost = Double.infinity
    let bends =
      parallel.bend.map { bend in [bend, bend * 1.4, bend * 1.9] }
      ?? (isCareful ? Self.bends : Self.quickBends)
    for bend in bends {
      let route = curve(arrow, bend: bend)
      let points = Self.points(of: route, count: isCareful ? 28 : 10)
      let crossed = crossedBoxes(points, arrow)
      var cost = abs(bend) * 0.5 + crossed * 900
      if isCareful { cost += crossedTexts(points) * 30 }
      if cost >= bestCost { continue }
      for stop in Self.stops {
        let middle = Self.point(of: route, at: stop)
        let frame = Rectangle(centre: middle, width: arrow.text.x, height: arrow.text.y)
        let covered = covered(frame)
        var total = cost + covered * 4 + abs(stop - 0.5) * 40
        if isCareful { total += crossings(frame, index) * 12 }
        guard total < bestCost else { continue }
        bestCost = total
        best = route
        best?.text = middle
        best?.covered = covered
        best?.crossedBoxes = crossed
      }
    }
    if let best { place(best, index) }
  }

  private mutating func place(_ route: Route, _ index: Int) {
    routes[index] = route
    textPlaces[index] = Rectangle(
      centre: route.text, width: arrows[index].text.x, height: arrows[index].text.y)
    curves[index] = Self.points(of: route, count: 28)
  }

  private func covered(_ frame: Rectangle) -> Double {
    var covered = 0.0
    let roomy = frame.grown(by: 3)
    for box in boxes { covered += roomy.overlap(box) }
    for other in textPlaces { if let other { covered += roomy.overlap(other) } }
    return covered
  }

  private func crossedBoxes(_ points: [Point], _ arrow: Arrow) -> Double {
    var count = 0.0
    for (index, box) in boxes.enumerated() where index != arrow.from && index != arrow.to {
      let roomy = box.grown(by: 5)
      if points.contains(where: roomy.contains) { count += 1 }
    }
    return count
  }

  private func crossedTexts(_ points: [Point]) -> Double {
    var count = 0.0
    for text in textPlaces {
      if let text, points.contains(where: text.contains) { count += 1 }
    }
    return count
  }

  /// How many other arrows run through a text.
  private func crossings(_ frame: Rectangle, _ index: Int) -> Double {
    var count = 0.0
    for (other, curve) in curves.enumerated() where other != index {
      if curve.contains(where: frame.contains) { count += 1 }
    }
    return count
  }

  // MARK: - Curves

  private func curve(_ arrow: Arrow, bend: Double) -> Route {
    let from = centre(arrow.from)
    let to = centre(arrow.to)
    let length = max(from.distance(to: to), 1)
    let normal = Point(x: -(to.y - from.y) / length, y: (to.x - from.x) / length)
    var route = Route()
    route.control = Point(
      x: (from.x + to.x) / 2 + normal.x * bend * 2, y: (from.y + to.y) / 2 + normal.y * bend * 2)
    route.start = border(of: arrow.from, towards: route.control, room: 1)
    route.end = border(of: arrow.to, towards: route.control, room: 3)
    return route
  }

  /// A loop above its box; further loops of the box lie around the first one.
  private func loop(_ arrow: Arrow, _ number: Int) -> Route {
    let top = Point(x: centre(arrow.from).x, y: boxes[arrow.from].top)
    let height = 62 + Double(number) * 46
    let reach = 34 + Double(number) * 16
    var route = Route()
    route.start = Point(x: top.x - 14, y: top.y - 1)
    route.control = Point(x: top.x - reach, y: top.y - height)
    route.secondControl = Point(x: top.x + reach, y: top.y - height)
    route.end = Point(x: top.x + 14, y: top.y - 3)
    route.text = Point(x: top.x, y: top.y - height * 0.75 - arrow.text.y / 2 + 6)
    return route
  }

  /// Where the line from a box's centre to a point crosses its border.
  private func border(of box: Int, towards target: Point, room: Double) -> Point {
    let centre = centre(box)
    let dx = target.x - centre.x
    let dy = target.y - centre.y
    let width = (boxes[box].right - boxes[box].left) / 2 + room
    let height = (boxes[box].bottom - boxes[box].top) / 2 + room
    let scale = max(abs(dx) / width, abs(dy) / height, 0.001)
    return Point(x: centre.x + dx / scale, y: centre.y + dy / scale)
  }

  private static func points(of route: Route, count: Int) -> [Point] {
    (0...count).map { point(of: route, at: Double($0) / Double(count)) }
  }

  /// The point at a share of the way; of a loop the straight lines between its points count.
  private static func point(of route: Route, at share: Double) -> Point {
    let rest = 1 - share
    if let second = route.secondControl {
      let a = rest * rest * rest
      let b = 3 * rest * rest * share
      let c = 3 * rest * share * share
      let d = share * share * share
      return Point(
        x: a * route.start.x + b * route.control.x + c * second.x + d * route.end.x,
        y: a * route.start.y + b * route.control.y + c * second.y + d * route.end.y)
    }
    return Point(
      x: rest * rest * route.start.x + 2 * rest * share * route.control.x + share * share
        * route.end.x,
      y: rest * rest * route.start.y + 2 * rest * share * route.control.y + share * share
        * route.end.y)
  }
}
