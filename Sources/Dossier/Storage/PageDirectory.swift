/// The pages of one structure: a tree of references for writers, tables of addresses for readers.
///
///     groups     [ • ][ • ] …                 tables  [ • ][ • ] …
///                  |                                    |
///           8 chunks, 64 addresses ◄────────────────────┘
///             |
///           8 pages ─► memory                 addresses  [ a0 ][ a1 ][ a2 ] …      where flat
///
/// A directory is immutable while more than one owner holds it. `writable(_:in:)` is the way to
/// change one: it copies what is shared (directory, one group, one chunk, one page) and nothing
/// else. A reader that holds the directory therefore sees the same pages for ever.
///
/// `@unchecked Sendable`: memory is written only while uniquely referenced.
final class PageDirectory<Stored: StoredPage>: @unchecked Sendable {
  private var groups: ContiguousArray<PageGroup<Stored>>
  /// One address a page, absent pages have the type's `absentAddress`; unused unless the type is flat.
  private(set) var addresses: UnsafeMutablePointer<UnsafeRawPointer>
  /// The same by group; unused where the type is flat.
  private var groupTables: UnsafeMutablePointer<UnsafePointer<UnsafeRawPointer>>
  /// How many addresses there are.
  private(set) var pageCount: Int
  /// Room for addresses, or for groups.
  private var capacity: Int

  init() {
    groups = []
    pageCount = 0
    capacity = 4
    addresses = Stored.isFlat ? .allocate(capacity: capacity) : .unused
    groupTables = Stored.isFlat ? .unused : .allocate(capacity: capacity)
  }

  private init(copying other: PageDirectory, pageCount newCount: Int) {
    groups = other.groups
    pageCount = other.pageCount
    if Stored.isFlat {
      capacity = max(newCount + 4, other.pageCount)
      addresses = .allocate(capacity: capacity)
      addresses.initialize(from: other.addresses, count: other.pageCount)
      groupTables = .unused
    } else {
      capacity = max(newCount >> 6 + 2, other.groups.count)
      addresses = .unused
      groupTables = .allocate(capacity: capacity)
      groupTables.initialize(from: other.groupTables, count: other.groups.count)
    }
  }

  deinit {
    if Stored.isFlat { addresses.deallocate() } else { groupTables.deallocate() }
  }

  /// The addresses of the pages below `pageCount`, of a type that is not flat.
  var tables: PageAddresses { PageAddresses(tables: UnsafePointer(groupTables)) }

  /// Where readers find a page, which need not exist.
  @inline(__always)
  func address(_ page: Int) -> UnsafeRawPointer {
    guard page < pageCount else { return Stored.absentAddress }
    return Stored.isFlat ? addresses[page] : tables[page]
  }

  /// The page itself, nil when absent. For reading, by whoever must see more than its memory.
  func page(_ index: Int) -> Stored? {
    guard index < pageCount else { return nil }
    return groups[index >> 6].chunks.slots[index >> 3 & 7]?.slots[index & 7]
  }

  /// The page for writing: made if absent, copied if shared or borrowed. O(1) when nothing is shared, else
  /// O(pages / 64 + size of the page), and a copy of the addresses of a flat type.
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
    directory.refresh(index, page)
    return page
  }

  /// Takes over a page that nobody else holds. The directory is copied if shared.
  static func replace(_ index: Int, with page: Stored, in directory: inout PageDirectory) {
    makeUnique(&directory, index)
    directory.writableChunk(index).slots[index & 7] = page
    directory.refresh(index, page)
  }

  /// Notes where the memory of a page is after a write that moved it.
  @inline(__always)
  func refresh(_ index: Int, _ page: Stored) {
    if Stored.isFlat {
      addresses[index] = page.address
    } else {
      UnsafeMutablePointer(mutating: groupTables[index >> 6])[index & 63] = page.address
    }
  }

  private static func makeUnique(_ directory: inout PageDirectory, _ index: Int) {
    if !isKnownUniquelyReferenced(&directory) {
      directory = PageDirectory(
        copying: directory, pageCount: max(index + 1, directory.pageCount))
    }
  }

  /// The chunk of a page, made if absent, copied if shared.
  private func writableChunk(_ index: Int) -> PageChunk<Stored> {
    reserve(index)
    let group = index >> 6
    if !isKnownUniquelyReferenced(&groups[group]) {
      groups[group] = PageGroup(copying: groups[group])
      if !Stored.isFlat { groupTables[group] = UnsafePointer(groups[group].addresses) }
    }
    let slot = groups[group].chunks.slots + (index >> 3 & 7)
    if slot.pointee == nil {
      slot.pointee = PageChunk()
    } else if !isKnownUniquelyReferenced(&slot.pointee) {
      slot.pointee = PageChunk(copying: slot.pointee.unsafelyUnwrapped)
    }
    return slot.pointee.unsafelyUnwrapped
  }

  private func reserve(_ index: Int) {
    guard index >= pageCount else { return }
    if Stored.isFlat {
      if index >= capacity { grow(&addresses, count: pageCount, to: index + 1) }
      (addresses + pageCount).initialize(
        repeating: Stored.absentAddress, count: index + 1 - pageCount)
    } else if index >> 6 >= capacity {
      grow(&groupTables, count: groups.count, to: index >> 6 + 1)
    }
    pageCount = index + 1
    while groups.count << 6 < pageCount {
      let group = PageGroup<Stored>()
      if !Stored.isFlat {
        (groupTables + groups.count).initialize(to: UnsafePointer(group.addresses))
      }
      groups.append(group)
    }
  }

  private func grow<Entry>(
    _ table: inout UnsafeMutablePointer<Entry>, count: Int, to needed: Int
  ) {
    capacity = max(needed, capacity * 2)
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    larger.initialize(from: table, count: count)
    table.deallocate()
    table = larger
  }
}

/// Where the pages of a directory that is not flat lie, as bare memory that the directory keeps alive.
struct PageAddresses {
  fileprivate let tables: UnsafePointer<UnsafePointer<UnsafeRawPointer>>

  /// The address of a page below the directory's `pageCount`.
  @inline(__always)
  subscript(page: Int) -> UnsafeRawPointer { tables[page >> 6][page & 63] }
}

/// 64 pages of a directory, and their addresses unless the type is flat.
///
/// `@unchecked Sendable`: written only while uniquely referenced.
private final class PageGroup<Stored: StoredPage>: @unchecked Sendable {
  let chunks: PageBranch<PageChunk<Stored>>
  let addresses: UnsafeMutablePointer<UnsafeRawPointer>

  init() {
    chunks = PageBranch()
    addresses = Stored.isFlat ? .unused : .allocate(capacity: 64)
    if !Stored.isFlat { addresses.initialize(repeating: Stored.absentAddress, count: 64) }
  }

  init(copying other: PageGroup) {
    chunks = PageBranch(copying: other.chunks)
    addresses = Stored.isFlat ? .unused : .allocate(capacity: 64)
    if !Stored.isFlat { addresses.initialize(from: other.addresses, count: 64) }
  }

  deinit {
    if !Stored.isFlat { addresses.deallocate() }
  }
}

extension UnsafeMutablePointer {
  /// In the place of a table that is never read.
  fileprivate static var unused: Self {
    Self(bitPattern: MemoryLayout<Pointee>.alignment).unsafelyUnwrapped
  }
}

private typealias PageChunk<Stored: StoredPage> = PageBranch<Stored>

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
