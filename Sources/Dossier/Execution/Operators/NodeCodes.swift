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

  /// The code that values below `limit` are below. Precondition: null is highest.
  @inline(__always)
  private func code(below limit: Int64) -> UInt32 {
    let (difference, overflow) = limit.subtractingReportingOverflow(lowest)
    let code = overflow ? (limit < lowest ? 0 : Int64.max) : max(difference, 0)
    return bytes == nil ? UInt32(clamping: code) : UInt32(UInt8(clamping: code))
  }

  /// The code that values above `limit` are above. Precondition: null is lowest.
  @inline(__always)
  private func code(above limit: Int64) -> UInt32 {
    let (difference, overflow) = limit.subtractingReportingOverflow(lowest &- 1)
    let code = overflow ? (limit < lowest ? 0 : Int64.max) : max(difference, 0)
    return bytes == nil ? UInt32(clamping: code) : UInt32(UInt8(clamping: code))
  }

  /// How many of the nodes have a value below `limit`. Precondition: null is highest.
  @inline(__always)
  func count(_ nodes: UnsafePointer<UInt32>, _ n: Int, below limit: Int64) -> Int {
    let code = code(below: limit)
    if let bytes {
      return Self.count(nodes, n, bytes, below: UInt8(truncatingIfNeeded: code))
    }
    return words.map { Self.count(nodes, n, $0, below: code) } ?? 0
  }

  /// How many of the nodes have a value above `limit`. Precondition: null is lowest.
  @inline(__always)
  func count(_ nodes: UnsafePointer<UInt32>, _ n: Int, above limit: Int64) -> Int {
    let code = code(above: limit)
    if let bytes {
      return Self.count(nodes, n, bytes, above: UInt8(truncatingIfNeeded: code))
    }
    return words.map { Self.count(nodes, n, $0, above: code) } ?? 0
  }

  // MARK: Ranks

  /// Lays out a list of nodes for a number of rows that ask about it; false where that does not pay.
  func lay(_ nodes: UnsafePointer<UInt32>, _ n: Int, rows: Int, into ranks: CodeRanks) -> Bool {
    if rows < CodeRanks.worthwhileRows(n, isNarrow: bytes != nil) { return false }
    if let bytes { ranks.set(nodes, n, bytes) }
    if let words { ranks.set(nodes, n, words) }
    return true
  }

  /// `count(_:_:below:)` of the nodes that were laid out.
  @inline(__always)
  func count(in ranks: CodeRanks, below limit: Int64) -> Int {
    ranks.count(below: code(below: limit))
  }

  /// `count(_:_:above:)` of the nodes that were laid out.
  @inline(__always)
  func count(in ranks: CodeRanks, above limit: Int64) -> Int {
    ranks.count(above: code(above: limit))
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
