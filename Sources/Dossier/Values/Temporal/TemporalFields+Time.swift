import DossierSyntax

extension TemporalFields {
  /// Nanoseconds since midnight of the given components; those that are absent come from `base`.
  ///
  /// Without a base a component only counts behind the greater ones. Any part of a second replaces
  /// the whole fraction of the base. Throws `invalidArgumentValue`.
  func assembleTime(base: Int64?) throws(QueryError) -> Int64 {
    if base == nil { try requireGreaterTimeComponents() }
    let (baseSeconds, baseFraction) = (base ?? 0).quotientAndRemainder(
      dividingBy: TemporalLimits.nanosecondsPerSecond)
    let hour = try (self.hour ?? baseSeconds / 3_600).checked("hour", 0, 23)
    let minute = try (self.minute ?? baseSeconds / 60 % 60).checked("minute", 0, 59)
    let second = try (self.second ?? baseSeconds % 60).checked("second", 0, 59)
    let fraction = hasFraction ? try assembleFraction() : baseFraction
    let seconds = hour * 3_600 + minute * 60 + second
    return seconds * TemporalLimits.nanosecondsPerSecond + fraction
  }

  private func requireGreaterTimeComponents() throws(QueryError) {
    if minute != nil && hour == nil { throw .invalidTemporal("`minute` is given without `hour`") }
    if second != nil && minute == nil {
      throw .invalidTemporal("`second` is given without `minute`")
    }
    if hasFraction && second == nil {
      throw .invalidTemporal("a part of a second is given without `second`")
    }
  }

  /// The fraction of a second in nanoseconds; a smaller unit beside a greater one counts what the
  /// greater one leaves.
  private func assembleFraction() throws(QueryError) -> Int64 {
    var fraction: Int64 = 0
    var limit: Int64 = 1_000_000_000
    if let millisecond {
      fraction += try millisecond.checked("millisecond", 0, 999) * 1_000_000
      limit = 1_000_000
    }
    if let microsecond {
      fraction += try microsecond.checked("microsecond", 0, limit / 1_000 - 1) * 1_000
      limit = 1_000
    }
    if let nanosecond {
      fraction += try nanosecond.checked("nanosecond", 0, limit - 1)
    }
    return fraction
  }
}
