/// Row numbers in raw memory, released with the last batch that uses them.
///
/// Rows that a filter found come as bits. Their numbers are written when somebody asks for them, so
/// that filters over filters and counts never see any.
final class RowIndices {
  let count: Int
  /// Some rows are `Column.nullRow`.
  let hasNulls: Bool
  /// One bit for each row of the batch below, where the rows were found so; they ascend then.
  let bits: UnsafeMutablePointer<UInt64>?
  private let wordCount: Int
  private var numbers: UnsafeMutablePointer<UInt32>?

  init(_ rows: [UInt32], hasNulls: Bool = false) {
    count = rows.count
    self.hasNulls = hasNulls
    let base = UnsafeMutablePointer<UInt32>.allocate(capacity: max(rows.count, 1))
    rows.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.update(from: start, count: source.count) }
    }
    numbers = base
    bits = nil
    wordCount = 0
  }

  /// Takes over memory that was allocated with `UnsafeMutablePointer.allocate`.
  init(adopting base: UnsafeMutablePointer<UInt32>, count: Int, hasNulls: Bool = false) {
    numbers = base
    self.count = count
    self.hasNulls = hasNulls
    bits = nil
    wordCount = 0
  }

  /// Takes over bits that were allocated with `UnsafeMutablePointer.allocate`; those behind the last
  /// row are 0.
  init(adoptingBits bits: UnsafeMutablePointer<UInt64>, wordCount: Int) {
    self.bits = bits
    self.wordCount = wordCount
    count = Bitmap64.count(bits, wordCount)
    hasNulls = false
    numbers = nil
  }

  /// The rows before `bound` that pass.
  @inline(__always)
  convenience init(upTo bound: Int, where passes: (Int) -> Bool) {
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: max(bound, 1))
    var count = 0
    for row in 0..<bound {
      rows[count] = UInt32(truncatingIfNeeded: row)
      count &+= passes(row) ? 1 : 0
    }
    self.init(adopting: rows, count: count)
  }

  deinit {
    numbers?.deallocate()
    bits?.deallocate()
  }

  /// The numbers one behind the other.
  var base: UnsafeMutablePointer<UInt32> {
    @inline(__always) get { numbers ?? written() }
  }

  /// The numbers in memory that belongs to the caller.
  var copied: UnsafeMutablePointer<UInt32> {
    let target = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
    target.update(from: base, count: count)
    return target
  }

  private func written() -> UnsafeMutablePointer<UInt32> {
    let target = UnsafeMutablePointer<UInt32>.allocate(capacity: count + Bitmap64.slack)
    if let bits { Bitmap64.write(bits, wordCount, into: target) }
    numbers = target
    return target
  }
}

/// Bitmaps of any number of words, for rows of a batch.
enum Bitmap64 {
  /// Numbers that `write` may write behind the last one.
  static let slack = 8

  /// How many bits are set.
  static func count(_ words: UnsafePointer<UInt64>, _ wordCount: Int) -> Int {
    var total = 0
    for i in 0..<wordCount { total &+= words[i].nonzeroBitCount }
    return total
  }

  /// Writes the numbers of the bits that are set, ascending, eight at a time: there is no branch to
  /// guess wrong.
  static func write(
    _ words: UnsafePointer<UInt64>, _ wordCount: Int, into numbers: UnsafeMutablePointer<UInt32>
  ) {
    let (places, counts) = (BytePlaces.places, BytePlaces.counts)
    var target = UnsafeMutableRawPointer(numbers)
    for w in 0..<wordCount where words[w] != 0 {
      var word = words[w]
      var first = UInt32(truncatingIfNeeded: w &* 64)
      for _ in 0..<8 {
        let byte = Int(truncatingIfNeeded: word & 255)
        let rows = UnsafeRawPointer(places + byte &* 8).loadUnaligned(as: SIMD8<UInt32>.self)
        target.storeBytes(of: rows &+ SIMD8(repeating: first), as: SIMD8<UInt32>.self)
        target += Int(counts[byte]) &* 4
        word >>= 8
        first &+= 8
      }
    }
  }
}

/// Which bits of a byte are set, for all 256 bytes.
private enum BytePlaces {
  /// By byte: the places of its set bits, then anything, eight in all.
  nonisolated(unsafe) static let places: UnsafePointer<UInt32> = {
    let table = UnsafeMutablePointer<UInt32>.allocate(capacity: 2_048)
    table.initialize(repeating: 0, count: 2_048)
    for byte in 0..<256 {
      var found = 0
      for place in 0..<8 where byte >> place & 1 == 1 {
        table[byte * 8 + found] = UInt32(place)
        found += 1
      }
    }
    return UnsafePointer(table)
  }()

  /// By byte: how many bits are set.
  nonisolated(unsafe) static let counts: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0..<256 { table[byte] = UInt8(byte.nonzeroBitCount) }
    return UnsafePointer(table)
  }()
}
