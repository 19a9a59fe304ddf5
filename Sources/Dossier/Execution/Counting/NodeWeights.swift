import Glibc

/// One number that is not negative for each node that was asked for, kept while a statement runs.
///
/// Memory is taken from the system as nodes are touched.
final class NodeWeights {
  private let base: UnsafeMutablePointer<Int64>
  let count: Int
  /// The largest number so far.
  private(set) var largest: Int64 = 0

  init?(count: Int) {
    guard let memory = calloc(max(count, 1), MemoryLayout<Int64>.stride) else { return nil }
    base = memory.assumingMemoryBound(to: Int64.self)
    self.count = count
  }

  deinit { free(base) }

  /// Whether a node has a number.
  @inline(__always) func isKnown(_ node: UInt32) -> Bool { base[Int(node)] != 0 }

  /// The number of a node; precondition: known.
  @inline(__always) subscript(node: UInt32) -> Int64 { base[Int(node)] &- 1 }

  @inline(__always) func set(_ node: UInt32, _ weight: Int64) {
    base[Int(node)] = weight &+ 1
    if weight > largest { largest = weight }
  }

  /// Adds to a number that is 0 where it is not known.
  @inline(__always) func add(_ node: UInt32, _ weight: Int64) { base[Int(node)] &+= weight }
  /// What was added up.
  @inline(__always) func total(_ node: UInt32) -> Int64 { base[Int(node)] }
  @inline(__always) func clear(_ node: UInt32) { base[Int(node)] = 0 }
}
