/// Which of 2,048 relationships exist, with their types and ends.
///
///     0       existence bitmap                 256 bytes
///     256     types       2,048 × UInt32
///     8448    start nodes 2,048 × UInt32
///     16640   end nodes   2,048 × UInt32
///
/// Type and ends of a deleted relationship stay readable.
final class RelationshipPage: StoredPage, @unchecked Sendable {
  private static let columnBytes = Page.rows * 4
  static let bytes = Page.bitmapBytes + 3 * columnBytes

  private let base: UnsafeMutableRawPointer
  /// Whoever owns the memory of a borrowed page.
  private let owner: AnyObject?

  init() {
    base = Self.allocate()
    owner = nil
  }

  /// A page in memory that `owner` keeps alive and that is never written.
  init(borrowing address: UnsafeMutableRawPointer, owner: AnyObject) {
    base = address
    self.owner = owner
  }

  init(copying other: RelationshipPage) {
    owner = nil
    base = .allocate(byteCount: Self.bytes, alignment: 16)
    base.copyMemory(from: other.base, byteCount: Self.bytes)
  }

  deinit {
    if owner == nil { base.deallocate() }
  }

  private static func allocate() -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return memory
  }

  var address: UnsafeRawPointer { UnsafeRawPointer(base) }
  var isBorrowed: Bool { owner != nil }

  nonisolated(unsafe) static let absentAddress = UnsafeRawPointer(allocate())

  // MARK: Reading memory

  @inline(__always)
  static func existence(at address: UnsafeRawPointer) -> UnsafePointer<UInt64> {
    address.assumingMemoryBound(to: UInt64.self)
  }
  @inline(__always)
  static func types(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    (address + Page.bitmapBytes).assumingMemoryBound(to: UInt32.self)
  }
  @inline(__always)
  static func starts(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    (address + Page.bitmapBytes + columnBytes).assumingMemoryBound(to: UInt32.self)
  }
  @inline(__always)
  static func ends(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    (address + Page.bitmapBytes + 2 * columnBytes).assumingMemoryBound(to: UInt32.self)
  }

  // MARK: Writing; the page is uniquely referenced

  var existence: UnsafeMutablePointer<UInt64> {
    UnsafeMutablePointer(mutating: Self.existence(at: address))
  }
  var types: UnsafeMutablePointer<UInt32> {
    UnsafeMutablePointer(mutating: Self.types(at: address))
  }
  var starts: UnsafeMutablePointer<UInt32> {
    UnsafeMutablePointer(mutating: Self.starts(at: address))
  }
  var ends: UnsafeMutablePointer<UInt32> { UnsafeMutablePointer(mutating: Self.ends(at: address)) }
}
