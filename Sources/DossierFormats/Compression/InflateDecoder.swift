/// A decoder of deflate streams (RFC 1951) from memory to memory.
///
/// `InflateDecoder+Blocks.swift` decodes the blocks. The input is followed by at least 64 bytes that
/// may be read, of any value; the decoder looks that far ahead and tells afterwards.
final class InflateDecoder {
  /// Why a stream can't be decoded.
  enum Failure: Error, Equatable {
    /// The input ends within the stream.
    case truncated
    /// The input is no deflate stream; what is wrong with it.
    case malformed(StaticString)
    /// The output is larger than the bound.
    case tooLarge

    static func == (a: Failure, b: Failure) -> Bool {
      switch (a, b) {
      case (.truncated, .truncated), (.malformed, .malformed), (.tooLarge, .tooLarge): true
      default: false
      }
    }
  }

  /// Bytes of memory behind the output: for the longest copy, for what it touches behind its end, and
  /// for `FileBytes.padding`.
  static let slack = 400

  let input: UnsafePointer<UInt8>
  let inputCount: Int
  /// The offset of the next byte of input, and the bits that were taken before it.
  var at = 0
  var bits: UInt64 = 0
  var bitCount = 0

  /// The output of all streams so far.
  private(set) var output: UnsafeMutablePointer<UInt8>
  var outputCount = 0
  private(set) var capacity: Int
  /// The most bytes of output.
  private let bound: Int
  private var isTaken = false

  let literals = HuffmanTable(rootBits: 11)
  let distances = HuffmanTable(rootBits: 8)
  let codeLengths = HuffmanTable(rootBits: 7)
  /// True while the tables hold the fixed codes.
  var hasFixedCodes = false

  /// `expectedCount` is a guess at the size of the output.
  init(
    _ input: UnsafePointer<UInt8>, count: Int, at offset: Int, expectedCount: Int, bound: Int
  ) {
    self.input = input
    inputCount = count
    at = offset
    self.bound = bound
    capacity = min(max(expectedCount, 0), bound) + Self.slack
    output = .allocate(capacity: capacity)
  }

  deinit {
    literals.free()
    distances.free()
    codeLengths.free()
    if !isTaken { output.deallocate() }
  }

  /// Hands the output to the caller, who frees it.
  func takeOutput() -> (memory: UnsafeMutablePointer<UInt8>, count: Int) {
    isTaken = true
    return (output, outputCount)
  }

  /// Makes room for `count` more bytes and the slack. Errors: `tooLarge`.
  func reserve(_ count: Int) throws(Failure) {
    let needed = outputCount + count
    if needed + Self.slack <= capacity { return }
    guard needed <= bound else { throw .tooLarge }
    let newCapacity = min(max(needed, capacity * 2), bound) + Self.slack
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity)
    larger.update(from: output, count: outputCount)
    output.deallocate()
    output = larger
    capacity = newCapacity
  }

  /// Decodes one stream to its end; `at` is then the offset behind it. Errors: `Failure`.
  func decodeStream() throws(Failure) {
    bits = 0
    bitCount = 0
    let start = outputCount
    var isLast = false
    while !isLast {
      isLast = try take(3, thenDrop: 1) == 1
      let kind = bits & 3
      drop(2)
      switch kind {
      case 0: try decodeStored()
      case 1:
        try setFixedCodes()
        try decodeBlock(from: start)
      case 2:
        try readCodes()
        try decodeBlock(from: start)
      default: throw .malformed("a block is of no known kind")
      }
    }
    try alignToByte()
  }

  /// The failure of bits that mean nothing: where they stand behind the end, the input is too short.
  func malformed(_ what: StaticString, _ at: Int, _ bitCount: Int) -> Failure {
    at - bitCount >> 3 > inputCount ? .truncated : .malformed(what)
  }

  // MARK: Bits

  /// Fills the bits up to 56 or more; bits behind the end are arbitrary.
  func refill() throws(Failure) {
    guard at <= inputCount + 32 else { throw .truncated }
    let word = UnsafeRawPointer(input).loadUnaligned(fromByteOffset: at, as: UInt64.self)
    bits |= UInt64(littleEndian: word) << UInt64(bitCount)
    at += (63 - bitCount) >> 3
    bitCount |= 56
  }

  func drop(_ count: Int) {
    bits >>= UInt64(count)
    bitCount -= count
  }

  /// Makes sure of `count` bits and gives back the first `dropped` of them, which are dropped.
  private func take(_ count: Int, thenDrop dropped: Int) throws(Failure) -> UInt64 {
    if bitCount < count { try refill() }
    let value = bits & (1 << UInt64(dropped) - 1)
    drop(dropped)
    return value
  }

  /// The next bits as a number, at most 32. Errors: `truncated`.
  func take(_ count: Int) throws(Failure) -> Int {
    Int(try take(count, thenDrop: count))
  }

  /// Drops the rest of a byte that was begun and gives back bytes that were taken too early.
  func alignToByte() throws(Failure) {
    at -= bitCount >> 3
    bits = 0
    bitCount = 0
    guard at <= inputCount else { throw .truncated }
  }
}
