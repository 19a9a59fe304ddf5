import DossierSyntax

/// A duration under construction: months, days and seconds that may still have fractions.
struct DurationSum: Sendable {
  private var months = ScaledDecimal(scaled: 0)
  private var days = ScaledDecimal(scaled: 0)
  private var seconds = ScaledDecimal(scaled: 0)

  init() {}

  /// The units in which parts of a duration are given.
  enum Unit: String, TemporalName, Sendable {
    case years, quarters, months, weeks, days, hours, minutes, seconds
    case milliseconds, microseconds, nanoseconds
  }

  /// Adds an amount of a unit; throws `integerOverflowAtRuntime`.
  mutating func add(_ amount: ScaledDecimal, _ unit: Unit) throws(QueryError) {
    switch unit {
    case .years: months = try months.plus(amount.times(12))
    case .quarters: months = try months.plus(amount.times(3))
    case .months: months = try months.plus(amount)
    case .weeks: days = try days.plus(amount.times(7))
    case .days: days = try days.plus(amount)
    case .hours: seconds = try seconds.plus(amount.times(3_600))
    case .minutes: seconds = try seconds.plus(amount.times(60))
    case .seconds: seconds = try seconds.plus(amount)
    case .milliseconds: seconds = try seconds.plus(amount.share(1_000))
    case .microseconds: seconds = try seconds.plus(amount.share(1_000_000))
    case .nanoseconds: seconds = try seconds.plus(amount.share(1_000_000_000))
    }
  }

  /// The duration: fractions of a month become days of an average month, fractions of a day become
  /// seconds, and what is below a nanosecond is dropped. Throws `integerOverflowAtRuntime`.
  func duration() throws(QueryError) -> DurationValue {
    let one = ScaledDecimal.one
    let (wholeMonths, monthRest) = months.scaled.quotientAndRemainder(dividingBy: one)
    let (givenDays, dayRest) = days.scaled.quotientAndRemainder(dividingBy: one)
    let secondsPerDay = Int128(TemporalLimits.secondsPerDay)
    var rest = Self.snapped(
      monthRest * Int128(DurationValue.secondsPerMonth) + dayRest * secondsPerDay)
    var wholeDays = givenDays + rest / (one * secondsPerDay)
    rest %= one * secondsPerDay
    if wholeDays > 0 && rest < 0 {
      wholeDays -= 1
      rest += one * secondsPerDay
    } else if wholeDays < 0 && rest > 0 {
      wholeDays += 1
      rest -= one * secondsPerDay
    }
    let time = try seconds.plus(ScaledDecimal(scaled: rest))
    guard let months = Int64(exactly: wholeMonths), let days = Int64(exactly: wholeDays) else {
      throw .durationOverflow
    }
    return try DurationValue(
      months: months, days: days, totalNanoseconds: time.scaled / 1_000_000_000)
  }
}

extension DurationSum {
  /// Seconds times 10^18, moved to a whole nanosecond that is nearer than the 18th digit of a month
  /// can tell: a third of a month is 876,582 seconds and not a nanosecond less.
  private static func snapped(_ scaledSeconds: Int128) -> Int128 {
    let nanosecond: Int128 = 1_000_000_000
    let tolerance = Int128(DurationValue.secondsPerMonth)
    let rest = scaledSeconds.flooredQuotientAndRemainder(dividingBy: nanosecond).remainder
    if rest <= tolerance { return scaledSeconds - rest }
    return rest >= nanosecond - tolerance ? scaledSeconds + nanosecond - rest : scaledSeconds
  }
}

/// The parts from which `duration({months: 1, days: 1.5})` is made.
struct DurationFields: Sendable {
  private var sum = DurationSum()
  private var isEmpty = true

  init() {}

  /// Adds an integer part; throws `invalidArgumentValue` for names that are no unit.
  mutating func set(_ name: String, to number: Int64) throws(QueryError) {
    try add(name, ScaledDecimal(number))
  }

  /// Adds a part with a fraction; throws `invalidArgumentValue` for names that are no unit and for
  /// numbers that are not finite, `integerOverflowAtRuntime` beyond 64 bits.
  mutating func set(_ name: String, to number: Double) throws(QueryError) {
    try add(name, ScaledDecimal(number))
  }

  private mutating func add(_ name: String, _ amount: ScaledDecimal) throws(QueryError) {
    guard let unit = DurationSum.Unit(cypherName: name) else {
      throw .invalidTemporal("map has a key that is no component of a duration")
    }
    try sum.add(amount, unit)
    isEmpty = false
  }

  /// The duration; throws `invalidArgumentValue` when no part was given.
  fileprivate func duration() throws(QueryError) -> DurationValue {
    guard !isEmpty else { throw .invalidTemporal("a duration needs at least one component") }
    return try sum.duration()
  }
}

extension DurationValue {
  /// The duration of the given parts; throws `integerOverflowAtRuntime`.
  init(fields: DurationFields) throws(QueryError) {
    self = try fields.duration()
  }
}
