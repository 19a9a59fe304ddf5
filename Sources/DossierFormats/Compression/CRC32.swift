/// The checksum of gzip: CRC-32 with the reflected polynomial 0xEDB88320.
enum CRC32 {
  /// Eight tables of 256 entries: table `n` steps over a byte that `n` more bytes follow.
  private nonisolated(unsafe) static let tables: UnsafePointer<UInt32> = {
    let tables = UnsafeMutablePointer<UInt32>.allocate(capacity: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
      tables[byte] = value
    }
    for index in 256..<(8 * 256) {
      let previous = tables[index - 256]
      tables[index] = previous >> 8 ^ tables[Int(previous & 0xFF)]
    }
    return UnsafePointer(tables)
  }()

  /// The checksum of `count` bytes. O(count), eight bytes per step.
  static func checksum(_ start: UnsafePointer<UInt8>, count: Int) -> UInt32 {
    let tables = tables
    let raw = UnsafeRawPointer(start)
    var checksum = UInt32.max
    var index = 0
    while index + 8 <= count {
      let word =
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        ^ UInt64(checksum)
      var next = tables[7 * 256 + Int(word & 0xFF)]
      next ^= tables[6 * 256 + Int(word >> 8 & 0xFF)]
      next ^= tables[5 * 256 + Int(word >> 16 & 0xFF)]
      next ^= tables[4 * 256 + Int(word >> 24 & 0xFF)]
      next ^= tables[3 * 256 + Int(word >> 32 & 0xFF)]
      next ^= tables[2 * 256 + Int(word >> 40 & 0xFF)]
      next ^= tables[256 + Int(word >> 48 & 0xFF)]
      next ^= tables[Int(word >> 56)]
      checksum = next
      index += 8
    }
    while index < count {
      checksum = checksum >> 8 ^ tables[Int((checksum ^ UInt32(start[index])) & 0xFF)]
      index += 1
    }
    return ~checksum
  }
}
