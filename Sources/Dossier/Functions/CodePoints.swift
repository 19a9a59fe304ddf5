/// UTF-8 as code points; engine strings are always well-formed UTF-8.
extension UnsafeBufferPointer<UInt8> {
  /// The number of code points: bytes that do not continue one.
  var codePointCount: Int {
    var continuations = 0
    for byte in self { continuations &+= byte & 0xc0 == 0x80 ? 1 : 0 }
    return count - continuations
  }

  /// Whether all code points are one byte.
  var isASCII: Bool {
    var bits: UInt8 = 0
    for byte in self { bits |= byte }
    return bits < 0x80
  }

  /// The byte offset of the code point `n`, or `count` when there are not so many.
  func offset(ofCodePoint n: Int, from start: Int = 0) -> Int {
    var (i, left) = (start, n)
    while i < count && left > 0 {
      i += 1
      while i < count && self[i] & 0xc0 == 0x80 { i += 1 }
      left -= 1
    }
    return i
  }

  /// The byte offset of the code point `n` counted from the end, or 0.
  func offset(ofCodePointFromEnd n: Int) -> Int {
    var (i, left) = (count, n)
    while i > 0 && left > 0 {
      i -= 1
      while i > 0 && self[i] & 0xc0 == 0x80 { i -= 1 }
      left -= 1
    }
    return i
  }

  /// The code point at a byte offset and the offset behind it.
  func codePoint(at i: Int) -> (scalar: Unicode.Scalar, end: Int) {
    let end = offset(ofCodePoint: 1, from: i)
    let first = UInt32(self[i])
    var value = end - i == 1 ? first : first & (0x7f >> UInt32(truncatingIfNeeded: end - i))
    for k in (i + 1)..<Swift.max(end, i + 1) { value = value << 6 | UInt32(self[k] & 0x3f) }
    return (Unicode.Scalar(value) ?? "\u{fffd}", end)
  }

  /// The code point that ends before a byte offset, and the offset where it starts.
  func codePoint(before end: Int) -> (scalar: Unicode.Scalar, start: Int) {
    var start = end - 1
    while start > 0 && self[start] & 0xc0 == 0x80 { start -= 1 }
    return (codePoint(at: start).scalar, start)
  }

  /// The byte offset of the first occurrence of `needle` at or behind `start`.
  func firstOffset(of needle: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    guard start <= count else { return nil }
    return part(start, count).firstIndex(of: needle).map { $0 + start }
  }

  /// A part of the bytes.
  @inline(__always)
  func part(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[start..<end])
  }
}

extension Unicode.Scalar {
  /// Unicode's White_Space property.
  var isWhitespace: Bool {
    value < 0x80 ? UInt8(truncatingIfNeeded: value).isBlank : properties.isWhitespace
  }
}
