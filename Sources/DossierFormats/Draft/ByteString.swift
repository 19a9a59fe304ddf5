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
  func equals(_ text: StaticString) -> Bool {
    Int(count) == text.utf8CodeUnitCount
      && buffer.elementsEqual(
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always) func hasSameBytes(as other: ByteString) -> Bool {
    count == other.count && memcmp(start, other.start, Int(count)) == 0
  }

  /// A quick hash of the bytes, the same in every process.
  @inline(__always) var hash: UInt64 {
    let raw = UnsafeRawPointer(start)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(UInt32(bitPattern: count))
    var offset = 0
    let length = Int(count)
    while offset + 8 <= length {
      state = Self.fold(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var tail: UInt64 = 0
    while offset < length {
      tail = tail << 8 | UInt64(start[offset])
      offset += 1
    }
    return Self.fold(state ^ tail)
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
