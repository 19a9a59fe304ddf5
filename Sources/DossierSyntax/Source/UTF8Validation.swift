/// Checks that bytes are well-formed UTF-8, eight bytes at a time where they are ASCII.
public enum UTF8Validation {
  /// The offset of the first byte that does not belong to a well-formed sequence; `count` when there
  /// is none. Surrogates, overlong forms and code points above U+10FFFF are ill-formed. O(n).
  public static func firstInvalidOffset(start: UnsafePointer<UInt8>, count: Int) -> Int {
    let raw = UnsafeRawPointer(start)
    var index = 0
    while index < count {
      while index + 32 <= count {
        let high =
          raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          | raw.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
          | raw.loadUnaligned(fromByteOffset: index + 16, as: UInt64.self)
          | raw.loadUnaligned(fromByteOffset: index + 24, as: UInt64.self)
        if high & 0x8080_8080_8080_8080 != 0 { break }
        index += 32
      }
      if index >= count { break }
      if start[index] < 0x80 {
        index += 1
        continue
      }
      let length = sequenceLength(start + index, available: count - index)
      if length == 0 { return index }
      index += length
    }
    return count
  }

  /// The length of the well-formed sequence of two to four bytes at `bytes`; 0 when ill-formed.
  private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int {
    func continues(_ offset: Int) -> Bool { offset < available && bytes[offset] & 0xC0 == 0x80 }
    switch bytes[0] {
    case 0xC2...0xDF:
      return continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard continues(1), continues(2) else { return 0 }
      if bytes[0] == 0xE0 && bytes[1] < 0xA0 { return 0 }
      if bytes[0] == 0xED && bytes[1] > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard continues(1), continues(2), continues(3) else { return 0 }
      if bytes[0] == 0xF0 && bytes[1] < 0x90 { return 0 }
      if bytes[0] == 0xF4 && bytes[1] > 0x8F { return 0 }
      return 4
    default:
      return 0
    }
  }
}
