/// The 128-bit product of two words, folded to 64 bits: the mixer of all engine hash tables.
@inline(__always)
func foldedProduct(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = a.multipliedFullWidth(by: b)
  return product.high ^ product.low
}

/// A 64-bit hash of bytes: deterministic, the same in every process, not meant against attackers.
///
/// Reads eight bytes at a time and folds 128-bit products, as wyhash does. O(count).
func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  let first: UInt64 = 0xa076_1d64_78bd_642f
  let second: UInt64 = 0xe703_7ed1_a0b4_28db
  let count = bytes.count
  guard count > 0, let base = bytes.baseAddress else { return foldedProduct(first, second) }
  let raw = UnsafeRawPointer(base)
  var state = first ^ UInt64(truncatingIfNeeded: count)
  var offset = 0
  while count &- offset > 16 {
    let a = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let b = raw.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
    state = foldedProduct(a ^ second, b ^ state)
    offset &+= 16
  }
  let (a, b) = lastWords(raw + offset, count &- offset)
  return foldedProduct(
    second ^ UInt64(truncatingIfNeeded: count), foldedProduct(a ^ second, b ^ state))
}

/// The last 1 to 16 bytes as two words that together hold every byte; they may overlap.
@inline(__always)
private func lastWords(_ raw: UnsafeRawPointer, _ count: Int) -> (UInt64, UInt64) {
  if count >= 8 {
    return (
      raw.loadUnaligned(as: UInt64.self),
      raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    )
  }
  if count >= 4 {
    return (
      UInt64(raw.loadUnaligned(as: UInt32.self)),
      UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
    )
  }
  let start = UInt64(raw.load(as: UInt8.self))
  let middle = UInt64(raw.load(fromByteOffset: count >> 1, as: UInt8.self))
  let end = UInt64(raw.load(fromByteOffset: count &- 1, as: UInt8.self))
  return (start << 16 | middle << 8 | end, 0)
}
