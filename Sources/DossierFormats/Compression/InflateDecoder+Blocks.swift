/// The blocks of a deflate stream.
extension InflateDecoder {
  // MARK: Stored blocks

  /// `<stored block> ::= <length> <complement of the length> <bytes>`
  func decodeStored() throws(Failure) {
    try alignToByte()
    guard at + 4 <= inputCount else { throw .truncated }
    let length = Int(input[at]) | Int(input[at + 1]) << 8
    let complement = Int(input[at + 2]) | Int(input[at + 3]) << 8
    guard length == complement ^ 0xFFFF else {
      throw .malformed("the length of a stored block is wrong")
    }
    at += 4
    guard length <= inputCount - at else { throw .truncated }
    try reserve(length)
    (output + outputCount).update(from: input + at, count: length)
    outputCount += length
    at += length
  }

  // MARK: Codes

  /// Entries of the literals, the end of the block and the lengths, without their bits.
  private static let literalPayloads: [UInt32] = {
    var payloads = (0..<256).map { UInt32($0) << 16 | HuffmanTable.literal }
    payloads.append(HuffmanTable.end)
    var base: UInt32 = 3
    for index in 0..<28 {
      let extra: UInt32 = index < 8 ? 0 : UInt32(index) / 4 - 1
      payloads.append(base << 16 | extra << 8)
      base += 1 << extra
    }
    return payloads + [258 << 16]
  }()

  private static let distancePayloads: [UInt32] = {
    var payloads: [UInt32] = []
    var base: UInt32 = 1
    for index in 0..<30 {
      let extra: UInt32 = index < 4 ? 0 : UInt32(index) / 2 - 1
      payloads.append(base << 16 | extra << 8)
      base += 1 << extra
    }
    return payloads
  }()

  private static let codeLengthPayloads: [UInt32] = (0..<19).map {
    UInt32($0) << 16 | HuffmanTable.literal
  }

  /// The order in which the lengths of the code of code lengths are written.
  private static let codeLengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  func setFixedCodes() throws(Failure) {
    if hasFixedCodes { return }
    var lengths = [UInt8](repeating: 8, count: 288)
    for symbol in 144..<256 { lengths[symbol] = 9 }
    for symbol in 256..<280 { lengths[symbol] = 7 }
    try build(lengths[...], [UInt8](repeating: 5, count: 32)[...])
    hasFixedCodes = true
  }

  /// Reads the codes of a block with codes of its own.
  func readCodes() throws(Failure) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let codeLengthCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else {
      throw malformed("a block has too many codes", at, bitCount)
    }
    var lengths = [UInt8](repeating: 0, count: 19)
    for symbol in Self.codeLengthOrder.prefix(codeLengthCount) {
      lengths[symbol] = UInt8(try take(3))
    }
    guard codeLengths.build(lengths[...], Self.codeLengthPayloads) else {
      throw malformed("the codes of a block are wrong", at, bitCount)
    }
    let all = try readLengths(literalCount + distanceCount)
    guard all[256] != 0 else { throw malformed("a block has no code for its end", at, bitCount) }
    try build(all[..<literalCount], all[literalCount...])
  }

  private func build(
    _ literalLengths: ArraySlice<UInt8>, _ distanceLengths: ArraySlice<UInt8>
  ) throws(Failure) {
    hasFixedCodes = false
    guard literals.build(literalLengths, Self.literalPayloads),
      distances.build(distanceLengths, Self.distancePayloads)
    else { throw malformed("the codes of a block are wrong", at, bitCount) }
  }

  /// Reads run-length encoded code lengths.
  private func readLengths(_ count: Int) throws(Failure) -> [UInt8] {
    var lengths: [UInt8] = []
    lengths.reserveCapacity(count)
    while lengths.count < count {
      if bitCount < 14 { try refill() }
      let entry = codeLengths.entries[Int(bits & 0x7F)]
      guard entry != 0 else { throw malformed("a code stands for nothing", at, bitCount) }
      drop(Int(entry & 0xFF))
      let symbol = UInt8(truncatingIfNeeded: entry >> 16)
      guard symbol >= 16 else {
        lengths.append(symbol)
        continue
      }
      var repeated: UInt8 = 0
      if symbol == 16 {
        guard let last = lengths.last else {
          throw malformed("a code length repeats none", at, bitCount)
        }
        repeated = last
      }
      let times = try symbol == 16 ? take(2) + 3 : symbol == 17 ? take(3) + 3 : take(7) + 11
      guard lengths.count + times <= count else {
        throw malformed("a block has too many codes", at, bitCount)
      }
      lengths.append(contentsOf: repeatElement(repeated, count: times))
    }
    return lengths
  }

  // MARK: Coded blocks

  /// Decodes literals and copies up to the end of the block. `start` is where the stream's output
  /// begins: copies reach back to there.
  func decodeBlock(from start: Int) throws(Failure) {
    let literals = literals.entries
    let distances = distances.entries
    let raw = UnsafeRawPointer(input)
    var (bits, bitCount, at) = (bits, bitCount, at)
    var out = output + outputCount
    // From here three literals and the longest copy fit without another look.
    var limit = output + (capacity - Self.slack + 16)
    while true {
      if out > limit || at > inputCount + 24 {
        guard at <= inputCount + 24 else { throw .truncated }
        outputCount = out - output
        try reserve(1)
        out = output + outputCount
        limit = output + (capacity - Self.slack + 16)
      }
      bits |=
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        &<< UInt64(truncatingIfNeeded: bitCount)
      at &+= (63 &- bitCount) >> 3
      bitCount |= 56
      var entry = literals[Int(bits & 0x7FF)]
      var count = 0
      while entry & HuffmanTable.literal != 0 {
        out.pointee = UInt8(truncatingIfNeeded: entry >> 16)
        out += 1
        bits &>>= UInt64(entry & 0xF)
        bitCount &-= Int(entry & 0xFF)
        count &+= 1
        if count == 3 { break }
        entry = literals[Int(bits & 0x7FF)]
      }
      if count == 3 { continue }
      if count > 0 {
        bits |=
          UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
          &<< UInt64(truncatingIfNeeded: bitCount)
        at &+= (63 &- bitCount) >> 3
        bitCount |= 56
      }
      if entry & HuffmanTable.subtable != 0 {
        entry = Self.next(literals, entry, &bits, &bitCount)
        if entry & HuffmanTable.literal != 0 {
          out.pointee = UInt8(truncatingIfNeeded: entry >> 16)
          out += 1
          bits &>>= UInt64(entry & 0xF)
          bitCount &-= Int(entry & 0xFF)
          continue
        }
      }
      guard entry != 0 else { throw malformed("a code stands for nothing", at, bitCount) }
      if entry & HuffmanTable.end != 0 {
        bits &>>= UInt64(entry & 0xF)
        bitCount &-= Int(entry & 0xFF)
        break
      }
      let length = Self.number(entry, &bits, &bitCount)
      entry = distances[Int(bits & 0xFF)]
      if entry & HuffmanTable.subtable != 0 {
        entry = Self.next(distances, entry, &bits, &bitCount)
      }
      guard entry != 0 else { throw malformed("a code stands for nothing", at, bitCount) }
      let distance = Self.number(entry, &bits, &bitCount)
      guard distance <= out - output - start else {
        throw malformed("a copy reaches back behind the beginning", at, bitCount)
      }
      Self.copy(to: out, distance: distance, count: length)
      out += length
    }
    outputCount = out - output
    (self.bits, self.bitCount, self.at) = (bits, bitCount, at)
  }

  /// The entry of a subtable for the bits behind the root.
  @inline(__always) private static func next(
    _ entries: UnsafeMutablePointer<UInt32>, _ entry: UInt32, _ bits: inout UInt64,
    _ bitCount: inout Int
  ) -> UInt32 {
    bits &>>= UInt64(entry & 0xF)
    bitCount &-= Int(entry & 0xFF)
    let mask = (UInt64(1) &<< UInt64(entry >> 8 & 0x1F)) &- 1
    return entries[Int(entry >> 16) &+ Int(bits & mask)]
  }

  /// The base of an entry and its extra bits; both and the code are taken.
  @inline(__always) private static func number(
    _ entry: UInt32, _ bits: inout UInt64, _ bitCount: inout Int
  ) -> Int {
    bits &>>= UInt64(entry & 0xF)
    let extra = UInt64(entry >> 8 & 0x1F)
    let value = Int(entry >> 16) &+ Int(bits & ((UInt64(1) &<< extra) &- 1))
    bits &>>= extra
    bitCount &-= Int(entry & 0xFF) &+ Int(extra)
    return value
  }

  /// Copies bytes that were written before; where source and target overlap, the source repeats. Up
  /// to 15 bytes behind the target may be touched.
  @inline(__always) private static func copy(
    to target: UnsafeMutablePointer<UInt8>, distance: Int, count: Int
  ) {
    let target = UnsafeMutableRawPointer(target)
    let source = UnsafeRawPointer(target) - distance
    var index = 0
    if distance >= 8 {
      repeat {
        let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        target.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
        index &+= 8
      } while index < count
    } else if distance == 1 {
      let word = UInt64(source.load(as: UInt8.self)) &* 0x0101_0101_0101_0101
      repeat {
        target.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
        index &+= 8
      } while index < count
    } else {
      repeat {
        target.storeBytes(
          of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index,
          as: UInt8.self)
        index &+= 1
      } while index < count
    }
  }
}
