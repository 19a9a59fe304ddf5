/// What is known of the numbers or dates of one property in a page: a line of its zone map.
struct Zone: BitwiseCopyable {
  /// Rows that have a value.
  var count: Int
  /// The least and the greatest integer or day; of floats the bits, without regard to NaN. Of values
  /// that compare as equal the first one counts.
  var least: Int64
  var greatest: Int64
  /// Some floats are not a number.
  var hasNaN = false
  /// Of integers.
  var sum: Int128 = 0

  var leastFloat: Double { Double(bitPattern: UInt64(bitPattern: least)) }
  var greatestFloat: Double { Double(bitPattern: UInt64(bitPattern: greatest)) }

  /// The zone of integers or days whose bit is set, those of all 2,048 rows of a page.
  init(_ values: UnsafePointer<Int64>, _ validity: UnsafePointer<UInt64>, wordCount: Int) {
    (count, least, greatest) = (0, .max, .min)
    for w in 0..<wordCount where validity[w] != 0 {
      let bits = validity[w]
      if bits == .max {
        add(values + w &* 64)
      } else {
        for i in 0..<64 where bits >> UInt64(i) & 1 == 1 { add(values[w &* 64 &+ i]) }
      }
    }
  }

  /// The zone of floats whose bit is set.
  init(floats values: UnsafePointer<Double>, _ validity: UnsafePointer<UInt64>, wordCount: Int) {
    var (low, high) = (Double.infinity, -Double.infinity)
    (count, least, greatest) = (0, 0, 0)
    for row in 0..<wordCount &* 64 where validity[row >> 6] >> UInt64(row & 63) & 1 == 1 {
      let value = values[row]
      if value.isNaN { hasNaN = true }
      // The first infinity counts as found, too.
      if value < low { low = value }
      if value > high { high = value }
      count &+= 1
    }
    least = Int64(bitPattern: low.bitPattern)
    greatest = Int64(bitPattern: high.bitPattern)
  }

  @inline(__always)
  private mutating func add(_ value: Int64) {
    least = min(least, value)
    greatest = max(greatest, value)
    sum &+= Int128(value)
    count &+= 1
  }

  /// 64 values. The halves of words are added apart, so that nothing is lost.
  private mutating func add(_ values: UnsafePointer<Int64>) {
    var (low, high): (UInt64, Int64) = (0, 0)
    for i in 0..<64 {
      least = min(least, values[i])
      greatest = max(greatest, values[i])
      low &+= UInt64(truncatingIfNeeded: values[i]) & 0xffff_ffff
      high &+= values[i] >> 32
    }
    sum &+= Int128(high) << 32 &+ Int128(low)
    count &+= 64
  }
}

/// A page of values that knows its zone, or finds it out when it is asked.
protocol ZonedPage: AnyObject {
  /// nil for values that are neither numbers nor dates.
  var zone: Zone? { get }
}
