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
  private var flatTable: UnsafeMutablePointer<UnsafeRawPointer>
  /// The same by group; unused where the type is flat.
  private var groupTables: UnsafeMutablePointer<UnsafePointer<UnsafeRawPointer>>
  /// How many addresses there are.
  private(set) var pageCount: Int
  /// Room for addresses, or for groups.
  private var capacity: Int
  /// Known of the pages as they are.
  let facts = MultiplicityFacts()

  init() {
    groups = []
    pageCount = 0
    capacity = 4
    flatTable = Stored.isFlat ? .allocate(capacity: capacity) : .unused
    groupTables = Stored.isFlat ? .unused : .allocate(capacity: capacity)
  }

  private init(copying other: PageDirectory, pageCount newCount: Int) {
    groups = other.groups
    pageCount = other.pageCount
    if Stored.isFlat {
      capacity = max(newCount + 4, other.pageCount)
      flatTable = .allocate(capacity: capacity)
      flatTable.initialize(from: other.flatTable, count: other.pageCount)
      groupTables = .unused
    } else {
      capacity = max(newCount >> 6 + 2, other.groups.count)
      flatTable = .unused
      groupTables = .allocate(capacity: capacity)
      groupTables.initialize(from: other.groupTables, count: other.groups.count)
    }
  }

  deinit {
    if Stored.isFlat { flatTable.deallocate() } else { groupTables.deallocate() }
  }

  /// The addresses of the pages below `pageCount`, by group.
  private var tables: PageAddresses { PageAddresses(tables: UnsafePointer(groupTables)) }

  /// Where readers find a page, which need not exist.
  @inline(__always)
  func address(_ page: Int) -> UnsafeRawPointer {
    guard page < pageCount else { return Stored.absentAddress }
    return Stored.isFlat ? flatTable[page] : tables[page]
  }

  /// The page itself, nil when absent. For reading, by whoever must see more than its memory.
  func page(_ index: Int) -> Stored? {
    guard index < pageCount else { return nil }
    return groups[index >> 6].chunks[index >> 3 & 7]?.slots[index & 7]
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
      flatTable[index] = page.address
    } else {
      UnsafeMutablePointer(mutating: groupTables[index >> 6])[index & 63] = page.address
    }
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
  private func writableChunk(_ index: Int) -> PageChunk<Stored> {
    reserve(index)
    let group = index >> 6
    if !isKnownUniquelyReferenced(&groups[group]) {
      groups[group] = PageGroup(copying: groups[group])
      if !Stored.isFlat { groupTables[group] = UnsafePointer(groups[group].addresses) }
    }
    let slot = groups[group].chunks + (index >> 3 & 7)
    if slot.pointee == nil || !isKnownUniquelyReferenced(&slot.pointee) {
      slot.pointee = PageChunk.make(copying: slot.pointee)
    }
    return slot.pointee.unsafelyUnwrapped
  }

  private func reserve(_ index: Int) {
    guard index >= pageCount else { return }
    if Stored.isFlat {
      if index >= capacity { grow(&flatTable, count: pageCount, to: index + 1) }
      (flatTable + pageCount).initialize(
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

extension PageDirectory where Stored: FlatPage {
  /// The addresses of the pages below `pageCount`.
  var addresses: UnsafePointer<UnsafeRawPointer> { UnsafePointer(flatTable) }
}

extension PageDirectory where Stored: GroupedPage {
  /// The addresses of the pages below `pageCount`.
  var addresses: PageAddresses { tables }
}

/// Where the pages of a directory that is not flat lie, as bare memory that the directory keeps alive.
struct PageAddresses {
  fileprivate let tables: UnsafePointer<UnsafePointer<UnsafeRawPointer>>

  /// The address of a page below the directory's `pageCount`.
  @inline(__always)
  subscript(page: Int) -> UnsafeRawPointer { tables[page >> 6][page & 63] }
}

/// 64 pages of a directory, and their addresses unless the type is flat, in one piece of memory.
///
/// `@unchecked Sendable`: written only while uniquely referenced.
private final class PageGroup<Stored: StoredPage>: @unchecked Sendable {
  private static var referenceBytes: Int { 8 * MemoryLayout<PageChunk<Stored>?>.stride }

  let chunks: UnsafeMutablePointer<PageChunk<Stored>?>

  var addresses: UnsafeMutablePointer<UnsafeRawPointer> {
    (UnsafeMutableRawPointer(chunks) + Self.referenceBytes)
      .assumingMemoryBound(to: UnsafeRawPointer.self)
  }

  private init(uninitialised: Void) {
    let addressBytes = Stored.isFlat ? 0 : 64 * MemoryLayout<UnsafeRawPointer>.stride
    chunks = UnsafeMutableRawPointer.allocate(
      byteCount: Self.referenceBytes + addressBytes, alignment: 16
    ).assumingMemoryBound(to: PageChunk<Stored>?.self)
  }

  convenience init() {
    self.init(uninitialised: ())
    for i in 0..<8 { (chunks + i).initialize(to: nil) }
    if !Stored.isFlat { addresses.initialize(repeating: Stored.absentAddress, count: 64) }
  }

  convenience init(copying other: PageGroup) {
    self.init(uninitialised: ())
    for i in 0..<8 { (chunks + i).initialize(to: other.chunks[i]) }
    if !Stored.isFlat { addresses.initialize(from: other.addresses, count: 64) }
  }

  deinit {
    for i in 0..<8 { (chunks + i).deinitialize(count: 1) }
    chunks.deallocate()
  }
}

/// Eight pages, the unit that a writer copies on its way to a page; the references lie behind the
/// header. Written only while uniquely referenced.
private final class PageChunk<Stored: StoredPage>: ManagedBuffer<Void, Stored?> {
  // Loops of their own: initialising and deinitialising runs of references is slower.

  static func make(copying other: PageChunk?) -> PageChunk {
    let chunk = unsafeDowncast(create(minimumCapacity: 8) { _ in () }, to: PageChunk.self)
    for i in 0..<8 { (chunk.slots + i).initialize(to: other?.slots[i]) }
    return chunk
  }

  var slots: UnsafeMutablePointer<Stored?> {
    @inline(__always) get { withUnsafeMutablePointerToElements { $0 } }
  }

  deinit {
    for i in 0..<8 { (slots + i).deinitialize(count: 1) }
  }
}

extension UnsafeMutablePointer {
  /// In the place of a table that is never read.
  fileprivate static var unused: Self {
    Self(bitPattern: MemoryLayout<Pointee>.alignment).unsafelyUnwrapped
  }
}
