/// A place in a drawing; y grows downwards.
struct Point: Equatable {
  var x: Double
  var y: Double

  func distance(to other: Point) -> Double {
    ((other.x - x) * (other.x - x) + (other.y - y) * (other.y - y)).squareRoot()
  }
}

/// An upright rectangle by its corners.
struct Rectangle {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  init(centre: Point, width: Double, height: Double) {
    left = centre.x - width / 2
    right = centre.x + width / 2
    top = centre.y - height / 2
    bottom = centre.y + height / 2
  }

  /// The area that two rectangles share.
  func overlap(_ other: Rectangle) -> Double {
    let width = min(right, other.right) - max(left, other.left)
    let height = min(bottom, other.bottom) - max(top, other.top)
    return width > 0 && height > 0 ? width * height : 0
  }

  var area: Double { (right - left) * (bottom - top) }

  func contains(_ point: Point) -> Bool {
    point.x > left && point.x < right && point.y > top && point.y < bottom
  }

  /// The rectangle with some room around it.
  func grown(by margin: Double) -> Rectangle {
    var grown = self
    grown.left -= margin
    grown.right += margin
    grown.top -= margin
    grown.bottom += margin
    return grown
  }
}
