import Glibc

/// UTF-8 bytes that someone else keeps alive: a file's bytes or a `BytePool`.
struct ByteString {
  var start: UnsafePointer<UInt8>
  var count: Int32

  init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = Int32(truncatingIfNeeded: count)
  }

  @inline(__always) var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: Int(count))
  }

  var string: String { String(decoding: buffer, as: UTF8.self) }

  /// True when the bytes are those of a literal.
  @inline(__always) func equals(_ text: StaticString) -> Bool {
    Int(count) == text.utf8CodeUnitCount && memcmp(start, text.utf8Start, Int(count)) == 0
  }

  @inline(__always) func hasSameBytes(as other: ByteString) -> Bool {
    count == other.count && memcmp(start, other.start, Int(count)) == 0
  }

  /// The first eight bytes, or all of a shorter string: strings of up to eight bytes and equal length
  /// are equal if and only if their heads are.
  @inline(__always) var head: UInt64 {
    Self.word(UnsafeRawPointer(start), min(Int(count), 8))
  }

  /// A quick hash of the bytes, the same in every process.
  @inline(__always) var hash: UInt64 {
    let raw = UnsafeRawPointer(start)
    let length = Int(count)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: length)
    var offset = 0
    while offset &+ 8 < length {
      state = Self.fold(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    return Self.fold(state ^ Self.word(raw + offset, length &- offset))
  }

  /// Up to eight bytes as a number, which tells them from all others of the same count.
  @inline(__always)
  private static func word(_ raw: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count >= 8 { return raw.loadUnaligned(as: UInt64.self) }
    if count >= 4 {
      let first = raw.loadUnaligned(as: UInt32.self)
      let last = raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      return UInt64(last) << 32 | UInt64(first)
    }
    if count == 0 { return 0 }
    let first = UInt64(raw.load(as: UInt8.self))
    let middle = UInt64(raw.load(fromByteOffset: count >> 1, as: UInt8.self))
    let last = UInt64(raw.load(fromByteOffset: count &- 1, as: UInt8.self))
    return first << 16 | middle << 8 | last
  }

  @inline(__always) private static func fold(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}

extension ByteString {
  /// The bytes without blanks at both ends.
  var trimmed: ByteString {
    var first = 0
    var last = Int(count)
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
    while first < last && isBlank(start[first]) { first += 1 }
    while last > first && isBlank(start[last - 1]) { last -= 1 }
    return ByteString(start: start + first, count: last - first)
  }
}

extension ByteString {
  /// The pieces between the separators; one empty piece for an empty string.
  func pieces(separatedBy separator: UInt8) -> [ByteString] {
    var pieces: [ByteString] = []
    var first = 0
    for index in 0...Int(count) where index == Int(count) || start[index] == separator {
      pieces.append(ByteString(start: start + first, count: index - first))
      first = index + 1
    }
    return pieces
  }
}
