/// Well-formed UTF-8.
enum UTF8Bytes {
  /// Whether bytes are well-formed UTF-8. O(count), 64 bytes at a time where they are ASCII.
  static func areValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let raw = UnsafeRawPointer(base)
    var offset = 0
    while offset &+ 64 <= bytes.count {
      let piece = raw.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt64>.self)
      let high = piece & SIMD8(repeating: 0x8080_8080_8080_8080)
      if high != .zero { break }
      offset &+= 64
    }
    let rest = UnsafeBufferPointer(rebasing: bytes[offset...])
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: rest.span)
      return true
    } catch {
      return false
    }
  }
}
