/// The pages of one structure: a tree of references for writers, a flat table of addresses for
/// readers.
///
///     chunks     [ • ][ • ][ • ]            addresses  [ a0 ][ a1 ][ a2 ] …
///                  |                                      |
///                32 references ──► page ──► memory ◄──────┘
///
/// A directory is immutable while more than one owner holds it. `writable(_:in:)` is the only way
/// to change one: it copies what is shared (directory, one chunk, one page) and nothing else. A
/// reader that holds the directory therefore sees the same pages for ever.
///
/// `@unchecked Sendable`: memory is written only while uniquely referenced.
final class PageDirectory<Stored: StoredPage>: @unchecked Sendable {
  private var chunks: ContiguousArray<PageChunk<Stored>>
  /// One address a page; absent pages have the type's `absentAddress`.
  private(set) var addresses: UnsafeMutablePointer<UnsafeRawPointer>
  /// How many addresses there are.
  private(set) var pageCount: Int
  private var capacity: Int

  init() {
    chunks = []
    addresses = .allocate(capacity: 4)
    pageCount = 0
    capacity = 4
  }

  private init(copying other: PageDirectory, pageCount newCount: Int) {
    chunks = other.chunks
    capacity = max(newCount + 4, other.pageCount)
    addresses = .allocate(capacity: capacity)
    addresses.initialize(from: other.addresses, count: other.pageCount)
    pageCount = other.pageCount
  }

  deinit {
    addresses.deallocate()
  }

  /// Where readers find a page, which need not exist.
  @inline(__always)
  func address(_ page: Int) -> UnsafeRawPointer {
    page < pageCount ? addresses[page] : Stored.absentAddress
  }

  /// The page itself, nil when absent. For reading, by whoever must see more than its memory.
  func page(_ index: Int) -> Stored? {
    guard index < pageCount else { return nil }
    return chunks[index >> PageChunk<Stored>.shift].slots[index & PageChunk<Stored>.mask]
  }

  /// The page for writing: made if absent, copied if shared. Amortised O(1) when nothing is shared,
  /// else O(pages / 32 + 32 + size of the page).
  ///
  /// The caller says `refresh` when the page's memory moved, and lets go of the page before the
  /// next call.
  static func writable(_ index: Int, in directory: inout PageDirectory) -> Stored {
    if !isKnownUniquelyReferenced(&directory) {
      directory = PageDirectory(
        copying: directory, pageCount: max(index + 1, directory.pageCount))
    }
    return directory.writable(index)
  }

  /// Makes a page absent. The directory is copied if shared.
  static func remove(_ index: Int, in directory: inout PageDirectory) {
    guard index < directory.pageCount else { return }
    _ = writable(index, in: &directory)
    directory.chunks[index >> PageChunk<Stored>.shift].slots[index & PageChunk<Stored>.mask] = nil
    directory.addresses[index] = Stored.absentAddress
  }

  /// Takes over a page that nobody else holds. The directory is copied if shared.
  static func replace(_ index: Int, with page: Stored, in directory: inout PageDirectory) {
    if !isKnownUniquelyReferenced(&directory) {
      directory = PageDirectory(
        copying: directory, pageCount: max(index + 1, directory.pageCount))
    }
    directory.reserve(index)
    directory.makeChunkUnique(index >> PageChunk<Stored>.shift)
    directory.chunks[index >> PageChunk<Stored>.shift].slots[index & PageChunk<Stored>.mask] = page
    directory.addresses[index] = page.address
  }

  /// Notes where the memory of a page is after a write that moved it.
  @inline(__always)
  func refresh(_ index: Int, _ page: Stored) {
    addresses[index] = page.address
  }

  private func writable(_ index: Int) -> Stored {
    reserve(index)
    let chunk = index >> PageChunk<Stored>.shift
    makeChunkUnique(chunk)
    let slot = chunks[chunk].slots + (index & PageChunk<Stored>.mask)
    if slot.pointee == nil {
      slot.pointee = Stored()
    } else if !isKnownUniquelyReferenced(&slot.pointee) {
      slot.pointee = Stored(copying: slot.pointee.unsafelyUnwrapped)
    } else {
      return slot.pointee.unsafelyUnwrapped
    }
    let page = slot.pointee.unsafelyUnwrapped
    addresses[index] = page.address
    return page
  }

  private func makeChunkUnique(_ chunk: Int) {
    if !isKnownUniquelyReferenced(&chunks[chunk]) {
      chunks[chunk] = PageChunk(copying: chunks[chunk])
    }
  }

  private func reserve(_ index: Int) {
    guard index >= pageCount else { return }
    if index >= capacity {
      capacity = max(index + 1, capacity * 2)
      let larger = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: capacity)
      larger.initialize(from: addresses, count: pageCount)
      addresses.deallocate()
      addresses = larger
    }
    (addresses + pageCount).initialize(
      repeating: Stored.absentAddress, count: index + 1 - pageCount)
    pageCount = index + 1
    while chunks.count << PageChunk<Stored>.shift < pageCount { chunks.append(PageChunk()) }
  }
}

/// Up to 32 page references, the unit that a writer copies besides the page itself.
///
/// `@unchecked Sendable`: written only while uniquely referenced.
private final class PageChunk<Stored: StoredPage>: @unchecked Sendable {
  static var count: Int { 32 }
  static var shift: Int { 5 }
  static var mask: Int { 31 }

  let slots: UnsafeMutablePointer<Stored?>

  init() {
    slots = .allocate(capacity: Self.count)
    for i in 0..<Self.count { (slots + i).initialize(to: nil) }
  }

  // Loops of their own: initialising and deinitialising runs of references is slower.

  init(copying other: PageChunk) {
    slots = .allocate(capacity: Self.count)
    for i in 0..<Self.count { (slots + i).initialize(to: other.slots[i]) }
  }

  deinit {
    for i in 0..<Self.count { (slots + i).deinitialize(count: 1) }
    slots.deallocate()
  }
}
