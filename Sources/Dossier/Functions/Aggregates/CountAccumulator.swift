import DossierSyntax

/// `count(*)` and `count(value)`.
final class CountAccumulator: Accumulator {
  private let counts = GroupStates<Int64>(0)

  func resize(groups count: Int) { counts.resize(count) }

  func add(
    _ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError) {
    guard let a = arguments.first else { return addAll(groups, count) }
    if a.isConstant {
      if a.isValid(0) { addAll(groups, count) }
    } else if a.kind != .cell && a.validity == nil {
      addAll(groups, count)
    } else if counts.count == 1, let zone = a.ownZone {
      counts.base[0] &+= Int64(zone.count)
      context.state.skippedPages &+= 1
    } else {
      let base = counts.base
      for i in 0..<count { base[Int(groups[i])] &+= a.isValid(i) ? 1 : 0 }
    }
  }

  private func addAll(_ groups: UnsafePointer<UInt32>, _ count: Int) {
    let base = counts.base
    if counts.count == 1 {
      base[0] &+= Int64(count)
    } else {
      for i in 0..<count { base[Int(groups[i])] &+= 1 }
    }
  }

  func merge(_ other: any Accumulator, groups: UnsafePointer<UInt32>, count: Int) -> Bool {
    guard let other = other as? CountAccumulator else { return false }
    for i in 0..<count { counts.base[Int(groups[i])] &+= other.counts.base[i] }
    return true
  }

  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    let result = Column(.integer, count: count)
    result.integers.update(from: counts.base, count: count)
    return result
  }
}
