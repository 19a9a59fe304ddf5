/// The members of a gzip file, one after the other.
struct GzipReader {
  typealias Failure = InflateDecoder.Failure

  private let bytes: UnsafePointer<UInt8>
  private let count: Int
  private let decoder: InflateDecoder

  /// Bits of the flags in a member's header.
  private enum Flag {
    static let headerChecksum: UInt8 = 2
    static let extra: UInt8 = 4
    static let name: UInt8 = 8
    static let comment: UInt8 = 16
    static let reserved: UInt8 = 0xE0
  }

  /// The bytes are followed by `FileBytes.padding` readable bytes; `bound` is the most that they may
  /// expand to.
  init(_ bytes: UnsafePointer<UInt8>, count: Int, bound: Int) {
    self.bytes = bytes
    self.count = count
    // The last member's size stands at the end; it is right for nearly all files.
    let size = count >= 18 ? Int(Self.number(bytes + (count - 4))) : 0
    let expected = min(max(size, count), max(count, 1 << 16) * 16)
    decoder = InflateDecoder(bytes, count: count, at: 0, expectedCount: expected, bound: bound)
  }

  /// Decodes all members; the caller frees the memory.
  mutating func readMembers() throws(Failure) -> (memory: UnsafeMutablePointer<UInt8>, count: Int) {
    repeat {
      try readHeader()
      let start = decoder.outputCount
      try decoder.decodeStream()
      try checkTrailer(start)
    } while try hasNext()
    return decoder.takeOutput()
  }

  private func readHeader() throws(Failure) {
    let start = decoder.at
    guard count - start >= 10 else { throw .truncated }
    guard bytes[start] == 0x1F, bytes[start + 1] == 0x8B, bytes[start + 2] == 8 else {
      throw .malformed("it is not compressed by deflate")
    }
    let flags = bytes[start + 3]
    guard flags & Flag.reserved == 0 else { throw .malformed("its header has unknown flags") }
    var at = start + 10
    if flags & Flag.extra != 0 {
      guard count - at >= 2 else { throw .truncated }
      at += 2 + Int(bytes[at]) + Int(bytes[at + 1]) << 8
    }
    if flags & Flag.name != 0 { try skipText(&at) }
    if flags & Flag.comment != 0 { try skipText(&at) }
    if flags & Flag.headerChecksum != 0 {
      guard count - at >= 2 else { throw .truncated }
      let checksum = CRC32.checksum(bytes + start, count: at - start) & 0xFFFF
      guard checksum == UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 else {
        throw .malformed("the checksum of its header is wrong")
      }
      at += 2
    }
    guard at <= count else { throw .truncated }
    decoder.at = at
  }

  private func skipText(_ at: inout Int) throws(Failure) {
    while at < count && bytes[at] != 0 { at += 1 }
    guard at < count else { throw .truncated }
    at += 1
  }

  /// `<trailer> ::= <checksum> <size modulo 2³²>` of the output since `start`.
  private func checkTrailer(_ start: Int) throws(Failure) {
    guard count - decoder.at >= 8 else { throw .truncated }
    let size = decoder.outputCount - start
    let checksum = CRC32.checksum(decoder.output + start, count: size)
    guard Self.number(bytes + decoder.at) == checksum else {
      throw .malformed("its checksum is wrong")
    }
    guard Self.number(bytes + (decoder.at + 4)) == UInt32(truncatingIfNeeded: size) else {
      throw .malformed("its size is wrong")
    }
    decoder.at += 8
  }

  /// True when another member follows; zero bytes behind the last are padding.
  private func hasNext() throws(Failure) -> Bool {
    var at = decoder.at
    if at < count && bytes[at] == 0x1F { return true }
    while at < count && bytes[at] == 0 { at += 1 }
    guard at == count else { throw .malformed("something else stands behind it") }
    return false
  }

  private static func number(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
    UInt32(
      littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
  }
}
