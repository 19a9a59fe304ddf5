import Glibc

/// Places for the boxes of a drawing: boxes that are few edges apart come to lie close together, parts
/// without a connection side by side.
///
/// The same input gives the same places. O(boxes² + boxes · edges).
struct GraphLayout {
  struct Edge {
    var from: Int
    var to: Int
    /// Width and height of the text along the edge.
    var text: Point
  }

  /// Room between two boxes.
  private static let gap = 22.0
  /// Room between parts without a connection.
  private static let partGap = 56.0

  /// Width and height of each box.
  private let sizes: [Point]
  /// The centre of each box; the drawing's upper left corner is the origin.
  private(set) var places: [Point]

  init(sizes: [Point], edges: [Edge]) {
    self.sizes = sizes
    places = sizes.map { _ in Point(x: 0, y: 0) }
    let neighbours = Self.neighbours(sizes, edges)
    var parts: [[Int]] = []
    for part in Self.parts(neighbours) {
      arrange(part, neighbours)
      let members = Set(part)
      let edges = edges.filter { members.contains($0.from) && $0.from != $0.to }
      fan(part, edges)
      for _ in 0..<400 {
        let hasStretched = stretchShort(edges)
        if !separate(part), !hasStretched { break }
      }
      parts.append(part)
    }
    pack(parts, edges)
    moveToOrigin()
  }

  /// Draws all boxes further apart, which makes room for texts between them.
  mutating func stretch(by factor: Double) {
    for index in places.indices {
      places[index].x *= factor
      places[index].y *= factor
    }
    moveToOrigin()
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

  // MARK: - Distances

  private typealias Neighbour = (box: Int, length: Double)

  /// Neighbours with the lengths that their edges try to have: boxes with many neighbours keep them
  /// further away, so that there is a place for each around them.
  private static func neighbours(_ sizes: [Point], _ edges: [Edge]) -> [[Neighbour]] {
    var pairs: [[Int]: Double] = [:]
    var order: [[Int]] = []
    var degrees = sizes.map { _ in 0 }
    for edge in edges where edge.from != edge.to {
      let pair = [edge.from, edge.to].sorted()
      if pairs[pair] == nil {
        order.append(pair)
        degrees[edge.from] += 1
        degrees[edge.to] += 1
      }
      pairs[pair] = max(pairs[pair] ?? 0, edge.text.x)
    }
    var neighbours = sizes.map { _ in [Neighbour]() }
    var drawn = sizes.map { _ in 0 }
    for pair in order {
      let (a, b) = (pair[0], pair[1])
      let hub = degrees[a] > degrees[b] ? a : b
      // Ends are fanned out around the hub; other hubs stay out of their way.
      let smaller = min(degrees[a], degrees[b])
      let share = smaller == 1 ? 0.25 : min(1, Double(smaller) / 6)
      let crowd = Double(max(0, degrees[hub] - 4)) / 9 * share
      // Around a hub the ends lie on two circles.
      let isOuter = degrees[hub] > 8 && drawn[hub] % 2 == 1
      drawn[hub] += 1
      let text = 30 + (pairs[pair] ?? 0) * 0.4
      let length = (text + (sizes[a].x + sizes[b].x) / 4) * (1 + crowd) * (isOuter ? 1.5 : 1)
      neighbours[a].append((b, length))
      neighbours[b].append((a, length))
    }
    return neighbours
  }

  /// The connected parts, each with its boxes in order of their distance from its first one.
  private static func parts(_ neighbours: [[Neighbour]]) -> [[Int]] {
    var isKnown = neighbours.map { _ in false }
    var parts: [[Int]] = []
    for first in neighbours.indices where !isKnown[first] {
      var part = [first]
      isKnown[first] = true
      var next = 0
      while next < part.count {
        for neighbour in neighbours[part[next]] where !isKnown[neighbour.box] {
          isKnown[neighbour.box] = true
          part.append(neighbour.box)
        }
        next += 1
      }
      parts.append(part)
    }
    return parts
  }

  /// The length of the shortest way from a box to each box of its part.
  private static func distances(from first: Int, _ neighbours: [[Neighbour]]) -> [Double] {
    var distances = neighbours.map { _ in Double.infinity }
    distances[first] = 0
    var queue = [first]
    var next = 0
    while next < queue.count {
      let box = queue[next]
      next += 1
      for neighbour in neighbours[box]
      where distances[box] + neighbour.length < distances[neighbour.box] {
        distances[neighbour.box] = distances[box] + neighbour.length
        queue.append(neighbour.box)
      }
    }
    return distances
  }

  // MARK: - Places

  /// Places the boxes of one part so that their distances come close to the lengths of the ways between
  /// them: stochastic gradient descent on the stress, as Zheng, Pawar and Goodman describe it.
  private mutating func arrange(_ part: [Int], _ neighbours: [[Neighbour]]) {
    guard part.count > 1 else { return }
    for (rank, box) in part.enumerated() {
      // A spiral of sunflower seeds: no two boxes begin at the same place, and none is favoured.
      let angle = Double(rank) * 2.399963229728653
      let radius = 60 * Double(rank + 1).squareRoot()
      places[box] = Point(x: radius * cos(angle), y: radius * sin(angle))
    }
    var terms: [(a: Int, b: Int, length: Double)] = []
    for (rank, box) in part.enumerated() {
      let distances = Self.distances(from: box, neighbours)
      for other in part[(rank + 1)...] { terms.append((box, other, distances[other])) }
    }
    let longest = terms.map(\.length).max() ?? 1
    let shortest = max(1, terms.map(\.length).min() ?? 1)
    let steps = 60
    let cooling = log(0.1 * shortest * shortest / (longest * longest)) / Double(steps - 1)
    var generator = Shuffle()
    for step in 0..<steps {
      let rate = longest * longest * exp(cooling * Double(step))
      generator.shuffle(&terms)
      for term in terms { pull(term.a, term.b, to: term.length, rate: rate) }
    }
    layFlat(part)
  }

  /// Moves two boxes towards the distance that they should have.
  private mutating func pull(_ a: Int, _ b: Int, to length: Double, rate: Double) {
    let dx = places[a].x - places[b].x
    let dy = places[a].y - places[b].y
    let distance = max((dx * dx + dy * dy).squareRoot(), 0.01)
    let share = min(1, rate / max(length * length, 1)) * (distance - length) / 2 / distance
    places[a].x -= share * dx
    places[a].y -= share * dy
    places[b].x += share * dx
    places[b].y += share * dy
  }

  /// Turns a part so that it is widest from left to right. Boxes and texts are wide and low, so a
  /// round part is drawn a little flatter, too.
  private mutating func layFlat(_ part: [Int]) {
    let count = Double(part.count)
    let middle = Point(
      x: part.reduce(0) { $0 + places[$1].x } / count,
      y: part.reduce(0) { $0 + places[$1].y } / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for box in part {
      let dx = places[box].x - middle.x
      let dy = places[box].y - middle.y
      xx += dx * dx
      xy += dx * dy
      yy += dy * dy
    }
    let angle = -atan2(2 * xy, xx - yy) / 2
    let flatness = hypot(xx - yy, 2 * xy) / max(xx + yy, 1)
    let isRound = flatness < 0.5
    for box in part {
      let dx = places[box].x - middle.x
      let dy = places[box].y - middle.y
      places[box].x = (dx * cos(angle) - dy * sin(angle)) * (isRound ? 1.12 : 1)
      places[box].y = (dx * sin(angle) + dy * cos(angle)) * (isRound ? 0.8 : 0.95)
    }
  }

  /// How far two boxes must be apart in a direction so that a text fits between them.
  private func reach(_ edge: Edge, _ direction: Point) -> Double {
    let (a, b) = (sizes[edge.from], sizes[edge.to])
    let (dx, dy) = (abs(direction.x), abs(direction.y))
    let inside = { (box: Point) in min(box.x / 2 / max(dx, 0.001), box.y / 2 / max(dy, 0.001)) }
    return inside(a) + inside(b) + dx * edge.text.x + dy * edge.text.y + 40
  }

  /// Moves the ends of edges that are too short for their texts apart; false when none is.
  private mutating func stretchShort(_ edges: [Edge]) -> Bool {
    var hasMoved = false
    for edge in edges {
      let (from, to) = (places[edge.from], places[edge.to])
      let length = max(from.distance(to: to), 1)
      let direction = Point(x: (to.x - from.x) / length, y: (to.y - from.y) / length)
      let missing = (reach(edge, direction) - length) / 2
      guard missing > 1 else { continue }
      hasMoved = true
      places[edge.from].x -= direction.x * missing
      places[edge.from].y -= direction.y * missing
      places[edge.to].x += direction.x * missing
      places[edge.to].y += direction.y * missing
    }
    return hasMoved
  }

  /// Spreads the neighbours of a box that have no other neighbour around it, on two circles where
  /// there are many, in the gaps between the ways to its other neighbours.
  private mutating func fan(_ part: [Int], _ edges: [Edge]) {
    var around: [Int: [(box: Int, edge: Edge)]] = [:]
    for edge in edges {
      for (hub, box) in [(edge.from, edge.to), (edge.to, edge.from)]
      where !(around[hub] ?? []).contains(where: { $0.box == box }) {
        around[hub, default: []].append((box, edge))
      }
    }
    for hub in part {
      let all = around[hub] ?? []
      let leaves = all.filter { around[$0.box]?.count == 1 }
      guard leaves.count > 2 else { continue }
      let others = all.filter { around[$0.box]?.count != 1 }
      spread(leaves, around: hub, between: others.map { angle(from: hub, to: $0.box) }.sorted())
    }
  }

  private func angle(from hub: Int, to box: Int) -> Double {
    atan2(places[box].y - places[hub].y, places[box].x - places[hub].x)
  }

  private mutating func spread(
    _ leaves: [(box: Int, edge: Edge)], around hub: Int, between fixed: [Double]
  ) {
    let first = fixed.first ?? angle(from: hub, to: leaves[0].box)
    let bounds = (fixed.isEmpty ? [first] : fixed) + [first + 2 * Double.pi]
    var counts = bounds.dropLast().map { _ in 0 }
    for _ in leaves {
      let gaps = counts.indices.map { (bounds[$0 + 1] - bounds[$0]) / Double(counts[$0] + 1) }
      if let widest = gaps.indices.max(by: { gaps[$0] < gaps[$1] }) { counts[widest] += 1 }
    }
    // Around the hub in the order in which they lie already.
    let turn = { (angle: Double) in angle < first ? angle + 2 * Double.pi : angle }
    let angles = leaves.map { turn(angle(from: hub, to: $0.box)) }
    var order = leaves.indices.sorted {
      angles[$0] == angles[$1] ? $0 < $1 : angles[$0] < angles[$1]
    }[...]
    var number = 0
    for (gap, count) in counts.enumerated() {
      for step in 0..<count {
        guard let next = order.popFirst() else { return }
        let share = Double(step + 1) / Double(count + (fixed.isEmpty ? 0 : 1))
        let angle = bounds[gap] + (bounds[gap + 1] - bounds[gap]) * share
        let direction = Point(x: cos(angle), y: sin(angle))
        let isOuter = leaves.count > 7 && number % 2 == 1
        let length = reach(leaves[next].edge, direction) * (isOuter ? 1.75 : 1.05)
        places[leaves[next].box] = Point(
          x: places[hub].x + direction.x * length,
          y: places[hub].y + direction.y * length)
        number += 1
      }
    }
  }

  /// Moves boxes that overlap apart, along the axis where they overlap less; false when none does.
  private mutating func separate(_ part: [Int]) -> Bool {
    var hasMoved = false
    for (rank, a) in part.enumerated() {
      for b in part[(rank + 1)...] {
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

  // MARK: - Parts

  private func frame(_ part: [Int]) -> Rectangle {
    var frame = Rectangle(
      centre: Point(x: 0, y: 0), width: -Double.infinity, height: -Double.infinity)
    for box in part {
      let rectangle = Rectangle(centre: places[box], width: sizes[box].x, height: sizes[box].y)
      frame.left = min(frame.left, rectangle.left)
      frame.right = max(frame.right, rectangle.right)
      frame.top = min(frame.top, rectangle.top)
      frame.bottom = max(frame.bottom, rectangle.bottom)
    }
    return frame
  }

  /// Places the parts, the largest first, each where the drawing grows least.
  private mutating func pack(_ parts: [[Int]], _ edges: [Edge]) {
    let frames = parts.map(frame)
    let order = parts.indices.sorted { a, b in
      let (first, second) = (frames[a].area, frames[b].area)
      return first == second ? a < b : first > second
    }
    var field = OccupiedField()
    for index in order {
      let frame = frames[index]
      for box in parts[index] {
        places[box].x -= frame.left
        places[box].y -= frame.top
      }
      let shape = shape(parts[index], edges)
      let corner = field.place(
        shape, width: frame.right - frame.left, height: frame.bottom - frame.top)
      for box in parts[index] {
        places[box].x += corner.x
        places[box].y += corner.y
      }
    }
  }

  /// What a part covers: its boxes, and points along its edges.
  private func shape(_ part: [Int], _ edges: [Edge]) -> [Rectangle] {
    var shape = part.map { box in
      Rectangle(centre: places[box], width: sizes[box].x, height: sizes[box].y)
        .grown(by: Self.partGap / 2)
    }
    let members = Set(part)
    for edge in edges where members.contains(edge.from) && edge.from != edge.to {
      let (from, to) = (places[edge.from], places[edge.to])
      for step in 1..<12 {
        let share = Double(step) / 12
        let point = Point(x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share)
        shape.append(Rectangle(centre: point, width: 60, height: 60))
      }
    }
    return shape
  }

  /// Moves the drawing so that its upper left corner is the origin.
  private mutating func moveToOrigin() {
    guard !places.isEmpty else { return }
    let frame = frame(Array(places.indices))
    for index in places.indices {
      places[index].x -= frame.left
      places[index].y -= frame.top
    }
  }
}
