// The inner nodes of a `PageDirectory`. They hold references of any class: one kind of node serves the
// pages of all structures, and no type is looked up while nodes are made and released.

/// 64 pages of a directory as eight chunks, and their addresses unless the type is flat, in one piece of
/// memory: 8 references, then 64 addresses.
///
/// Written only while uniquely referenced.
final class PageGroup: ManagedBuffer<Void, UInt> {
  static let pages = 64
  private static let chunkCount = 8

  /// A group without pages; `absent` is the address that all of them have, nil for a flat type.
  static func make(absent: UnsafeRawPointer?) -> PageGroup {
    let group = make(hasAddresses: absent != nil)
    for i in 0..<chunkCount { (group.chunks + i).initialize(to: nil) }
    if let absent { group.addresses.initialize(repeating: absent, count: pages) }
    return group
  }

  static func make(copying other: PageGroup, hasAddresses: Bool) -> PageGroup {
    let group = make(hasAddresses: hasAddresses)
    for i in 0..<chunkCount { (group.chunks + i).initialize(to: other.chunks[i]) }
    if hasAddresses { group.addresses.initialize(from: other.addresses, count: pages) }
    return group
  }

  private static func make(hasAddresses: Bool) -> PageGroup {
    let words = hasAddresses ? chunkCount + pages : chunkCount
    return unsafeDowncast(create(minimumCapacity: words) { _ in () }, to: PageGroup.self)
  }

  var chunks: UnsafeMutablePointer<PageChunk?> {
    @inline(__always) get {
      UnsafeMutableRawPointer(withUnsafeMutablePointerToElements { $0 })
        .assumingMemoryBound(to: PageChunk?.self)
    }
  }

  var addresses: UnsafeMutablePointer<UnsafeRawPointer> {
    @inline(__always) get {
      UnsafeMutableRawPointer(chunks + Self.chunkCount)
        .assumingMemoryBound(to: UnsafeRawPointer.self)
    }
  }

  deinit {
    for i in 0..<Self.chunkCount { (chunks + i).deinitialize(count: 1) }
  }
}

/// Eight pages, the unit that a writer copies on its way to a page. Written only while uniquely
/// referenced.
final class PageChunk: ManagedBuffer<Void, AnyObject?> {
  private static let pages = 8

  // Loops of their own: initialising and deinitialising runs of references is slower.

  static func make(copying other: PageChunk?) -> PageChunk {
    let chunk = unsafeDowncast(create(minimumCapacity: pages) { _ in () }, to: PageChunk.self)
    for i in 0..<pages { (chunk.slots + i).initialize(to: other?.slots[i]) }
    return chunk
  }

  /// The places of pages, all of one type.
  @inline(__always)
  func slots<Stored: StoredPage>(of type: Stored.Type) -> UnsafeMutablePointer<Stored?> {
    UnsafeMutableRawPointer(slots).assumingMemoryBound(to: Stored?.self)
  }

  private var slots: UnsafeMutablePointer<AnyObject?> {
    @inline(__always) get { withUnsafeMutablePointerToElements { $0 } }
  }

  deinit {
    for i in 0..<Self.pages { (slots + i).deinitialize(count: 1) }
  }
}
