import Glibc

extension UnsafeBufferPointer<UInt8> {
  /// Whether `other` stands at byte `offset`.
  @inline(__always)
  func hasBytes(_ other: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, other.count <= count - offset else { return false }
    guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
    return memcmp(base + offset, otherBase, other.count) == 0
  }

  /// The byte offset of the first occurrence of `other`. O(count × other.count) at worst.
  func firstIndex(of other: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let pattern = other.baseAddress, other.count > 0 else { return 0 }
    guard let base = baseAddress, other.count <= count else { return nil }
    return count <= 256
      ? Self.firstIndexByWords(base, count, pattern, other.count)
      : Self.firstIndexByByte(base, count, pattern, other.count)
  }

  /// Looks for the first byte; good where that is rare.
  private static func firstIndexByByte(
    _ text: UnsafePointer<UInt8>, _ n: Int, _ pattern: UnsafePointer<UInt8>, _ m: Int
  ) -> Int? {
    var start = 0
    while m <= n - start {
      guard let found = memchr(text + start, Int32(pattern[0]), n - start - m + 1) else {
        return nil
      }
      start = UnsafeRawPointer(found) - UnsafeRawPointer(text)
      if memcmp(text + start, pattern, m) == 0 { return start }
      start += 1
    }
    return nil
  }

  /// Looks at eight places at a time for the first and the last byte in their distance.
  @inline(__always)
  private static func firstIndexByWords(
    _ text: UnsafePointer<UInt8>, _ n: Int, _ pattern: UnsafePointer<UInt8>, _ m: Int
  ) -> Int? {
    let places = n &- m &+ 1
    let ones: UInt64 = 0x0101_0101_0101_0101
    let (first, last) = (UInt64(pattern[0]) &* ones, UInt64(pattern[m &- 1]) &* ones)
    let raw = UnsafeRawPointer(text)
    var start = 0
    while start &+ 8 <= places {
      let heads = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      let tails = raw.loadUnaligned(fromByteOffset: start &+ m &- 1, as: UInt64.self)
      let unlike = UInt64(littleEndian: (heads ^ first) | (tails ^ last))
      // Bytes that are zero, each with its top bit.
      let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
      var hits = ~(((unlike & low) &+ low) | unlike | low)
      while hits != 0 {
        let place = start &+ hits.trailingZeroBitCount >> 3
        if memcmp(text + place, pattern, m) == 0 { return place }
        hits &= hits &- 1
      }
      // The last eight places overlap those before.
      start = start &+ 16 > places && start &+ 8 < places ? places &- 8 : start &+ 8
    }
    while start < places {
      if text[start] == pattern[0], memcmp(text + start, pattern, m) == 0 { return start }
      start &+= 1
    }
    return nil
  }
}
