import DossierSyntax

/// `min` and `max` by the order of `ORDER BY`; null does not take part.
final class ExtremeAccumulator: Accumulator {
  /// −1 keeps the smallest value, 1 the largest.
  private let direction: Int
  private let best = GroupStates(Cell.null)

  init(largest: Bool) { direction = largest ? 1 : -1 }

  func resize(groups count: Int) { best.resize(count) }

  func add(
    _ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError) {
    guard count > 0, let a = arguments.first else { return }
    if best.count == 1, let zone = a.ownZone, zone.count > 0, !zone.hasNaN {
      offer(direction > 0 ? zone.greatest : zone.least, of: a.kind)
      context.state.skippedPages &+= 1
      return
    }
    if a.isDense, best.count == 1, a.kind == .integer || a.kind == .date {
      return offer(extreme(a.integers, count), of: a.kind)
    }
    if a.isConstant {
      for i in 0..<count { offer(a.cell(i), to: Int(groups[i])) }
      return
    }
    if a.kind == .integer {
      for i in 0..<count where a.isValid(i) { offerInteger(a.integers[i], to: Int(groups[i])) }
      return
    }
    if a.kind == .float {
      for i in 0..<count where a.isValid(i) { offerFloat(a.floats[i], to: Int(groups[i])) }
      return
    }
    for i in 0..<count { offer(a.cell(i), to: Int(groups[i])) }
  }

  private func extreme(_ values: UnsafePointer<Int64>, _ count: Int) -> Int64 {
    direction > 0
      ? Self.fold(values, count) { $0 > $1 ? $0 : $1 }
      : Self.fold(values, count) { $0 < $1 ? $0 : $1 }
  }

  /// Four values at a time, as none of them waits for the others.
  @inline(__always)
  private static func fold(
    _ values: UnsafePointer<Int64>, _ count: Int, _ better: (Int64, Int64) -> Int64
  ) -> Int64 {
    var (a, b, c, d) = (values[0], values[0], values[0], values[0])
    let whole = count & ~3
    for i in stride(from: 0, to: whole, by: 4) {
      a = better(a, values[i])
      b = better(b, values[i + 1])
      c = better(c, values[i + 2])
      d = better(d, values[i + 3])
    }
    for i in whole..<count { a = better(a, values[i]) }
    return better(better(a, b), better(c, d))
  }

  /// The value, or of floats its bits.
  private func offer(_ value: Int64, of kind: Column.Kind) {
    switch kind {
    case .date: offer(Cell(DateValue(daysSinceEpoch: value)), to: 0)
    case .float: offer(Cell(Double(bitPattern: UInt64(bitPattern: value))), to: 0)
    default: offer(Cell(value), to: 0)
    }
  }

  @inline(__always)
  private func offerInteger(_ value: Int64, to group: Int) {
    let current = best.base[group]
    guard current.tag == .integer else { return offer(Cell(value), to: group) }
    if direction > 0 ? value > current.integer : value < current.integer {
      best.base[group] = Cell(value)
    }
  }

  /// Floats that are numbers compare directly; NaN takes the general way.
  @inline(__always)
  private func offerFloat(_ value: Double, to group: Int) {
    let current = best.base[group]
    guard current.tag == .float, !value.isNaN, !current.float.isNaN else {
      return offer(Cell(value), to: group)
    }
    if direction > 0 ? value > current.float : value < current.float {
      best.base[group] = Cell(value)
    }
  }

  @inline(__always)
  private func offer(_ cell: Cell, to group: Int) {
    if cell.isNull { return }
    let current = best.base[group]
    if current.isNull || cell.order(current).signum() == direction { best.base[group] = cell }
  }

  /// Of values that compare as equal but differ (`1` and `1.0`) the first one counts, and which that
  /// was is not known here.
  func merge(_ other: any Accumulator, groups: UnsafePointer<UInt32>, count: Int) -> Bool {
    guard let other = other as? ExtremeAccumulator else { return false }
    for i in 0..<count {
      let theirs = other.best.base[i]
      let mine = best.base[Int(groups[i])]
      if !theirs.isNull, !mine.isNull, theirs.order(mine) == 0, !Self.isSame(theirs, mine) {
        return false
      }
      offer(theirs, to: Int(groups[i]))
    }
    return true
  }

  private static func isSame(_ a: Cell, _ b: Cell) -> Bool {
    a.tag == b.tag && (a.tag == .string || (a.raw == b.raw && a.aux == b.aux && a.extra == b.extra))
  }

  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    let result = Column(.cell, count: count)
    result.cells.update(from: best.base, count: count)
    return result
  }
}
