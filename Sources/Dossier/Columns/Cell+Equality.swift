import Glibc

/// openCypher's equality (`=`) and equivalence (`DISTINCT`, grouping).
extension Cell {
  /// Equality with three-valued logic; nil is unknown.
  ///
  /// Null is unknown, also inside lists and maps. Integers and floats compare exactly, NaN equals
  /// nothing. Values of different types are different.
  func equals(_ other: Cell) -> Bool? {
    if isNull || other.isNull { return nil }
    switch (tag, other.tag) {
    case (.integer, .float): return other.float.isExactly(integer)
    case (.float, .integer): return float.isExactly(other.integer)
    case (.list, .list): return equalsElements(other)
    case (.map, .map): return equalsEntries(other)
    default: return tag == other.tag && hasSamePayload(other)
    }
  }

  /// Whether grouping and `DISTINCT` see one value: null is null, NaN is NaN, 1 is 1.0.
  func isEquivalent(_ other: Cell) -> Bool {
    switch (tag, other.tag) {
    case (.null, .null): return true
    case (.integer, .float): return other.float.isExactly(integer)
    case (.float, .integer): return float.isExactly(other.integer)
    case (.float, .float): return float == other.float || float.isNaN && other.float.isNaN
    case (.list, .list): return isEquivalentList(other)
    case (.map, .map): return isEquivalentMap(other)
    default: return tag == other.tag && hasSamePayload(other)
    }
  }

  /// Equality of two values of one type that cannot hold nulls.
  private func hasSamePayload(_ other: Cell) -> Bool {
    switch tag {
    case .null, .list, .map: return false
    case .boolean, .integer, .node, .relationship, .date, .localTime: return raw == other.raw
    case .float: return float == other.float
    case .string: return hasSameBytes(other)
    case .path: return isEquivalentList(other)
    case .time, .localDateTime: return raw == other.raw && aux == other.aux
    case .dateTime: return raw == other.raw && aux == other.aux
    case .duration: return duration == other.duration
    }
  }

  /// Whether two strings have the same code points. Interned strings compare by address.
  @inline(__always)
  func hasSameBytes(_ other: Cell) -> Bool {
    if raw == other.raw && aux == other.aux { return true }
    if aux != other.aux || (isInterned && other.isInterned) { return false }
    guard let a = bytes.baseAddress, let b = other.bytes.baseAddress else { return aux == 0 }
    return memcmp(a, b, Int(aux)) == 0
  }

  // MARK: Lists

  private func equalsElements(_ other: Cell) -> Bool? {
    let (a, b) = (cells, other.cells)
    guard a.count == b.count else { return false }
    var isKnown = true
    for i in a.indices {
      guard let equal = a[i].equals(b[i]) else {
        isKnown = false
        continue
      }
      if !equal { return false }
    }
    return isKnown ? true : nil
  }

  private func isEquivalentList(_ other: Cell) -> Bool {
    let (a, b) = (cells, other.cells)
    guard a.count == b.count else { return false }
    for i in a.indices where !a[i].isEquivalent(b[i]) { return false }
    return true
  }

  // MARK: Maps

  private func equalsEntries(_ other: Cell) -> Bool? {
    guard aux == other.aux else { return false }
    var isKnown = true
    let (a, b, left, right) = (cells, other.cells, entryOrder(), other.entryOrder())
    for (i, j) in zip(left, right) where !a[i].hasSameBytes(b[j]) { return false }
    for (i, j) in zip(left, right) {
      guard let equal = a[i + 1].equals(b[j + 1]) else {
        isKnown = false
        continue
      }
      if !equal { return false }
    }
    return isKnown ? true : nil
  }

  private func isEquivalentMap(_ other: Cell) -> Bool {
    guard aux == other.aux else { return false }
    let (a, b) = (cells, other.cells)
    for (i, j) in zip(entryOrder(), other.entryOrder()) {
      if !a[i].hasSameBytes(b[j]) || !a[i + 1].isEquivalent(b[j + 1]) { return false }
    }
    return true
  }

  /// The places of a map's keys in `cells`, in the order of the keys' code points.
  func entryOrder() -> [Int] {
    let pairs = cells
    return stride(from: 0, to: pairs.count, by: 2).sorted {
      pairs[$0].compareBytes(pairs[$1]) < 0
    }
  }
}

extension Double {
  /// Whether the float is this integer, without rounding either.
  @inline(__always)
  func isExactly(_ integer: Int64) -> Bool { Int64(exactly: self) == integer }
}
