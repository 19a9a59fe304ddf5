/// Sums of integers by group that all fit 64 bits.
///
/// A bound of all values so far is kept, so that sums are checked once a batch.
final class IntegerSums {
  private struct State: BitwiseCopyable {
    var sum: Int64 = 0
    /// Values that were added.
    var count: Int64 = 0
  }

  private let states = GroupStates(State())
  /// No sum is farther from 0.
  private var reach: UInt64 = 0

  var count: Int { states.count }

  func resize(_ count: Int) { states.resize(count) }

  /// The sum of a group.
  func sum(_ group: Int) -> NumericSum {
    NumericSum(states.base[group].sum, count: states.base[group].count)
  }

  /// Adds the values of a column of integers that is not constant; false, and nothing is added, when
  /// some sum might not fit.
  func add(_ column: Column, groups: UnsafePointer<UInt32>, count n: Int) -> Bool {
    let values = UnsafePointer(column.integers)
    guard extend(by: Self.bound(values, column.validity, n), times: n) else { return false }
    let base = states.base
    if let validity = column.validity {
      for i in 0..<n {
        let mask = Self.mask(validity, i)
        base[Int(groups[i])].sum &+= values[i] & mask
        base[Int(groups[i])].count &-= mask
      }
    } else if states.count == 1 {
      var sum: Int64 = 0
      for i in 0..<n { sum &+= values[i] }
      base[0].sum &+= sum
      base[0].count &+= Int64(n)
    } else {
      for i in 0..<n {
        base[Int(groups[i])].sum &+= values[i]
        base[Int(groups[i])].count &+= 1
      }
    }
    return true
  }

  /// All ones for a row that has a value, else 0.
  @inline(__always)
  private static func mask(_ validity: UnsafePointer<UInt64>, _ row: Int) -> Int64 {
    0 &- Int64(truncatingIfNeeded: validity[row >> 6] >> UInt64(row & 63) & 1)
  }

  /// No value is farther from 0.
  private static func bound(
    _ values: UnsafePointer<Int64>, _ validity: UnsafeMutablePointer<UInt64>?, _ n: Int
  ) -> UInt64 {
    var bits: Int64 = 0
    if let validity {
      for i in 0..<n { bits |= (values[i] ^ values[i] >> 63) & mask(validity, i) }
    } else {
      for i in 0..<n { bits |= values[i] ^ values[i] >> 63 }
    }
    return UInt64(bitPattern: bits) + 1
  }

  private func extend(by bound: UInt64, times n: Int) -> Bool {
    let (added, isTooLarge) = bound.multipliedReportingOverflow(by: UInt64(n))
    let (next, overflow) = reach.addingReportingOverflow(added)
    if isTooLarge || overflow || next > UInt64(Int64.max) { return false }
    reach = next
    return true
  }

  /// Takes over the groups of other sums, whose group `i` is `groups[i]` here; false, and nothing is
  /// taken over, when some sum might not fit.
  func merge(_ other: IntegerSums, _ groups: UnsafePointer<UInt32>, _ n: Int) -> Bool {
    guard extend(by: other.reach, times: 1) else { return false }
    for i in 0..<n {
      let group = Int(groups[i])
      states.base[group].sum &+= other.states.base[i].sum
      states.base[group].count &+= other.states.base[i].count
    }
    return true
  }

  /// The sums of the groups 0 ..< count.
  func column(_ count: Int) -> Column {
    let result = Column(.integer, count: count)
    for group in 0..<count { result.integers[group] = states.base[group].sum }
    return result
  }
}
