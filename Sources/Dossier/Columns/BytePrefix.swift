import Glibc

/// Bytes that texts may begin with; eight of them are compared at a time.
struct BytePrefix {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The first bytes as they lie in memory, at most eight.
  private let word: UInt64
  private let mask: UInt64

  /// How many bytes there are.
  @inline(__always) var count: Int { bytes.count }

  /// The bytes must outlive the prefix.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var word: UInt64 = 0
    withUnsafeMutableBytes(of: &word) { target in
      for i in 0..<min(8, bytes.count) { target[i] = bytes[i] }
    }
    self.word = word
    let kept = UInt64(8 &* min(8, bytes.count))
    mask = kept == 64 ? .max : UInt64(littleEndian: (1 << kept) &- 1)
  }

  /// Whether a text may begin with the bytes whose first four, zeros where there are fewer, lie in memory
  /// as they do in a word.
  @inline(__always)
  func mayBegin(firstBytes: UInt32) -> Bool {
    (firstBytes ^ UInt32(truncatingIfNeeded: UInt64(littleEndian: word)).littleEndian)
      & UInt32(truncatingIfNeeded: UInt64(littleEndian: mask)).littleEndian == 0
  }

  /// Whether a text begins with the bytes.
  @inline(__always)
  func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= bytes.count else { return false }
    guard let base = text.baseAddress, let start = bytes.baseAddress else { return true }
    if text.count >= 8 {
      let first = UnsafeRawPointer(base).loadUnaligned(as: UInt64.self)
      if (first ^ word) & mask != 0 { return false }
      return bytes.count <= 8 || memcmp(base + 8, start + 8, bytes.count &- 8) == 0
    }
    return memcmp(base, start, bytes.count) == 0
  }
}
