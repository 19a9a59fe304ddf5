/// Memory for bytes that stand nowhere in a file as they are: strings with escapes, made-up names.
///
/// Entries never move and live as long as the pool.
final class BytePool {
  private static let chunkBytes = 1 << 16

  private var chunks: [UnsafeMutablePointer<UInt8>] = []
  private var cursor: UnsafeMutablePointer<UInt8>?
  private var left = 0
  /// The type of the relationship from a pattern to its member.
  private(set) lazy var memberType = add("member".utf8)

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// A copy of `bytes`.
  func add(_ bytes: some Collection<UInt8>) -> ByteString {
    let count = bytes.count
    guard count <= left, let start = cursor else {
      let size = max(count, Self.chunkBytes)
      let chunk = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
      chunks.append(chunk)
      cursor = chunk
      left = size
      return add(bytes)
    }
    _ = UnsafeMutableBufferPointer(start: start, count: count).initialize(from: bytes)
    cursor = start + count
    left -= count
    return ByteString(start: start, count: count)
  }
}
