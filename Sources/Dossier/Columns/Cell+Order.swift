/// The total order of `ORDER BY`, `min` and `max`.
extension Cell {
  /// Negative when this value sorts before `other`, positive when after, 0 when neither.
  ///
  /// Types in ascending order: map, node, relationship, list, path, date-time, local date-time,
  /// date, time, local time, duration, string, boolean, number, null. NaN is the largest number.
  func order(_ other: Cell) -> Int {
    let (left, right) = (orderRank, other.orderRank)
    if left != right { return Int(left) - Int(right) }
    switch tag {
    case .null: return 0
    case .integer, .float: return orderNumbers(other)
    case .node, .relationship: return raw < other.raw ? -1 : raw > other.raw ? 1 : 0
    case .list, .path: return orderElements(other)
    case .map: return orderEntries(other)
    case .duration: return threeWay(duration, other.duration)
    default: return compare(other).sign
    }
  }

  private var orderRank: UInt8 {
    switch tag {
    case .map: 0
    case .node: 1
    case .relationship: 2
    case .list: 3
    case .path: 4
    case .dateTime: 5
    case .localDateTime: 6
    case .date: 7
    case .time: 8
    case .localTime: 9
    case .duration: 10
    case .string: 11
    case .boolean: 12
    case .integer, .float: 13
    case .null: 14
    }
  }

  private func orderNumbers(_ other: Cell) -> Int {
    let comparison = compare(other)
    guard comparison == .unordered else { return comparison.sign }
    let isLast = tag == .float && float.isNaN
    let otherIsLast = other.tag == .float && other.float.isNaN
    return isLast == otherIsLast ? 0 : isLast ? 1 : -1
  }

  private func orderElements(_ other: Cell) -> Int {
    let (a, b) = (cells, other.cells)
    for i in 0..<min(a.count, b.count) {
      let order = a[i].order(b[i])
      if order != 0 { return order }
    }
    return a.count - b.count
  }

  /// Smaller maps first, then by keys in code point order, then by the values in that order.
  private func orderEntries(_ other: Cell) -> Int {
    if aux != other.aux { return Int(aux) - Int(other.aux) }
    let (a, b, left, right) = (cells, other.cells, entryOrder(), other.entryOrder())
    for (i, j) in zip(left, right) {
      let order = a[i].compareBytes(b[j])
      if order != 0 { return order }
    }
    for (i, j) in zip(left, right) {
      let order = a[i + 1].order(b[j + 1])
      if order != 0 { return order }
    }
    return 0
  }

  private func threeWay<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : b < a ? 1 : 0 }
}

extension CellComparison {
  /// −1, 0 or 1; 0 where there is no order.
  @inline(__always) var sign: Int {
    switch self {
    case .less: -1
    case .greater: 1
    case .equal, .unordered, .unknown: 0
    }
  }
}
