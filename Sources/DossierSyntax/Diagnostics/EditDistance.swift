/// Finds the name that somebody probably meant.
public enum EditDistance {
  /// The number of characters to insert, delete, replace or swap with their neighbour that turns
  /// one text into the other; letter case is ignored for ASCII. Gives up above `limit`. O(n · m).
  public static func distance(_ first: String, _ second: String, limit: Int) -> Int? {
    let a = first.unicodeScalars.map(folded)
    let b = second.unicodeScalars.map(folded)
    guard abs(a.count - b.count) <= limit else { return nil }
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        let replaced = previous[j] + (a[i] == b[j] ? 0 : 1)
        var best = min(replaced, previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforePrevious[j - 1] + 1)
        }
        current.append(best)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count] <= limit ? previous[b.count] : nil
  }

  /// The candidate nearest to a name, the first of several; nil where none is near. Names longer
  /// than 64 code points have no near ones.
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let length = name.unicodeScalars.count
    guard length >= 2, length <= 64 else { return nil }
    let limit = length <= 4 ? 1 : 2
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      guard let distance = distance(name, candidate, limit: limit) else { continue }
      if let known = best, known.distance <= distance { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    let value = scalar.value
    return value >= 0x41 && value <= 0x5A ? value | 0x20 : value
  }
}
