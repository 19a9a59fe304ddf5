/// Whether all nodes with a label have the same number, found out page by page.
struct CommonNumber {
  private(set) var isBroken = false
  private var number: Int64?

  /// The number; nil when there are several, or none was seen.
  var value: Int64? { isBroken ? nil : number }

  /// Looks at the rows of a bitmap.
  mutating func compare(_ numbers: SweepNumbers, _ words: UnsafePointer<UInt64>) {
    if numbers.isZero {
      guard Bitmap.count(words) > 0 else { return }
      isBroken = (number ?? 0) != 0
      number = 0
      return
    }
    for word in 0..<Page.words where words[word] != 0 && !isBroken {
      let rows = numbers.base + word &* 64
      let bits = words[word]
      let expected = number ?? rows[bits.trailingZeroBitCount]
      number = expected
      var differences: Int64 = 0
      for i in 0..<64 {
        let mask = 0 &- Int64(truncatingIfNeeded: bits >> UInt64(i) & 1)
        differences |= (rows[i] ^ expected) & mask
      }
      isBroken = differences != 0
    }
  }

  mutating func merge(_ other: CommonNumber) {
    isBroken = isBroken || other.isBroken
    guard let theirs = other.number else { return }
    if let number, number != theirs { isBroken = true }
    number = theirs
  }
}
