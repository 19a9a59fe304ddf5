import Dossier
import DossierSyntax

/// Moments of GEXF's time axis, and the way from GEXF's closed spells to half-open valid time and back.
///
/// A spell holds at its `start`, at its `end` and between them; valid time holds from `from` on and no
/// longer at `to`. So `to` is the moment after `end`, in steps of what the time axis can tell apart: a
/// day between dates, a nanosecond between times, 1 between integers, the next number between floats.
enum SpellTime {
  /// What the attribute `timeformat` of a graph tells.
  enum Format: String {
    case date
    case dateTime
    case integer
    case double

    /// The format of a name; nil for names that nobody knows.
    init?(_ name: ByteString) {
      switch name.string {
      case "date": self = .date
      case "dateTime", "datetime": self = .dateTime
      case "integer", "int", "long": self = .integer
      case "double", "float": self = .double
      default: return nil
      }
    }
  }

  /// The moment that a text names in a format; nil when it names none. Without a format it is a number
  /// or a date, whichever the text is.
  static func moment(_ text: ByteString, _ format: Format?) -> Value? {
    guard let format else { return moment(text, .double) ?? moment(text, .dateTime) }
    let text = text.trimmed
    switch format {
    case .date, .dateTime:
      let string = text.string
      if let date = TemporalText.date.value(string) { return date }
      let time = text.buffer.drop { $0 != UInt8(ascii: "T") }
      let hasZone = time.contains {
        [UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains($0)
      }
      return (hasZone ? TemporalText.dateTime : .localDateTime).value(string)
    case .integer, .double:
      switch NumberText.parse(text.buffer) {
      case .integer(let value): return format == .integer ? .integer(value) : .float(Double(value))
      case .float(let value): return .float(value)
      default: return nil
      }
    }
  }

  /// True when a text, read in a format and stepped, is a moment and nothing else.
  static func reads(
    _ text: String, _ format: Format, as expected: Value?, steppedBy step: Int64
  ) -> Bool {
    var text = text
    let moment = text.withUTF8 { buffer in
      buffer.baseAddress.flatMap { start in
        self.moment(ByteString(start: start, count: buffer.count), format)
      }
    }
    guard let moment, let expected, Self.format(of: moment) == Self.format(of: expected) else {
      return false
    }
    let read = step == 0 ? moment : self.step(moment, by: step)
    return read.map { StoredValue.isSame($0, expected) } ?? false
  }

  /// The format that a moment needs; nil for values that are no moment of a time axis.
  static func format(of value: Value) -> Format? {
    switch value {
    case .date: .date
    case .dateTime, .localDateTime: .dateTime
    case .integer: .integer
    case .float(let value): value.isFinite ? .double : nil
    default: nil
    }
  }

  /// The next moment, or with `by: -1` the one before; nil at the ends of the time axis.
  static func step(_ value: Value, by step: Int64) -> Value? {
    switch value {
    case .date(let value):
      let (days, overflow) = value.daysSinceEpoch.addingReportingOverflow(step)
      return overflow ? nil : checked(.date(DateValue(daysSinceEpoch: days)))
    case .dateTime(let value):
      guard let (seconds, nanosecond) = Self.step(value.secondsSinceEpoch, value.nanosecond, step)
      else { return nil }
      return checked(
        .dateTime(
          DateTimeValue(secondsSinceEpoch: seconds, nanosecond: nanosecond, zone: value.zone)))
    case .localDateTime(let value):
      guard let (seconds, nanosecond) = Self.step(value.secondsSinceEpoch, value.nanosecond, step)
      else { return nil }
      return checked(
        .localDateTime(LocalDateTimeValue(secondsSinceEpoch: seconds, nanosecond: nanosecond)))
    case .integer(let value):
      let (sum, overflow) = value.addingReportingOverflow(step)
      return overflow ? nil : .integer(sum)
    case .float(let value):
      let next = step < 0 ? value.nextDown : value.nextUp
      return next.isFinite ? .float(next) : nil
    default: return nil
    }
  }

  private static func step(
    _ seconds: Int64, _ nanosecond: Int32, _ step: Int64
  ) -> (Int64, Int32)? {
    let sum = Int64(nanosecond) + step
    let carry: Int64 = sum < 0 ? -1 : sum >= 1_000_000_000 ? 1 : 0
    let (total, overflow) = seconds.addingReportingOverflow(carry)
    guard !overflow else { return nil }
    return (total, Int32(truncatingIfNeeded: sum - carry * 1_000_000_000))
  }

  /// The value if its text reads back, which it does not beyond the calendar's ends.
  private static func checked(_ value: Value) -> Value? {
    guard let temporal = ValueText.temporal(value) else { return nil }
    return temporal.type.value(temporal.text).flatMap { StoredValue.isSame($0, value) ? $0 : nil }
  }

  /// True when `a` comes before `b`; nil for values of different types.
  static func precedes(_ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.date(let a), .date(let b)): a < b
    case (.dateTime(let a), .dateTime(let b)): a < b
    case (.localDateTime(let a), .localDateTime(let b)): a < b
    case (.integer(let a), .integer(let b)): a < b
    case (.float(let a), .float(let b)): a < b
    default: nil
    }
  }

  /// A moment as an attribute of a spell, in XML Schema's notation; the name of a time zone is not said.
  static func text(_ value: Value) -> String {
    guard let temporal = ValueText.temporal(value) else { return XMLDeclarations.text(value) }
    guard temporal.type != .date else { return temporal.text }
    let text = temporal.text.utf8.prefix { $0 != UInt8(ascii: "[") }
    return ValueText.withSeconds(String(decoding: text, as: UTF8.self))
  }
}
