import DossierSyntax
import Glibc

/// A number for each node of the graph, 0 where none was stored; read-only after it was filled.
///
/// Memory is taken from the system as pages are touched. Numbers are kept in 32 bits where all of
/// them fit, so that twice as many stay in the cache.
final class SweepWeights {
  let narrow: UnsafeMutablePointer<UInt32>
  /// Holds the numbers instead when some do not fit 32 bits.
  let wide: UnsafeMutablePointer<Int64>?
  /// No number is larger.
  var bound: UInt64 = 0

  /// Errors: `memoryLimit`.
  init(nodes: Int, isWide: Bool, _ arena: Arena) throws(QueryError) {
    let rows = (nodes + Page.mask) & ~Page.mask
    let bytes = max(rows, 1) * (isWide ? 8 : 4)
    try arena.charge(bytes)
    guard let memory = calloc(bytes, 1) else {
      throw QueryError(.memoryLimit, "no memory for \(nodes) numbers")
    }
    narrow = memory.assumingMemoryBound(to: UInt32.self)
    wide = isWide ? memory.assumingMemoryBound(to: Int64.self) : nil
  }

  deinit { free(narrow) }

  @inline(__always) subscript(node: UInt32) -> Int64 {
    if let wide { return wide[Int(node)] }
    return Int64(narrow[Int(node)])
  }

  /// Reads the numbers in tight loops, while somebody holds the weights; without weights all are 1.
  struct Reader {
    private let narrow: UnsafePointer<UInt32>?
    private let wide: UnsafePointer<Int64>?
    let bound: UInt64

    init(_ weights: SweepWeights?) {
      narrow = weights.map { UnsafePointer($0.narrow) }
      wide = weights?.wide.map { UnsafePointer($0) }
      bound = weights?.bound ?? 1
    }

    /// All numbers are 1.
    var isOne: Bool { narrow == nil }

    @inline(__always) subscript(node: UInt32) -> Int64 {
      if let wide { return wide[Int(node)] }
      if let narrow { return Int64(narrow[Int(node)]) }
      return 1
    }
  }

  /// The number of all nodes that some label stands for; nil when they differ.
  var common: Int64?

  /// Stores the numbers of a page; false when they do not fit.
  func store(_ numbers: SweepNumbers, page: Int) -> Bool {
    if numbers.isZero { return true }
    let first = page << Page.shift
    if let wide {
      (wide + first).update(from: numbers.base, count: Page.rows)
      return true
    }
    guard numbers.bound <= UInt64(UInt32.max) else { return false }
    let target = narrow + first
    for i in 0..<Page.rows { target[i] = UInt32(truncatingIfNeeded: numbers.base[i]) }
    return true
  }
}
