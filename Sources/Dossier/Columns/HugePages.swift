import Glibc

/// Large pages of the processor for large pieces of memory: fewer faults while they are filled, fewer
/// misses of the address cache while they are read in no order.
package enum HugePages {
  private static let bytes: UInt = 2 << 20

  /// Asks for large pages where a piece of memory covers them whole, before it is touched.
  package static func advise(_ start: UnsafeMutableRawPointer, byteCount: Int) {
    guard byteCount >= Int(bytes) else { return }
    let first = (UInt(bitPattern: start) + bytes - 1) & ~(bytes - 1)
    let end = (UInt(bitPattern: start) + UInt(byteCount)) & ~(bytes - 1)
    guard first < end, let address = UnsafeMutableRawPointer(bitPattern: first) else { return }
    madvise(address, Int(end - first), MADV_HUGEPAGE)
  }
}
