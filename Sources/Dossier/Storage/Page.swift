/// The measures that all pages share.
enum Page {
  /// Rows of a page, and of a batch.
  static let rows = 2048
  /// `row >> shift` is the page of a row.
  static let shift = 11
  /// `row & mask` is the place of a row in its page.
  static let mask = 2047
  /// 64-bit words of a bitmap over a page.
  static let words = 32
  /// Bytes of a bitmap over a page.
  static let bitmapBytes = 256

  // Pages that can share their values with other versions of themselves have a head of their own then.
  // The lowest bit of such a page's address is set, and the address of the values lies behind the
  // head; else the values themselves do.

  /// The head of a page.
  @inline(__always)
  static func head(at address: UnsafeRawPointer) -> UnsafeRawPointer {
    address - Int(bitPattern: address) & 1
  }

  /// The values of a page whose head has `headBytes` bytes.
  @inline(__always)
  static func values(at address: UnsafeRawPointer, behind headBytes: Int) -> UnsafeRawPointer {
    if Int(bitPattern: address) & 1 == 0 { return address + headBytes }
    return (address - 1).load(fromByteOffset: headBytes, as: UnsafeRawPointer.self)
  }
}

/// A reference-counted page of a `PageDirectory`.
///
/// Immutable while two directories hold it; a writer copies it first.
protocol StoredPage: AnyObject, Sendable {
  /// A page in which no row has anything.
  init()
  init(copying other: Self)
  /// Where readers look; may change when the page is written, never otherwise.
  var address: UnsafeRawPointer { get }
  /// Whether the page lies in memory that is not its own and that it must not write to.
  var isBorrowed: Bool { get }
  /// Memory of the shape that `address` has, for pages that do not exist; lives for ever.
  static var absentAddress: UnsafeRawPointer { get }
  /// `FlatPage` or `GroupedPage`.
  static var isFlat: Bool { get }
}

/// Pages whose addresses readers find in one table. A writer copies it whole, so this is for structures
/// that are small beside the rest of the graph.
protocol FlatPage: StoredPage {}

/// Pages whose addresses readers find by group; a writer copies those of one group.
protocol GroupedPage: StoredPage {}

extension FlatPage {
  static var isFlat: Bool { true }
}

extension GroupedPage {
  static var isFlat: Bool { false }
}

/// Bit operations on bitmaps of 64-bit words.
enum Bitmap {
  @inline(__always)
  static func contains(_ words: UnsafePointer<UInt64>, _ row: Int) -> Bool {
    words[row >> 6] >> UInt64(row & 63) & 1 != 0
  }

  /// Sets a bit; true when it was not set before.
  @inline(__always)
  static func insert(_ words: UnsafeMutablePointer<UInt64>, _ row: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(row & 63)
    let before = words[row >> 6]
    words[row >> 6] = before | bit
    return before & bit == 0
  }

  /// Clears a bit; true when it was set before.
  @inline(__always)
  static func remove(_ words: UnsafeMutablePointer<UInt64>, _ row: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(row & 63)
    let before = words[row >> 6]
    words[row >> 6] = before & ~bit
    return before & bit != 0
  }

  /// Sets the bits `first ..< first + count`, word by word.
  static func insertRun(_ words: UnsafeMutablePointer<UInt64>, first: Int, count: Int) {
    var row = first
    let end = first + count
    while row < end {
      let low = row & 63
      let run = min(64 - low, end - row)
      let bits: UInt64 = run == 64 ? .max : ((1 << UInt64(run)) - 1) << UInt64(low)
      words[row >> 6] |= bits
      row += run
    }
  }

  /// How many bits of a page's bitmap are set.
  static func count(_ words: UnsafePointer<UInt64>) -> Int {
    var total = 0
    for i in 0..<Page.words { total &+= words[i].nonzeroBitCount }
    return total
  }

  /// The place of the lowest set bit of a page's bitmap.
  static func first(_ words: UnsafePointer<UInt64>) -> Int? {
    for i in 0..<Page.words where words[i] != 0 { return i << 6 + words[i].trailingZeroBitCount }
    return nil
  }

  /// The place of the highest set bit of a page's bitmap.
  static func last(_ words: UnsafePointer<UInt64>) -> Int? {
    for i in (0..<Page.words).reversed() where words[i] != 0 {
      return i << 6 + 63 - words[i].leadingZeroBitCount
    }
    return nil
  }

  /// The set bits of a page's bitmap, if they follow each other.
  static func run(_ words: UnsafePointer<UInt64>) -> (first: Int, count: Int)? {
    var (start, end) = (0, Page.words - 1)
    while start < Page.words && words[start] == 0 { start &+= 1 }
    if start == Page.words { return (0, 0) }
    while words[end] == 0 { end &-= 1 }
    let first = start << 6 + words[start].trailingZeroBitCount
    let last = end << 6 + 63 - words[end].leadingZeroBitCount
    var missing: UInt64 = 0
    for word in start...end {
      var asked = UInt64.max
      if word == start { asked &= .max << UInt64(first & 63) }
      if word == end { asked &= .max >> UInt64(63 - last & 63) }
      missing |= ~words[word] & asked
    }
    return missing == 0 ? (first, last - first + 1) : nil
  }

  /// Writes `base` + the place of every set bit of a page's bitmap, ascending; returns how many.
  @inline(__always)
  static func emit(
    _ words: UnsafePointer<UInt64>, base: UInt32, into ids: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var count = 0
    for i in 0..<Page.words {
      var bits = words[i]
      let first = base &+ UInt32(truncatingIfNeeded: i &* 64)
      if bits == .max {
        for k in 0..<64 { ids[count &+ k] = first &+ UInt32(truncatingIfNeeded: k) }
        count &+= 64
        continue
      }
      while bits != 0 {
        ids[count] = first &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
        count &+= 1
        bits &= bits &- 1
      }
    }
    return count
  }
}
