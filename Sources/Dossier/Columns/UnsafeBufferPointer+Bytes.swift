import Glibc

extension UnsafeBufferPointer<UInt8> {
  /// Whether `other` stands at byte `offset`.
  @inline(__always)
  func hasBytes(_ other: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, other.count <= count - offset else { return false }
    guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
    return memcmp(base + offset, otherBase, other.count) == 0
  }

  /// The byte offset of the first occurrence of `other`.
  func firstIndex(of other: UnsafeBufferPointer<UInt8>) -> Int? {
    guard other.count > 0 else { return 0 }
    guard let base = baseAddress, let otherBase = other.baseAddress, other.count <= count,
      let found = memmem(base, count, otherBase, other.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
