/// The kinds of value that a `Cell` can hold; the raw value is the cell's tag byte.
enum CellTag: UInt8, Sendable {
  case null = 0
  case boolean
  case integer
  case float
  case string
  case list
  case map
  case node
  case relationship
  case path
  case date
  case localTime
  case time
  case localDateTime
  case dateTime
  case duration
}

/// A value of any type in 16 trivial bytes; bulky payloads lie in an `Arena` or a `StringDictionary`.
///
///     raw (64 bit)                      aux (32 bit)     extra (24 bit)      tag (8 bit)
///     boolean, integer, float bits      –                –
///     string   address of UTF-8 bytes   length in bytes  1 if interned in the graph's dictionary
///     list     address of cells         count            nesting depth
///     map      address of cell pairs    pair count       nesting depth   (key, value, key …)
///     path     address of cells         cell count       –          node, relationship, node …
///     node, relationship: id            –                –
///     date     days since epoch
///     localTime nanosecond of day;  time: the same, aux = offset seconds (bit pattern)
///     localDateTime seconds, aux = nanosecond;  dateTime the same in UTC, extra = zone
///     duration address of a `DurationValue`
///
/// A cell does not own what it points to: it is valid while the arena and the dictionary of its
/// statement live.
struct Cell {
  var raw: UInt64
  var aux: UInt32
  private var tagAndExtra: UInt32

  @inline(__always)
  init(_ tag: CellTag, raw: UInt64, aux: UInt32 = 0, extra: UInt32 = 0) {
    self.raw = raw
    self.aux = aux
    self.tagAndExtra = extra << 8 | UInt32(tag.rawValue)
  }

  @inline(__always) var tag: CellTag {
    unsafeBitCast(UInt8(truncatingIfNeeded: tagAndExtra), to: CellTag.self)
  }
  /// 24 bits whose meaning depends on the tag.
  @inline(__always) var extra: UInt32 { tagAndExtra >> 8 }

  static let null = Cell(.null, raw: 0)

  @inline(__always) var isNull: Bool { tagAndExtra & 0xff == 0 }

  // MARK: Constructors

  @inline(__always) init(_ value: Bool) { self.init(.boolean, raw: value ? 1 : 0) }
  @inline(__always) init(_ value: Int64) { self.init(.integer, raw: UInt64(bitPattern: value)) }
  @inline(__always) init(_ value: Double) { self.init(.float, raw: value.bitPattern) }
  @inline(__always) init(_ id: NodeID) { self.init(.node, raw: UInt64(id.rawValue)) }
  @inline(__always) init(_ id: RelationshipID) {
    self.init(.relationship, raw: UInt64(id.rawValue))
  }
  init(_ id: ElementID) {
    self.init(id.kind == .node ? .node : .relationship, raw: UInt64(id.rawValue))
  }
  @inline(__always) init(_ date: DateValue) {
    self.init(.date, raw: UInt64(bitPattern: date.daysSinceEpoch))
  }

  /// A string whose bytes stay at `bytes` as long as the cell is used.
  @inline(__always)
  init(stringAt bytes: UnsafePointer<UInt8>, count: UInt32, interned: Bool = false) {
    self.init(
      .string, raw: UInt64(UInt(bitPattern: bytes)), aux: count, extra: interned ? 1 : 0)
  }

  // MARK: Payloads; the caller has looked at the tag

  @inline(__always) var boolean: Bool { raw != 0 }
  @inline(__always) var integer: Int64 { Int64(bitPattern: raw) }
  @inline(__always) var float: Double { Double(bitPattern: raw) }
  @inline(__always) var nodeID: NodeID { NodeID(rawValue: UInt32(truncatingIfNeeded: raw)) }
  @inline(__always) var relationshipID: RelationshipID {
    RelationshipID(rawValue: UInt32(truncatingIfNeeded: raw))
  }
  @inline(__always) var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: UnsafePointer(bitPattern: UInt(raw)), count: Int(aux))
  }
  /// True for a string that lies in the graph's dictionary, where equal strings have one address.
  @inline(__always) var isInterned: Bool { extra == 1 }
  /// The elements of a list, the pairs of a map (twice as many cells), the elements of a path.
  @inline(__always) var cells: UnsafeBufferPointer<Cell> {
    let count = tag == .map ? Int(aux) * 2 : Int(aux)
    return UnsafeBufferPointer(start: UnsafePointer(bitPattern: UInt(raw)), count: count)
  }
  @inline(__always) var date: DateValue { DateValue(daysSinceEpoch: integer) }
  @inline(__always) var localTime: LocalTimeValue { LocalTimeValue(nanosecondOfDay: integer) }
  @inline(__always) var time: TimeValue {
    TimeValue(nanosecondOfDay: integer, offsetSeconds: Int32(bitPattern: aux))
  }
  @inline(__always) var localDateTime: LocalDateTimeValue {
    LocalDateTimeValue(secondsSinceEpoch: integer, nanosecond: Int32(bitPattern: aux))
  }
  @inline(__always) var dateTime: DateTimeValue {
    DateTimeValue(
      secondsSinceEpoch: integer, nanosecond: Int32(bitPattern: aux),
      zone: TimeZoneID(rawValue: extra))
  }
  @inline(__always) var duration: DurationValue {
    UnsafePointer<DurationValue>(bitPattern: UInt(raw))?.pointee
      ?? DurationValue(months: 0, days: 0, seconds: 0, nanoseconds: 0)
  }

  /// A string as Swift sees it; for borders only.
  var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension Cell {
  @inline(__always) init(_ value: LocalTimeValue) {
    self.init(.localTime, raw: UInt64(bitPattern: value.nanosecondOfDay))
  }
  @inline(__always) init(_ value: TimeValue) {
    self.init(
      .time, raw: UInt64(bitPattern: value.nanosecondOfDay),
      aux: UInt32(bitPattern: value.offsetSeconds))
  }
  @inline(__always) init(_ value: LocalDateTimeValue) {
    self.init(
      .localDateTime, raw: UInt64(bitPattern: value.secondsSinceEpoch),
      aux: UInt32(bitPattern: value.nanosecond))
  }
  @inline(__always) init(_ value: DateTimeValue) {
    self.init(
      .dateTime, raw: UInt64(bitPattern: value.secondsSinceEpoch),
      aux: UInt32(bitPattern: value.nanosecond), extra: value.zone.rawValue)
  }
}
