import Dossier

/// Rows as typed JSON in raw memory: what `TypedJSON` writes, straight from the columns of a result.
struct TypedJSONBlock: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private var capacity = 1 << 12
  private(set) var count = 0
  /// For values that have no way of their own.
  private var scratch = ByteBuffer()

  init() {
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  /// What was written. Valid until the next call.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafePointer(base.assumingMemoryBound(to: UInt8.self)), count: count)
  }

  mutating func removeAll() { count = 0 }

  /// Appends a row of columns: its values in brackets.
  mutating func append(row: Int, of columns: [ResultColumn], isFirst: Bool) {
    put(isFirst ? "[" : ",[")
    for index in columns.indices {
      if index > 0 { put(",") }
      append(row, columns[index])
    }
    put("]")
  }

  @inline(__always)
  private mutating func append(_ row: Int, _ column: ResultColumn) {
    switch column {
    case .integers(let values, let valid):
      if Self.isNull(row, valid) { putNull() } else { append(values[row]) }
    case .dates(let values, let valid):
      if Self.isNull(row, valid) { putNull() } else { append(day: values[row]) }
    case .floats(let values, let valid):
      if Self.isNull(row, valid) { putNull() } else { append(.float(values[row])) }
    case .texts(let texts):
      if texts[row].baseAddress == nil { putNull() } else { append(texts[row]) }
    case .values(let values): append(values[row])
    }
  }

  @inline(__always)
  private static func isNull(_ row: Int, _ valid: UnsafePointer<UInt64>?) -> Bool {
    guard let valid else { return false }
    return valid[row >> 6] >> UInt64(row & 63) & 1 == 0
  }

  // MARK: Values

  private mutating func putNull() { put("{\"$type\":\"Null\",\"_value\":null}") }

  @inline(__always)
  private mutating func append(_ number: Int64) {
    put("{\"$type\":\"Integer\",\"_value\":\"")
    putDigits(number)
    put("\"}")
  }

  /// A date; years that have not four digits take the general way.
  @inline(__always)
  private mutating func append(day: Int64) {
    let date = DateValue(daysSinceEpoch: day)
    let (year, month, dayOfMonth) = date.yearMonthDay
    guard year >= 0, year <= 9_999 else { return append(.date(date)) }
    put("{\"$type\":\"Date\",\"_value\":\"")
    reserve(10)
    putPair(year / 100)
    putPair(year % 100)
    put("-")
    putPair(month)
    put("-")
    putPair(dayOfMonth)
    put("\"}")
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    put("{\"$type\":\"String\",\"_value\":\"")
    reserve(text.count)
    if let source = text.baseAddress, JSONText.isVerbatim(text) {
      (base + count).copyMemory(from: source, byteCount: text.count)
      count &+= text.count
    } else {
      scratch.removeAll()
      JSONText.appendEscaped(String(decoding: text, as: UTF8.self), to: &scratch)
      putScratch()
    }
    put("\"}")
  }

  private mutating func append(_ value: Value) {
    scratch.removeAll()
    TypedJSON.append(value, to: &scratch)
    putScratch()
  }

  // MARK: Bytes

  @inline(__always)
  private mutating func reserve(_ needed: Int) {
    if capacity &- count < needed { grow(needed) }
  }

  private mutating func grow(_ needed: Int) {
    let larger = max(capacity * 2, count + needed)
    let target = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    target.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = target
    capacity = larger
  }

  @inline(__always)
  private mutating func put(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length)
    (base + count).copyMemory(from: text.utf8Start, byteCount: length)
    count &+= length
  }

  private mutating func putScratch() {
    scratch.bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      if capacity &- count < source.count { grow(source.count) }
      (base + count).copyMemory(from: start, byteCount: source.count)
      count &+= source.count
    }
  }

  /// Two digits of a number below 100; there is room for them.
  @inline(__always)
  private mutating func putPair(_ number: Int64) {
    (base + count).storeBytes(
      of: Self.pair(UInt64(truncatingIfNeeded: number)), as: UInt16.self)
    count &+= 2
  }

  @inline(__always)
  private mutating func putDigits(_ number: Int64) {
    reserve(20)
    if number < 0 { put("-") }
    var rest = number.magnitude
    count &+= Self.digitCount(rest)
    var end = base + count
    while rest >= 100 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      end -= 2
      end.storeBytes(of: Self.pair(pair), as: UInt16.self)
      rest = quotient
    }
    if rest >= 10 {
      (end - 2).storeBytes(of: Self.pair(rest), as: UInt16.self)
    } else {
      (end - 1).storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x30, as: UInt8.self)
    }
  }

  /// The digits of a number below 100 as they lie in memory.
  @inline(__always)
  private static func pair(_ number: UInt64) -> UInt16 {
    UInt16(littleEndian: UInt16(truncatingIfNeeded: number / 10 | (number % 10) << 8) | 0x3030)
  }

  @inline(__always)
  private static func digitCount(_ number: UInt64) -> Int {
    var (rest, digits) = (number, 1)
    while rest >= 10_000 {
      rest /= 10_000
      digits &+= 4
    }
    return digits &+ (rest >= 1_000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0)
  }
}
