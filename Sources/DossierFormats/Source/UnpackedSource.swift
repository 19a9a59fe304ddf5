import Dossier
import DossierSyntax

extension FileAccess {
  /// The files below some folders; those that gzip has packed are read as what is in them.
  ///
  /// Errors: `fileUnreadable` for a path that names no folder.
  public init(unpackingBelow folders: [String]) throws(QueryError) {
    try self.init(folders: folders) { (file) throws(QueryError) in
      let isPacked = file.prefix(2) == [0x1F, 0x8B]
      return isPacked ? try UnpackedSource(file) : file
    }
  }
}

/// The bytes in a packed file, unpacked as a whole.
private final class UnpackedSource: ByteSource {
  private let file: FileBytes
  private var offset = 0

  init(_ file: FileSource) throws(QueryError) {
    var packed: [UInt8] = []
    let size = 1 << 20
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try file.read(into: piece)
      if count == 0 { break }
      packed += piece[..<count]
    }
    self.file = try FileBytes(path: file.name, bytes: packed)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(QueryError) -> Int {
    let count = min(buffer.count, file.count - offset)
    buffer.copyMemory(from: UnsafeRawBufferPointer(start: file.start + offset, count: count))
    offset += count
    return count
  }
}
