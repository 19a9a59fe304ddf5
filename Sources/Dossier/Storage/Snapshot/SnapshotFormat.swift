import DossierSyntax

/// The fixed parts of a snapshot file.
///
///     header     64 bytes   magic (12), byte order mark, version, rows of a page
///     blocks                pages and strings, each at a multiple of 64 bytes
///     directory             counts, names, and where each block is, with its checksum
///     trailer    64 bytes   magic (8), length of the file, directory, checksum
enum SnapshotFormat {
  /// The version that is written, and the only one that is read.
  static let version: UInt32 = 1
  /// Not UTF-8, and damaged by whoever translates line ends.
  static let magic: [UInt8] = [0x89] + Array("DOSSIER\r\n\u{1A}\n".utf8)
  static let trailerMagic: [UInt8] = Array("DOSSEND\n".utf8)
  static let byteOrderMark: UInt32 = 0x0102_0304
  /// Blocks begin at multiples of so many bytes and are as long.
  static let alignment = 64
  static let headerBytes = 64
  static let trailerBytes = 64
  /// Strings that share a checksum.
  static let stringsPerChunk = 8_192
  /// Bytes of one entry of the dictionary of strings.
  static let entryBytes = 24
  /// Words of the dictionary's hash table that share a checksum.
  static let slotsPerChunk = 1 << 15

  static let byteOrderOffset = 12
  static let versionOffset = 16
  static let pageRowsOffset = 20

  /// The next multiple of `alignment`.
  static func aligned(_ bytes: Int) -> Int { (bytes + alignment - 1) & ~(alignment - 1) }

  /// The length of the hash table for a number of strings: at most half of it is used.
  static func slotCount(strings: Int) -> Int {
    var count = 128
    while strings * 2 > count - 1 { count *= 2 }
    return count
  }

  /// The first 64 bytes of every snapshot.
  static var header: [UInt8] {
    var bytes = magic
    append(byteOrderMark, to: &bytes)
    append(version, to: &bytes)
    append(UInt32(Page.rows), to: &bytes)
    return bytes + [UInt8](repeating: 0, count: headerBytes - bytes.count)
  }

  private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }
}

/// A piece of a snapshot file: where it is, in bytes, and its checksum.
struct SnapshotBlock: Equatable {
  var offset: Int
  var length: Int
  var checksum: UInt64

  var end: Int { offset + length }
}

/// A block that is a page of a directory.
struct SnapshotPage {
  /// The place in the page directory.
  var index: Int
  var block: SnapshotBlock
}

/// The checksum of blocks: 64 bits, for damage, not against forgers.
enum SnapshotChecksum {
  /// The checksum of `count` bytes, a multiple of 64. Four independent chains of folded products.
  static func of(_ start: UnsafeRawPointer, count: Int) -> UInt64 {
    var (a, b): (UInt64, UInt64) = (0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db)
    var (c, d): (UInt64, UInt64) = (0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3)
    var offset = 0
    while offset < count {
      let words = (start + offset).assumingMemoryBound(to: UInt64.self)
      a = foldedProduct(words[0] ^ 0x9e37_79b9_7f4a_7c15, words[1] ^ a)
      b = foldedProduct(words[2] ^ 0xbf58_476d_1ce4_e5b9, words[3] ^ b)
      c = foldedProduct(words[4] ^ 0x94d0_49bb_1331_11eb, words[5] ^ c)
      d = foldedProduct(words[6] ^ 0xd6e8_feb8_6659_fd93, words[7] ^ d)
      offset &+= 64
    }
    let length = UInt64(truncatingIfNeeded: count) ^ 0xa076_1d64_78bd_642f
    return foldedProduct(
      foldedProduct(a ^ length, b ^ 0xe703_7ed1_a0b4_28db),
      foldedProduct(c ^ 0x8ebc_6af0_9c88_c6e3, d ^ length))
  }
}
