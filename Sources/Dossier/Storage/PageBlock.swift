import Glibc
import Synchronization

/// The memory of a page's values, which versions of the page may share although one of them adds to it.
///
/// A version reads the places that its own bitmap names. `claim` gives each free place to one writer
/// only; places are claimed in ascending order, and never given back.
final class PageBlock: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  /// Whoever owns the memory of a borrowed block.
  private let owner: AnyObject?
  /// Places below are read by some version or about to be filled.
  private let used: Atomic<Int>

  /// Memory that is all zero. Fresh memory is not touched, so that a page with few values takes up
  /// only what is near them.
  init(bytes: Int) {
    base = calloc(1, bytes) ?? .allocate(byteCount: bytes, alignment: 16)
    owner = nil
    used = Atomic(0)
  }

  /// Memory that the caller fills, places below `used` at least.
  init(uninitialised bytes: Int, used: Int) {
    base = .allocate(byteCount: bytes, alignment: 16)
    owner = nil
    self.used = Atomic(used)
  }

  /// Memory that `owner` keeps alive and that is never written.
  init(borrowing address: UnsafeMutableRawPointer, owner: AnyObject) {
    base = address
    self.owner = owner
    used = Atomic(.max)
  }

  deinit {
    if owner == nil { base.deallocate() }
  }

  var isBorrowed: Bool { owner != nil }

  /// Reserves the places `first ..< first + count`; false when some of them are taken.
  @inline(__always)
  func claim(_ first: Int, _ count: Int) -> Bool {
    var taken = used.load(ordering: .relaxed)
    while taken <= first {
      let (exchanged, original) = used.compareExchange(
        expected: taken, desired: first + count, ordering: .acquiringAndReleasing)
      if exchanged { return true }
      taken = original
    }
    return false
  }

  /// Marks the places below `end` as taken, by the only owner.
  @inline(__always)
  func use(below end: Int) {
    if used.load(ordering: .relaxed) < end { used.store(end, ordering: .releasing) }
  }
}
