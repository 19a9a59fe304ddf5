import Dossier

/// Comparison of property values as they are stored, without openCypher's conversions.
enum StoredValue {
  /// True when two values are the same value of the same type; an integer and a float of equal
  /// value count as the same, and so do two NaN.
  static func isSame(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    case (.integer(let a), .float(let b)): Double(a) == b && Int64(exactly: b) == a
    case (.float, .integer): isSame(b, a)
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1) }
    case (.date(let a), .date(let b)): a == b
    case (.localTime(let a), .localTime(let b)): a == b
    case (.time(let a), .time(let b)): a == b
    case (.localDateTime(let a), .localDateTime(let b)): a == b
    case (.dateTime(let a), .dateTime(let b)): a == b && a.zone == b.zone
    case (.duration(let a), .duration(let b)): a == b
    default: false
    }
  }
}
