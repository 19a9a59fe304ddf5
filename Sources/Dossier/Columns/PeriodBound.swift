/// One end of the period in which a fact holds, as a stored value says it.
struct PeriodBound {
  /// Which end of the period.
  enum Side { case from, to }

  var instant: Instant
  /// The bound as a date or time; null where the period is open.
  var cell: Cell

  static let openFrom = PeriodBound(instant: .distantPast, cell: .null)
  static let openTo = PeriodBound(instant: .distantFuture, cell: .null)

  static func open(_ side: Side) -> PeriodBound { side == .from ? openFrom : openTo }

  /// The bound that a value stands for; nil when the value says nothing about time.
  ///
  /// A year or a month as a start means its first day; as an end, its last: a fact that ends in
  /// `'2021-01'` holds on January 31 and no longer on February 1.
  init?(_ cell: Cell, _ side: Side) {
    switch cell.tag {
    case .date: self.init(day: cell.integer)
    case .localDateTime, .dateTime:
      self.init(
        instant: Instant(seconds: cell.integer, nanosecond: Int32(bitPattern: cell.aux)),
        cell: cell)
    case .string: self.init(text: cell.bytes, side)
    default: return nil
    }
  }

  private init(instant: Instant, cell: Cell) {
    self.instant = instant
    self.cell = cell
  }

  /// The first instant of a day.
  init(day: Int64) {
    instant = Instant(day: day)
    cell = Cell(DateValue(daysSinceEpoch: day))
  }

  private init?(text bytes: UnsafeBufferPointer<UInt8>, _ side: Side) {
    guard let first = bytes.first, first &- UInt8(ascii: "0") < 10, bytes.count <= 64 else {
      return nil
    }
    if let partial = PartialDate(bytes) {
      self.init(day: side == .from ? partial.firstDay : partial.nextDay)
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if bytes.contains(UInt8(ascii: "T")) {
      guard let time = try? DateTimeValue(text) else { return nil }
      self.init(Cell(time), side)
    } else {
      guard bytes.count == 10, let date = try? DateValue(text) else { return nil }
      self.init(day: date.daysSinceEpoch)
    }
  }
}

extension Period {
  /// The period between two bounds.
  init(_ from: PeriodBound, _ to: PeriodBound) {
    self.init(from: from.instant, to: to.instant)
  }
}
