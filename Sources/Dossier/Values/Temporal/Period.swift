/// A period of time, half-open: its first instant belongs to it, its end does not.
struct Period: Hashable, Sendable {
  var from: Instant
  var to: Instant

  /// Open at both ends.
  static let always = Period(from: .distantPast, to: .distantFuture)

  /// No instant belongs to it.
  var isEmpty: Bool { to <= from }

  func intersection(_ other: Period) -> Period {
    Period(from: max(from, other.from), to: min(to, other.to))
  }

  func overlaps(_ other: Period) -> Bool { !intersection(other).isEmpty }

  func contains(_ other: Period) -> Bool {
    !isEmpty && !other.isEmpty && from <= other.from && other.to <= to
  }

  func contains(_ instant: Instant) -> Bool { from <= instant && instant < to }
}

/// What a pattern is restricted to: some instant from the first to the last, both included.
struct ValidTimeWindow: Sendable {
  var first: Instant
  var last: Instant

  /// Whether a period has an instant in the window.
  @inline(__always)
  func meets(_ period: Period) -> Bool {
    period.from <= last && period.to > first && period.from < period.to
  }
}
