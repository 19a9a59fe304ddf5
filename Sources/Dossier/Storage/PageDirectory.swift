/// The pages of one structure: a tree of references for writers, a flat table of addresses for
/// readers.
///
///     groups     [ • ][ • ] …                addresses  [ a0 ][ a1 ][ a2 ] …
///                  |                                       |
///             8 chunks ─► 8 pages each ─► page ─► memory ◄─┘
///
/// A directory is immutable while more than one owner holds it. `writable(_:in:)` is the way to
/// change one: it copies what is shared (directory, one group, one chunk, one page) and nothing
/// else. A reader that holds the directory therefore sees the same pages for ever.
///
/// `@unchecked Sendable`: memory is written only while uniquely referenced.
final class PageDirectory<Stored: StoredPage>: @unchecked Sendable {
  private typealias Chunk = PageBranch<Stored>
  private typealias Group = PageBranch<Chunk>

  private var groups: ContiguousArray<Group>
  /// One address a page; absent pages have the type's `absentAddress`.
  private(set) var addresses: UnsafeMutablePointer<UnsafeRawPointer>
  /// How many addresses there are.
  private(set) var pageCount: Int
  private var capacity: Int
  /// Known of the pages as they are.
  let facts = MultiplicityFacts()

  init() {
    groups = []
    addresses = .allocate(capacity: 4)
    pageCount = 0
    capacity = 4
  }

  private init(copying other: PageDirectory, pageCount newCount: Int) {
    groups = other.groups
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
    return groups[index >> 6].slots[index >> 3 & 7]?.slots[index & 7]
  }

  /// The page for writing: made if absent, copied if shared or borrowed. O(1) when nothing is shared, else
  /// O(pages / 64 + size of the page) and a copy of the addresses.
  ///
  /// The caller says `refresh` when the page's memory moved, and lets go of the page before the
  /// next call.
  static func writable(_ index: Int, in directory: inout PageDirectory) -> Stored {
    makeUnique(&directory, index)
    let slot = directory.writableChunk(index).slots + (index & 7)
    if slot.pointee == nil {
      slot.pointee = Stored()
    } else if !isKnownUniquelyReferenced(&slot.pointee)
      || slot.pointee.unsafelyUnwrapped.isBorrowed
    {
      slot.pointee = Stored(copying: slot.pointee.unsafelyUnwrapped)
    } else {
      return slot.pointee.unsafelyUnwrapped
    }
    let page = slot.pointee.unsafelyUnwrapped
    directory.addresses[index] = page.address
    return page
  }

  /// Takes over a page that nobody else holds. The directory is copied if shared.
  static func replace(_ index: Int, with page: Stored, in directory: inout PageDirectory) {
    makeUnique(&directory, index)
    directory.writableChunk(index).slots[index & 7] = page
    directory.addresses[index] = page.address
  }

  /// Notes where the memory of a page is after a write that moved it.
  @inline(__always)
  func refresh(_ index: Int, _ page: Stored) {
    addresses[index] = page.address
  }

  private static func makeUnique(_ directory: inout PageDirectory, _ index: Int) {
    if !isKnownUniquelyReferenced(&directory) {
      directory = PageDirectory(
        copying: directory, pageCount: max(index + 1, directory.pageCount))
    } else {
      directory.facts.forget()
    }
  }

  /// The chunk of a page, made if absent, copied if shared.
  private func writableChunk(_ index: Int) -> Chunk {
    reserve(index)
    if !isKnownUniquelyReferenced(&groups[index >> 6]) {
      groups[index >> 6] = Group(copying: groups[index >> 6])
    }
    let slot = groups[index >> 6].slots + (index >> 3 & 7)
    if slot.pointee == nil {
      slot.pointee = Chunk()
    } else if !isKnownUniquelyReferenced(&slot.pointee) {
      slot.pointee = Chunk(copying: slot.pointee.unsafelyUnwrapped)
    }
    return slot.pointee.unsafelyUnwrapped
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
    while groups.count << 6 < pageCount { groups.append(Group()) }
  }
}

/// Eight references, the unit that a writer copies on its way to a page.
///
/// `@unchecked Sendable`: written only while uniquely referenced.
private final class PageBranch<Child: AnyObject>: @unchecked Sendable {
  let slots: UnsafeMutablePointer<Child?>

  // Loops of their own: initialising and deinitialising runs of references is slower.

  init() {
    slots = .allocate(capacity: 8)
    for i in 0..<8 { (slots + i).initialize(to: nil) }
  }

  init(copying other: PageBranch) {
    slots = .allocate(capacity: 8)
    for i in 0..<8 { (slots + i).initialize(to: other.slots[i]) }
  }

  deinit {
    for i in 0..<8 { (slots + i).deinitialize(count: 1) }
    slots.deallocate()
  }
}
