import DossierSyntax

/// A property of all nodes as small whole numbers in the order of the values, by node id: so narrow
/// that those of many nodes stay in the caches.
///
/// Only for a property all of whose values are integers, or all dates, and that lie close together.
final class NodeCodes {
  /// Codes of one or of four bytes.
  private let bytes: UnsafeMutablePointer<UInt8>?
  private let words: UnsafeMutablePointer<UInt32>?
  private let lowest: Int64
  /// Nodes without a value have the highest code there is, else 0, and codes of values begin at 1.
  private let nullIsHighest: Bool

  /// Nil where the values do not allow it. Errors: `memoryLimit`.
  init?(
    _ reader: PropertyReader, nodeBound: Int, nullIsHighest: Bool, _ arena: Arena
  ) throws(QueryError) {
    guard let (lowest, span) = Self.extent(reader), span < UInt64(UInt32.max) - 2 else {
      return nil
    }
    self.lowest = lowest
    self.nullIsHighest = nullIsHighest
    let count = max(nodeBound, reader.pageCount * Page.rows)
    let isNarrow = span < UInt64(UInt8.max) - 2
    try arena.charge(count * (isNarrow ? 1 : 4))
    bytes = isNarrow ? .allocate(capacity: count) : nil
    words = isNarrow ? nil : .allocate(capacity: count)
    if let bytes { Self.fill(bytes, count, reader, lowest, nullIsHighest) }
    if let words { Self.fill(words, count, reader, lowest, nullIsHighest) }
  }

  deinit {
    bytes?.deallocate()
    words?.deallocate()
  }

  /// The lowest value and how far above it the highest one is; nil where there is none.
  private static func extent(_ reader: PropertyReader) -> (lowest: Int64, span: UInt64)? {
    var (low, high) = (Int64.max, Int64.min)
    for page in 0..<reader.pageCount where reader.kind(page: page) != .absent {
      let values = reader.values(page: page).assumingMemoryBound(to: Int64.self)
      let validity = reader.validity(page: page)
      for row in 0..<Page.rows where Bitmap.contains(validity, row) {
        low = min(low, values[row])
        high = max(high, values[row])
      }
    }
    return low <= high ? (low, UInt64(bitPattern: high &- low)) : nil
  }

  private static func fill<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: UnsafeMutablePointer<Code>, _ count: Int, _ reader: PropertyReader, _ lowest: Int64,
    _ nullIsHighest: Bool
  ) {
    codes.initialize(repeating: nullIsHighest ? .max : 0, count: count)
    let base = nullIsHighest ? lowest : lowest &- 1
    for page in 0..<reader.pageCount where reader.kind(page: page) != .absent {
      let values = reader.values(page: page).assumingMemoryBound(to: Int64.self)
      let validity = reader.validity(page: page)
      let target = codes + page * Page.rows
      for row in 0..<Page.rows where Bitmap.contains(validity, row) {
        target[row] = Code(truncatingIfNeeded: values[row] &- base)
      }
    }
  }

  // MARK: Counting

  /// How many of the nodes have a value below `limit`. Precondition: null is highest.
  @inline(__always)
  func count(_ nodes: UnsafePointer<UInt32>, _ n: Int, below limit: Int64) -> Int {
    let (difference, overflow) = limit.subtractingReportingOverflow(lowest)
    let code = overflow ? (limit < lowest ? 0 : Int64.max) : max(difference, 0)
    if let bytes {
      return Self.count(nodes, n, bytes, below: UInt8(clamping: code))
    }
    return words.map { Self.count(nodes, n, $0, below: UInt32(clamping: code)) } ?? 0
  }

  /// How many of the nodes have a value above `limit`. Precondition: null is lowest.
  @inline(__always)
  func count(_ nodes: UnsafePointer<UInt32>, _ n: Int, above limit: Int64) -> Int {
    let (difference, overflow) = limit.subtractingReportingOverflow(lowest &- 1)
    let code = overflow ? (limit < lowest ? 0 : Int64.max) : max(difference, 0)
    if let bytes {
      return Self.count(nodes, n, bytes, above: UInt8(clamping: code))
    }
    return words.map { Self.count(nodes, n, $0, above: UInt32(clamping: code)) } ?? 0
  }

  @inline(__always)
  private static func count<Code: FixedWidthInteger & UnsignedInteger>(
    _ nodes: UnsafePointer<UInt32>, _ n: Int, _ codes: UnsafeMutablePointer<Code>,
    below limit: Code
  ) -> Int {
    var total = 0
    for i in 0..<n { total &+= Int(byte(codes[Int(nodes[i])] < limit)) }
    return total
  }

  @inline(__always)
  private static func count<Code: FixedWidthInteger & UnsignedInteger>(
    _ nodes: UnsafePointer<UInt32>, _ n: Int, _ codes: UnsafeMutablePointer<Code>,
    above limit: Code
  ) -> Int {
    var total = 0
    for i in 0..<n { total &+= Int(byte(codes[Int(nodes[i])] > limit)) }
    return total
  }
}
