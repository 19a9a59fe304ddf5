/// Where a snapshot is written: block by block, each put together in memory first.
struct SnapshotOutput {
  private let write: (UnsafeRawBufferPointer) -> Void
  /// Bytes written so far.
  private(set) var position = 0

  init(_ write: @escaping (UnsafeRawBufferPointer) -> Void) { self.write = write }

  /// Writes bytes that are no block.
  mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0) }
    position += bytes.count
  }

  /// Writes a block of `bytes` bytes, filled up with zeros to a multiple of 64. `fill` gets zeroed
  /// memory.
  mutating func block(
    bytes: Int, _ fill: (UnsafeMutableRawPointer) -> Void
  ) -> SnapshotBlock {
    let length = SnapshotFormat.aligned(bytes)
    return withUnsafeTemporaryAllocation(
      byteCount: max(length, 8), alignment: SnapshotFormat.alignment
    ) { memory in
      guard let base = memory.baseAddress else {
        return SnapshotBlock(offset: position, length: 0, checksum: 0)
      }
      base.initializeMemory(as: UInt8.self, repeating: 0, count: length)
      fill(base)
      let block = SnapshotBlock(
        offset: position, length: length,
        checksum: SnapshotChecksum.of(base, count: length))
      write(UnsafeRawBufferPointer(start: base, count: length))
      position += length
      return block
    }
  }
}
