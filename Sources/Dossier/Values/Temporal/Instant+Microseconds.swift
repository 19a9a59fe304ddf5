extension Instant {
  /// An instant in microseconds since 1970-01-01T00:00Z.
  init(microseconds: Int64) {
    let second: Int64 = 1_000_000
    let rest = (microseconds % second + second) % second
    self.init(
      seconds: microseconds / second - (microseconds % second < 0 ? 1 : 0),
      nanosecond: Int32(rest) * 1_000)
  }

  /// Whole microseconds since 1970-01-01T00:00Z; nil when they are beyond 64 bits.
  var microseconds: Int64? {
    let (product, isBeyond) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, isBeyondToo) = product.addingReportingOverflow(Int64(nanosecond / 1_000))
    return isBeyond || isBeyondToo ? nil : sum
  }
}
