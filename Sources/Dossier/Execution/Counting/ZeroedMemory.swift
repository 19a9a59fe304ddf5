import DossierSyntax
import Glibc

/// Memory that is zero at first and is taken from the system as it is touched.
final class ZeroedMemory<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ count: Int, _ arena: Arena) throws(QueryError) {
    try arena.charge(count * MemoryLayout<Element>.stride)
    guard let memory = calloc(max(count, 1), MemoryLayout<Element>.stride) else {
      throw QueryError(.memoryLimit, "no memory for \(count) numbers")
    }
    base = memory.assumingMemoryBound(to: Element.self)
    self.count = count
  }

  deinit { free(base) }
}
