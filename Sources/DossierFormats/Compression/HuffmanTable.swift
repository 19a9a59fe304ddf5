/// A prefix code of deflate, decoded by one look-up, or two for long codes.
///
/// The table is indexed by the next `rootBits` bits. An entry is
///
///     31           16 15    14        13       12      8 7              0
///     | value        | end | subtable | literal | extra | bits to consume |
///
/// where `value` is a literal, the base of a length or distance, or the index of a subtable; `extra`
/// counts the bits behind the code that are added to the base, or those that index the subtable. An
/// entry of 0 belongs to no code. Memory is freed by `free`.
struct HuffmanTable {
  static let literal: UInt32 = 1 << 13
  static let subtable: UInt32 = 1 << 14
  static let end: UInt32 = 1 << 15
  /// The longest code, in bits.
  static let longestCode = 15
  /// Room for the root and for all subtables that a code of 288 symbols can have.
  private static let capacity = 8_192

  let rootBits: Int
  let entries: UnsafeMutablePointer<UInt32>

  init(rootBits: Int) {
    self.rootBits = rootBits
    entries = .allocate(capacity: Self.capacity)
    entries.initialize(repeating: 0, count: Self.capacity)
  }

  func free() { entries.deallocate() }

  /// Makes the table of a code with these code lengths, 0 for symbols without a code; `payloads` are
  /// the entries of the symbols without their bits. False when the lengths are those of no complete
  /// code; a single code of one bit and no code at all are accepted, as deflate allows.
  func build(_ lengths: ArraySlice<UInt8>, _ payloads: [UInt32]) -> Bool {
    guard let firstCodes = Self.firstCodes(lengths) else { return false }
    var codes = firstCodes
    let rootSize = 1 << rootBits
    let subtableBits = max(0, Int(lengths.max() ?? 0) - rootBits)
    var free = rootSize
    entries.update(repeating: 0, count: rootSize)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      let code = Self.reversed(codes[length], bits: length)
      codes[length] += 1
      let payload = symbol < payloads.count ? payloads[symbol] : 0
      if length <= rootBits {
        let entry = payload == 0 ? 0 : payload | UInt32(length)
        fill(from: code, step: 1 << length, to: rootSize, entry)
        continue
      }
      let prefix = code & (rootSize - 1)
      if entries[prefix] == 0 {
        guard free + 1 << subtableBits <= Self.capacity else { return false }
        entries[prefix] =
          UInt32(free) << 16 | Self.subtable | UInt32(subtableBits) << 8 | UInt32(rootBits)
        entries.advanced(by: free).update(repeating: 0, count: 1 << subtableBits)
        free += 1 << subtableBits
      }
      let start = Int(entries[prefix] >> 16)
      let entry = payload == 0 ? 0 : payload | UInt32(length - rootBits)
      fill(
        from: start + code >> rootBits, step: 1 << (length - rootBits),
        to: start + 1 << subtableBits, entry)
    }
    return true
  }

  private func fill(from start: Int, step: Int, to end: Int, _ entry: UInt32) {
    var index = start
    while index < end {
      entries[index] = entry
      index += step
    }
  }

  /// The first code of each length; nil when the lengths are those of no complete code.
  private static func firstCodes(_ lengths: ArraySlice<UInt8>) -> [Int]? {
    var counts = [Int](repeating: 0, count: longestCode + 1)
    for length in lengths { counts[Int(length)] += 1 }
    let used = lengths.count - counts[0]
    var firstCodes = [Int](repeating: 0, count: longestCode + 1)
    var code = 0
    counts[0] = 0
    for length in 1...longestCode {
      code = (code + counts[length - 1]) << 1
      firstCodes[length] = code
      if code + counts[length] > 1 << length { return nil }
    }
    let isComplete = code + counts[longestCode] == 1 << longestCode
    return isComplete || used == 0 || (used == 1 && counts[1] == 1) ? firstCodes : nil
  }

  private static func reversed(_ code: Int, bits: Int) -> Int {
    var (code, reversed) = (code, 0)
    for _ in 0..<bits {
      reversed = reversed << 1 | code & 1
      code >>= 1
    }
    return reversed
  }
}
