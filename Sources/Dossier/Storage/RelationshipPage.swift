/// Which of 2,048 relationships exist, with their types and ends.
///
///     in one piece                               with a bitmap of its own
///     0       existence bitmap      256 bytes    address - 1 ─► existence bitmap
///     256     types       2,048 × UInt32                        address of the types
///     8448    start nodes 2,048 × UInt32
///     16640   end nodes   2,048 × UInt32
///
/// The lowest bit of the address tells which. A version that only adds relationships has a bitmap of
/// its own and shares the rest (`PageBlock`). Type and ends of a deleted relationship stay readable.
final class RelationshipPage: GroupedPage, @unchecked Sendable {
  private static let columnBytes = Page.rows * 4
  static let bytes = Page.bitmapBytes + 3 * columnBytes

  private var block: PageBlock
  /// nil where the bitmap is that of the block.
  private var head: UnsafeMutableRawPointer?

  init() {
    block = PageBlock(bytes: Self.bytes)
  }

  /// A page in memory that `owner` keeps alive and that is never written.
  init(borrowing address: UnsafeMutableRawPointer, owner: AnyObject) {
    block = PageBlock(borrowing: address, owner: owner)
  }

  init(copying other: RelationshipPage) {
    block = other.block
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Page.bitmapBytes + 16, alignment: 16)
    memory.copyMemory(from: other.existence, byteCount: Page.bitmapBytes)
    memory.storeBytes(
      of: UnsafeRawPointer(block.base + Page.bitmapBytes), toByteOffset: Page.bitmapBytes,
      as: UnsafeRawPointer.self)
    head = memory
  }

  deinit {
    head?.deallocate()
  }

  var address: UnsafeRawPointer { UnsafeRawPointer(head.map { $0 + 1 } ?? block.base) }
  var isBorrowed: Bool { head == nil && block.isBorrowed }

  nonisolated(unsafe) static let absentAddress: UnsafeRawPointer = {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return UnsafeRawPointer(memory)
  }()

  // MARK: Reading memory

  @inline(__always)
  static func existence(at address: UnsafeRawPointer) -> UnsafePointer<UInt64> {
    Page.head(at: address).assumingMemoryBound(to: UInt64.self)
  }
  @inline(__always)
  static func types(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    columns(at: address)
  }
  @inline(__always)
  static func starts(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    columns(at: address) + Page.rows
  }
  @inline(__always)
  static func ends(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    columns(at: address) + 2 * Page.rows
  }

  @inline(__always)
  private static func columns(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    Page.values(at: address, behind: Page.bitmapBytes).assumingMemoryBound(to: UInt32.self)
  }

  /// Writes the first `count` rows of the page at `source` in one piece to `bytes` bytes of zeros.
  static func copy(
    _ source: UnsafeRawPointer, count: Int, to target: UnsafeMutableRawPointer
  ) {
    target.copyMemory(from: existence(at: source), byteCount: Page.bitmapBytes)
    for (place, column) in [types(at: source), starts(at: source), ends(at: source)].enumerated() {
      (target + Page.bitmapBytes + place * columnBytes).copyMemory(
        from: column, byteCount: count * 4)
    }
  }

  // MARK: Writing; the page is uniquely referenced, and refreshed in its directory afterwards

  /// May be written as it is.
  var existence: UnsafeMutablePointer<UInt64> {
    (head ?? block.base).assumingMemoryBound(to: UInt64.self)
  }

  private var columns: UnsafeMutablePointer<UInt32> {
    (block.base + Page.bitmapBytes).assumingMemoryBound(to: UInt32.self)
  }

  /// Stores new relationships of a type; `starts` and `ends` have `count` entries.
  @inline(__always)
  func store(
    _ type: UInt32, _ starts: UnsafePointer<UInt32>, _ ends: UnsafePointer<UInt32>, at first: Int,
    count: Int
  ) {
    own(first, count)
    (columns + first).update(repeating: type, count: count)
    (columns + Page.rows + first).update(from: starts, count: count)
    (columns + 2 * Page.rows + first).update(from: ends, count: count)
    Bitmap.insertRun(existence, first: first, count: count)
  }

  /// Makes places writable: by claiming them, or else by copying the block.
  private func own(_ first: Int, _ count: Int) {
    if !block.isBorrowed, isKnownUniquelyReferenced(&block) {
      return block.use(below: first + count)
    }
    if block.claim(first, count) { return }
    let copy = PageBlock(uninitialised: Self.bytes, used: first + count)
    copy.base.copyMemory(from: existence, byteCount: Page.bitmapBytes)
    (copy.base + Page.bitmapBytes).copyMemory(
      from: columns, byteCount: Self.bytes - Page.bitmapBytes)
    block = copy
    head?.deallocate()
    head = nil
  }
}
