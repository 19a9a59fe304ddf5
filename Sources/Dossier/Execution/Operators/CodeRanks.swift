import DossierSyntax

/// The codes of the nodes of one list in order: how many are below a code is read off, not counted.
///
/// Laying it out costs as much as counting a few times; it pays where many rows ask about one list.
final class CodeRanks {
  /// For codes of one byte: how many are below each of them, and below 256.
  private let below = UnsafeMutablePointer<UInt32>.allocate(capacity: 257)
  /// Else the codes, ascending.
  private let sorted = IDBuffer(capacity: 64)
  private var isNarrow = true
  private var count = 0

  deinit { below.deallocate() }

  /// How many times a list of `n` nodes must be asked about for it to be laid out.
  static func worthwhileRows(_ n: Int, isNarrow: Bool) -> Int {
    if isNarrow { return 2 + 768 / max(n, 1) }
    return 16 * (Int.bitWidth - n.leadingZeroBitCount)
  }

  /// Lays out nodes by codes of one byte.
  func set(_ nodes: UnsafePointer<UInt32>, _ n: Int, _ codes: UnsafePointer<UInt8>) {
    isNarrow = true
    count = n
    let below = below
    below.update(repeating: 0, count: 257)
    for i in 0..<n { below[Int(codes[Int(nodes[i])]) &+ 1] &+= 1 }
    var sum: UInt32 = 0
    for code in 0..<257 {
      sum &+= below[code]
      below[code] = sum
    }
  }

  /// Lays out nodes by codes of four bytes.
  func set(_ nodes: UnsafePointer<UInt32>, _ n: Int, _ codes: UnsafePointer<UInt32>) {
    isNarrow = false
    count = n
    sorted.removeAll()
    sorted.reserve(n)
    for i in 0..<n { sorted.base[i] = codes[Int(nodes[i])] }
    sorted.extend(by: n)
    var all = UnsafeMutableBufferPointer(start: sorted.base, count: n)
    all.sort()
  }

  /// How many of the nodes have a lower code.
  @inline(__always)
  func count(below code: UInt32) -> Int {
    if isNarrow { return Int(below[Int(min(code, 256))]) }
    return lowerBound(sorted.base, count, code)
  }

  /// How many of the nodes have a higher code.
  @inline(__always)
  func count(above code: UInt32) -> Int {
    code == .max ? 0 : count &- count(below: code &+ 1)
  }
}
