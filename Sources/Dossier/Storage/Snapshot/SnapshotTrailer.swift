/// The last 64 bytes of a snapshot.
///
///     0   magic                        8 bytes
///     8   length of the file           UInt64
///     16  directory: offset, length in bytes, checksum, words   4 × UInt64
///     48  zero
///     56  checksum of the header and of the 56 bytes before
struct SnapshotTrailer {
  var fileLength: Int
  var directory: SnapshotBlock
  /// Words of the directory without the zeros behind it.
  var directoryWords: Int

  func bytes(header: [UInt8]) -> [UInt8] {
    var bytes = SnapshotFormat.trailerMagic
    let words = [
      UInt64(fileLength), UInt64(directory.offset), UInt64(directory.length), directory.checksum,
      UInt64(directoryWords), 0,
    ]
    for word in words { withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) } }
    let checksum = Self.checksum(header: header, trailer: bytes)
    withUnsafeBytes(of: checksum) { bytes.append(contentsOf: $0) }
    return bytes
  }

  init(fileLength: Int, directory: SnapshotBlock, directoryWords: Int) {
    self.fileLength = fileLength
    self.directory = directory
    self.directoryWords = directoryWords
  }

  /// Reads the end of a file that is long enough to have header and trailer.
  init(of memory: SnapshotMemory) throws(SnapshotDamage) {
    let header = Array(
      UnsafeRawBufferPointer(start: memory.start, count: SnapshotFormat.headerBytes))
    let start = UnsafeRawPointer(memory.start) + (memory.count - SnapshotFormat.trailerBytes)
    let trailer = Array(UnsafeRawBufferPointer(start: start, count: SnapshotFormat.trailerBytes))
    guard trailer.starts(with: SnapshotFormat.trailerMagic) else {
      throw SnapshotDamage("its end is missing")
    }
    func word(_ offset: Int) -> UInt64 {
      trailer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    }
    guard word(56) == Self.checksum(header: header, trailer: Array(trailer.prefix(56))) else {
      throw SnapshotDamage("the checksum of its header and its end is wrong")
    }
    let bodyEnd = memory.count - SnapshotFormat.trailerBytes
    guard word(8) == UInt64(memory.count),
      let offset = Int(exactly: word(16)), let length = Int(exactly: word(24)),
      let words = Int(exactly: word(40)), offset >= SnapshotFormat.headerBytes, offset <= bodyEnd,
      length == bodyEnd - offset, offset % SnapshotFormat.alignment == 0,
      length % SnapshotFormat.alignment == 0, words <= length / 8
    else { throw SnapshotDamage("its length is not what it says") }
    self.init(
      fileLength: memory.count,
      directory: SnapshotBlock(offset: offset, length: length, checksum: word(32)),
      directoryWords: words)
  }

  private static func checksum(header: [UInt8], trailer: [UInt8]) -> UInt64 {
    var bytes = header + trailer
    bytes += [UInt8](repeating: 0, count: 128 - bytes.count)
    return bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { SnapshotChecksum.of($0, count: buffer.count) } ?? 0
    }
  }
}
