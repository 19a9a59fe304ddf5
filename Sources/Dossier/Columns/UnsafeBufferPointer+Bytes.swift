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
    guard let first = other.first else { return 0 }
    guard let base = baseAddress, let pattern = other.baseAddress else { return nil }
    var start = 0
    while other.count <= count - start {
      let room = count - start - other.count + 1
      guard let found = memchr(base + start, Int32(first), room) else { return nil }
      start = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if memcmp(base + start, pattern, other.count) == 0 { return start }
      start += 1
    }
    return nil
  }
}
