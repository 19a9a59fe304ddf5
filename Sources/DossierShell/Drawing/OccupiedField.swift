/// The squares of a plane that a drawing covers already.
struct OccupiedField {
  /// The side of a square.
  private static let side = 24.0
  /// Width by height that drawings try to have.
  private static let aspect = 1.55
  /// Squares in a direction at most; drawings beyond grow downwards without a search.
  private static let limit = 400

  private struct Square: Hashable {
    var x: Int
    var y: Int
  }

  private var occupied: Set<Square> = []
  private var width = 0.0
  private var height = 0.0

  /// Finds a place for a shape, at the origin now, that covers nothing and lets the drawing grow
  /// least, and covers it. Returns where the shape's origin comes to lie.
  mutating func place(_ shape: [Rectangle], width: Double, height: Double) -> Point {
    let squares = Self.squares(shape)
    let corner = occupied.isEmpty ? Point(x: 0, y: 0) : freeCorner(squares, width, height)
    let (x, y) = (Int(corner.x / Self.side), Int(corner.y / Self.side))
    for square in squares { occupied.insert(Square(x: square.x + x, y: square.y + y)) }
    self.width = max(self.width, corner.x + width)
    self.height = max(self.height, corner.y + height)
    return corner
  }

  private static func squares(_ shape: [Rectangle]) -> [Square] {
    var squares: Set<Square> = []
    var list: [Square] = []
    for rectangle in shape {
      for y in Int(
        (rectangle.top / side).rounded(.down))...Int((rectangle.bottom / side).rounded(.down))
      {
        for x in Int(
          (rectangle.left / side).rounded(.down))...Int((rectangle.right / side).rounded(.down))
        {
          if squares.insert(Square(x: x, y: y)).inserted { list.append(Square(x: x, y: y)) }
        }
      }
    }
    return list
  }

  private func freeCorner(_ squares: [Square], _ width: Double, _ height: Double) -> Point {
    let below = Point(x: 0, y: ((self.height + 2 * Self.side) / Self.side).rounded(.up) * Self.side)
    let columns = Int(max(self.width, self.height * Self.aspect) / Self.side) + 3
    let rows = Int(below.y / Self.side)
    guard columns < Self.limit, rows < Self.limit else { return below }
    var best = below
    var bestSize = size(below, width, height)
    for y in 0...rows {
      for x in 0...columns {
        let corner = Point(x: Double(x) * Self.side, y: Double(y) * Self.side)
        let size = size(corner, width, height)
        guard size < bestSize else { continue }
        let isFree = squares.allSatisfy {
          !occupied.contains(Square(x: $0.x + x, y: $0.y + y))
        }
        if isFree {
          best = corner
          bestSize = size
        }
      }
    }
    return best
  }

  /// How large the drawing is with a part at a corner, by the aspect that it should have.
  private func size(_ corner: Point, _ width: Double, _ height: Double) -> Double {
    let right = max(self.width, corner.x + width)
    let bottom = max(self.height, corner.y + height)
    return max(right, bottom * Self.aspect) + 0.01 * (corner.x + corner.y) + 0.05 * (right + bottom)
  }
}
