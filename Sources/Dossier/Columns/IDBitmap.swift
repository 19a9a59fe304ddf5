import DossierSyntax
import Glibc

/// A set of ids, one bit each. Memory is taken from the system as it is touched.
final class IDBitmap {
  private let words: UnsafeMutablePointer<UInt64>
  /// Ids are below this.
  let count: Int

  /// An empty set, charged to an arena. Errors: `memoryLimit`.
  init(count: Int, _ arena: Arena) throws(QueryError) {
    let size = (count + 63) >> 6
    try arena.charge(size * 8)
    guard let memory = calloc(max(size, 1), 8) else {
      throw QueryError(.memoryLimit, "no memory for a set of \(count) ids")
    }
    words = memory.assumingMemoryBound(to: UInt64.self)
    self.count = count
  }

  deinit { free(words) }

  /// How many words of 64 ids there are.
  var wordCount: Int { (count + 63) >> 6 }

  /// Sets which of the 64 ids from `64 * word` on belong to the set.
  @inline(__always) func setWord(_ word: Int, _ bits: UInt64) { words[word] = bits }

  @inline(__always) func contains(_ id: UInt32) -> Bool {
    words[Int(id >> 6)] >> UInt64(id & 63) & 1 != 0
  }

  @inline(__always) func insert(_ id: UInt32) { words[Int(id >> 6)] |= 1 << UInt64(id & 63) }

  /// Inserts an id; 1 if it was not in the set, else 0.
  @inline(__always) func inserted(_ id: UInt32) -> Int {
    let word = words[Int(id >> 6)]
    let bit = (1 as UInt64) << UInt64(id & 63)
    words[Int(id >> 6)] = word | bit
    return Int(truncatingIfNeeded: ~word >> UInt64(id & 63) & 1)
  }

  @inline(__always) func remove(_ id: UInt32) { words[Int(id >> 6)] &= ~(1 << UInt64(id & 63)) }
}
