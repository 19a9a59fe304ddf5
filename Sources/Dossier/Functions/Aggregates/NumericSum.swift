/// A running sum of numbers: integers exactly, floats with their rounding errors kept.
struct NumericSum: BitwiseCopyable {
  private(set) var integers: Int128 = 0
  /// The sum of the floats and what rounding took from it (Knuth's two-sum).
  private var floats = 0.0
  private var errors = 0.0
  private(set) var count: Int64 = 0
  private(set) var hasFloat = false

  init() {}

  /// The sum of so many integers.
  init(_ sum: Int64, count: Int64) {
    integers = Int128(sum)
    self.count = count
  }

  @inline(__always)
  mutating func add(_ value: Int64) {
    integers &+= Int128(value)
    count &+= 1
  }

  @inline(__always)
  mutating func add(_ value: Double) {
    let sum = floats + value
    let part = sum - floats
    errors += (floats - (sum - part)) + (value - part)
    floats = sum
    hasFloat = true
    count &+= 1
  }

  /// Adds integers whose sum is known.
  mutating func add(sum: Int128, of n: Int) {
    integers &+= sum
    count &+= Int64(n)
  }

  /// Adds a dense run of integers.
  mutating func add(_ values: UnsafePointer<Int64>, _ n: Int) {
    var (low, high): (UInt64, Int64) = (0, 0)
    for i in 0..<n {
      low &+= UInt64(truncatingIfNeeded: values[i]) & 0xffff_ffff
      high &+= values[i] >> 32
    }
    integers &+= Int128(high) << 32 &+ Int128(low)
    count &+= Int64(n)
  }

  /// Adds a dense run of floats, eight lanes at a time.
  mutating func add(_ values: UnsafePointer<Double>, _ n: Int) {
    var (sums, lost) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    let lanes = n & ~7
    for i in stride(from: 0, to: lanes, by: 8) {
      let next = UnsafeRawPointer(values + i).loadUnaligned(as: SIMD8<Double>.self)
      let total = sums + next
      let part = total - sums
      lost += (sums - (total - part)) + (next - part)
      sums = total
    }
    for i in lanes..<n { add(values[i]) }
    for lane in 0..<8 where lanes > 0 {
      add(sums[lane])
      errors += lost[lane]
    }
    if lanes > 0 { count &+= Int64(lanes - 8) }
  }

  /// Adds another sum; false when one of the two has floats.
  mutating func addIntegers(of other: NumericSum) -> Bool {
    if hasFloat || other.hasFloat { return false }
    integers &+= other.integers
    count &+= other.count
    return true
  }

  /// The sum of all numbers as a float.
  var float: Double {
    let sum = floats.isFinite ? floats + errors : floats
    return integers == 0 ? sum : sum + Double(integers)
  }

  /// The mean; nil of no numbers.
  var mean: Double? {
    if count == 0 { return nil }
    if hasFloat { return float / Double(count) }
    let (quotient, remainder) = integers.quotientAndRemainder(dividingBy: Int128(count))
    return Double(quotient) + Double(remainder) / Double(count)
  }
}
