import DossierSyntax

/// The numbers of the 2,048 nodes of one page, none of them negative.
///
/// A bound of them is known at any time, so that sums and products are checked once a page where
/// they cannot be too large, and number by number elsewhere.
final class SweepNumbers {
  /// Anything may stand here while `isZero`.
  let base: UnsafeMutablePointer<Int64>
  /// No number is larger; 0 when all of them are 0.
  private(set) var bound: UInt64 = 0

  init() { base = .allocate(capacity: Page.rows) }

  deinit { base.deallocate() }

  private static let largest = UInt64(Int64.max)

  var isZero: Bool { bound == 0 }

  // MARK: Setting

  func setZero() { bound = 0 }

  /// 1 for the rows of a bitmap, 0 for all others.
  func set(_ words: UnsafePointer<UInt64>) {
    var any: UInt64 = 0
    for word in 0..<Page.words {
      let bits = words[word]
      any |= bits
      let target = base + word &* 64
      for i in 0..<64 { target[i] = Int64(truncatingIfNeeded: bits >> UInt64(i) & 1) }
    }
    bound = any == 0 ? 0 : 1
  }

  /// The lengths of the lists of a page of neighbours.
  func set(degreesAt page: UnsafeRawPointer) {
    var any: UInt64 = 0
    if let offsets = AdjacencyPage.offsets(at: page) {
      if offsets[Page.rows] == 0 { return setZero() }
      for i in 0..<Page.rows {
        let degree = UInt64(offsets[i &+ 1] &- offsets[i])
        base[i] = Int64(truncatingIfNeeded: degree)
        any |= degree
      }
    } else {
      for i in 0..<Page.rows {
        let degree = AdjacencyPage.list(at: page, i).count
        base[i] = Int64(degree)
        any |= UInt64(degree)
      }
    }
    bound = any
  }

  /// Notes that the numbers were written from outside and that none is larger than `bound`.
  @inline(__always)
  func setBound(_ bound: UInt64) { self.bound = bound }

  // MARK: Arithmetic

  /// Errors: `integerOverflowAtRuntime`.
  func add(_ other: SweepNumbers) throws(QueryError) {
    if other.isZero { return }
    if isZero {
      base.update(from: other.base, count: Page.rows)
      bound = other.bound
      return
    }
    var any: UInt64 = 0
    if bound &+ other.bound <= Self.largest {
      let (a, b) = (base, other.base)
      for i in 0..<Page.rows {
        let result = a[i] &+ b[i]
        a[i] = result
        any |= UInt64(bitPattern: result)
      }
    } else {
      for i in 0..<Page.rows {
        base[i] = try sum(base[i], other.base[i])
        any |= UInt64(bitPattern: base[i])
      }
    }
    bound = any
  }

  /// Errors: `integerOverflowAtRuntime`.
  func multiply(_ other: SweepNumbers) throws(QueryError) {
    if isZero { return }
    if other.isZero { return setZero() }
    var any: UInt64 = 0
    let (high, low) = bound.multipliedFullWidth(by: other.bound)
    if high == 0, low <= Self.largest {
      let (a, b) = (base, other.base)
      for i in 0..<Page.rows {
        let result = a[i] &* b[i]
        a[i] = result
        any |= UInt64(bitPattern: result)
      }
    } else {
      for i in 0..<Page.rows {
        base[i] = try product(base[i], other.base[i])
        any |= UInt64(bitPattern: base[i])
      }
    }
    bound = any
  }

  /// Errors: `integerOverflowAtRuntime`.
  func scale(_ number: Int64) throws(QueryError) {
    if number == 0 || isZero { return setZero() }
    var any: UInt64 = 0
    for i in 0..<Page.rows where base[i] != 0 {
      base[i] = try product(base[i], number)
      any |= UInt64(bitPattern: base[i])
    }
    bound = any
  }

  /// Multiplies by the lengths of the lists of a page of neighbours, or by 1 where a list is empty and
  /// `isOptional`; false when that has to be done in another way.
  func multiply(degreesAt page: UnsafeRawPointer, isOptional: Bool = false) -> Bool {
    guard let offsets = AdjacencyPage.offsets(at: page) else { return false }
    let entries = UInt64(offsets[Page.rows])
    if entries == 0 {
      if !isOptional { setZero() }
      return true
    }
    let (high, low) = bound.multipliedFullWidth(by: entries)
    guard high == 0, low <= Self.largest else { return false }
    var any: UInt64 = 0
    let numbers = base
    if isOptional {
      for i in 0..<Page.rows {
        let degree = offsets[i &+ 1] &- offsets[i]
        let result = numbers[i] &* Int64(truncatingIfNeeded: degree == 0 ? 1 : degree)
        numbers[i] = result
        any |= UInt64(bitPattern: result)
      }
    } else {
      for i in 0..<Page.rows {
        let result = numbers[i] &* Int64(truncatingIfNeeded: offsets[i &+ 1] &- offsets[i])
        numbers[i] = result
        any |= UInt64(bitPattern: result)
      }
    }
    bound = any
    return true
  }

  /// Sets the rows to 0 that a bitmap does not have.
  func keep(_ words: UnsafePointer<UInt64>) {
    if isZero { return }
    var any: UInt64 = 0
    for word in 0..<Page.words {
      let bits = words[word]
      if bits == .max {
        any |= bound
        continue
      }
      let target = base + word &* 64
      for i in 0..<64 {
        target[i] &= 0 &- Int64(truncatingIfNeeded: bits >> UInt64(i) & 1)
        any |= UInt64(bitPattern: target[i])
      }
    }
    bound = any
  }

  /// The numbers as the factor of a branch.
  func fold(_ mode: CountTerm.Branch.Mode) {
    if isZero {
      guard mode == .optional || mode == .absent else { return }
      base.update(repeating: 1, count: Page.rows)
      bound = 1
      return
    }
    switch mode {
    case .counted: return
    case .optional:
      for i in 0..<Page.rows { base[i] = max(base[i], 1) }
      bound = max(bound | 1, 1)
    case .exists:
      for i in 0..<Page.rows { base[i] = base[i] == 0 ? 0 : 1 }
      bound = min(bound, 1)
    case .absent:
      for i in 0..<Page.rows { base[i] = base[i] == 0 ? 1 : 0 }
      bound = 1
    }
  }

  // MARK: Sums

  /// The sum of all numbers. Errors: `integerOverflowAtRuntime`.
  func total() throws(QueryError) -> Int64 {
    if isZero { return 0 }
    var result: Int64 = 0
    if bound <= Self.largest >> UInt64(Page.shift) {
      for i in 0..<Page.rows { result &+= base[i] }
    } else {
      for i in 0..<Page.rows { result = try sum(result, base[i]) }
    }
    return result
  }

  /// Sets the signed sum of terms, of which it is known that none of its numbers is negative.
  /// Errors: `integerOverflowAtRuntime`.
  func set(
    sumOf terms: [(coefficient: Int64, numbers: SweepNumbers)]
  ) throws(QueryError) {
    base.update(repeating: 0, count: Page.rows)
    var any: UInt64 = 0
    for (coefficient, numbers) in terms where !numbers.isZero {
      for i in 0..<Page.rows where numbers.base[i] != 0 {
        base[i] = try sum(base[i], try product(numbers.base[i], coefficient))
      }
    }
    for i in 0..<Page.rows { any |= UInt64(bitPattern: base[i]) }
    bound = any
  }
}
