/// The name nearest to a misspelt one, for `did you mean`.
enum NearestName {
  /// The candidate that few edits turn into `name`, ignoring case; nil when none is near.
  /// Among equally near ones the first in code point order. O(candidates × length²).
  static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(name)
    guard wanted.count <= 64 else { return nil }
    let allowed = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = folded(candidate)
      guard other.count <= 64, abs(other.count - wanted.count) <= allowed else { continue }
      let distance = editDistance(wanted, other)
      guard distance <= allowed, distance < max(wanted.count, other.count) else { continue }
      if let found = best {
        if distance > found.distance { continue }
        if distance == found.distance, VariableName(found.name) < VariableName(candidate) {
          continue
        }
      }
      best = (candidate, distance)
    }
    return best?.name
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.map { 65...90 ~= $0 ? $0 + 32 : $0 }
  }

  /// Insertions, deletions, replacements and swaps of neighbours.
  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      current.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var least = min(last[j + 1], current[j]) + 1
        least = min(least, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        current.append(least)
      }
      beforeLast = last
      last = current
    }
    return last[b.count]
  }
}
