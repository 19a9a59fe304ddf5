import Glibc

/// The outcome of `<`, `<=`, `>` and `>=` between two values.
enum CellComparison {
  case less, equal, greater
  /// NaN takes part: every comparison is false.
  case unordered
  /// Null takes part, or the types do not compare: every comparison is null.
  case unknown
}

/// openCypher's comparability.
extension Cell {
  /// Compares numbers with numbers, and strings, booleans, lists and temporal values of one type
  /// with each other; durations, maps, nodes, relationships and paths do not compare.
  func compare(_ other: Cell) -> CellComparison {
    switch (tag, other.tag) {
    case (.integer, .integer), (.date, .date), (.localTime, .localTime):
      return CellComparison(integer, other.integer)
    case (.float, .float): return CellComparison(float, other.float)
    case (.integer, .float): return CellComparison(integer, other.float)
    case (.float, .integer): return CellComparison(other.integer, float).reversed
    case (.string, .string): return CellComparison(compareBytes(other), 0)
    case (.boolean, .boolean): return CellComparison(raw, other.raw)
    case (.time, .time): return CellComparison(time, other.time)
    case (.localDateTime, .localDateTime), (.dateTime, .dateTime):
      return compareInstants(other)
    case (.list, .list): return compareElements(other)
    default: return .unknown
    }
  }

  /// Three-way comparison of two strings by code points, which is the order of their UTF-8 bytes.
  @inline(__always)
  func compareBytes(_ other: Cell) -> Int {
    let common = Int(min(aux, other.aux))
    if common > 0, let a = bytes.baseAddress, let b = other.bytes.baseAddress {
      let order = memcmp(a, b, common)
      if order != 0 { return Int(order) }
    }
    return Int(aux) - Int(other.aux)
  }

  /// Local date-times, or instants whatever their zones.
  private func compareInstants(_ other: Cell) -> CellComparison {
    let seconds = CellComparison(integer, other.integer)
    return seconds == .equal ? CellComparison(aux, other.aux) : seconds
  }

  /// The first elements that differ decide; where one of them is unknown, so is the whole.
  private func compareElements(_ other: Cell) -> CellComparison {
    let (a, b) = (cells, other.cells)
    for i in 0..<min(a.count, b.count) {
      if a[i].equals(b[i]) == true { continue }
      return a[i].compare(b[i])
    }
    return CellComparison(a.count, b.count)
  }
}

extension CellComparison {
  @inline(__always)
  init<T: Comparable>(_ a: T, _ b: T) {
    self = a < b ? .less : a > b ? .greater : a == b ? .equal : .unordered
  }

  /// An integer against a float, exactly.
  @inline(__always)
  init(_ integer: Int64, _ float: Double) {
    if float.isNaN {
      self = .unordered
    } else if float >= 0x1p63 {
      self = .less
    } else if float < -0x1p63 {
      self = .greater
    } else {
      let whole = Int64(float)
      self = integer == whole ? CellComparison(Double(whole), float) : .init(integer, whole)
    }
  }

  /// The outcome with the operands exchanged.
  @inline(__always) var reversed: CellComparison {
    switch self {
    case .less: .greater
    case .greater: .less
    default: self
    }
  }
}
