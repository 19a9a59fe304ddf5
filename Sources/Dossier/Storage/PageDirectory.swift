/// The pages of one structure: a tree of references for writers, tables of addresses for readers.
///
///     groups     [ • ][ • ] …    last page    tables  [ • ][ • ] …         where not flat
///                  |                                    |
///           8 chunks, 64 addresses ◄────────────────────┘
///             |
///           8 pages ─► memory                 addresses  [ a0 ][ a1 ][ a2 ] …      where flat
///
/// The last page, to which new elements go, stands beside the tree once it has been written, and the
/// directory has the addresses of its group: a commit that only adds copies no part of the tree.
///
/// A directory is immutable while more than one owner holds it. `writable(_:in:)` is the way to
/// change one: it copies what is shared (directory, one group, one chunk, one page) and nothing
/// else. A reader that holds the directory therefore sees the same pages for ever.
///
/// `@unchecked Sendable`: memory is written only while uniquely referenced.
final class PageDirectory<Stored: StoredPage>: @unchecked Sendable {
  private var groups: ContiguousArray<PageGroup>
  /// The last page; nil where it is in the tree. The tree has none in its place.
  private var last: Stored?
  /// Flat: one address a page, absent pages have the type's `absentAddress`. Else the addresses of the
  /// group that the last page is in, and behind them for each group where its addresses are.
  private var memory: UnsafeMutableRawPointer
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
    memory = Self.allocate(capacity)
    if !Stored.isFlat {
      lastAddresses.initialize(repeating: Stored.absentAddress, count: PageGroup.pages)
    }
  }

  private init(copying other: PageDirectory, pageCount newCount: Int) {
    groups = other.groups
    last = other.last
    pageCount = other.pageCount
    if Stored.isFlat {
      capacity = max(newCount + 4, other.pageCount)
      memory = Self.allocate(capacity)
      flatTable.initialize(from: other.flatTable, count: other.pageCount)
    } else {
      let count = other.groups.count
      capacity = max(newCount >> 6 + 2, count)
      memory = Self.allocate(capacity)
      lastAddresses.initialize(from: other.lastAddresses, count: PageGroup.pages)
      groupTables.initialize(from: other.groupTables, count: count)
      if count > 0 { groupTables[count - 1] = UnsafePointer(lastAddresses) }
    }
  }

  deinit {
    memory.deallocate()
  }

  private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
    let words = Stored.isFlat ? capacity : PageGroup.pages + capacity
    return .allocate(byteCount: words * MemoryLayout<UnsafeRawPointer>.stride, alignment: 8)
  }

  /// Where the type is flat.
  private var flatTable: UnsafeMutablePointer<UnsafeRawPointer> {
    @inline(__always) get { memory.assumingMemoryBound(to: UnsafeRawPointer.self) }
  }

  /// The addresses of the last group's pages, where the type is not flat.
  private var lastAddresses: UnsafeMutablePointer<UnsafeRawPointer> {
    @inline(__always) get { memory.assumingMemoryBound(to: UnsafeRawPointer.self) }
  }

  /// By group where the addresses of its pages are, where the type is not flat.
  private var groupTables: UnsafeMutablePointer<UnsafePointer<UnsafeRawPointer>> {
    @inline(__always) get {
      (memory + PageGroup.pages * MemoryLayout<UnsafeRawPointer>.stride)
        .assumingMemoryBound(to: UnsafePointer<UnsafeRawPointer>.self)
    }
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
    if index + 1 == pageCount, let last { return last }
    return groups[index >> 6].chunks[index >> 3 & 7]?.slots(of: Stored.self)[index & 7]
  }

  /// The page for writing: made if absent, copied if shared or borrowed. O(1) when nothing is shared, else
  /// O(pages / 64 + size of the page), and a copy of the addresses of a flat type.
  ///
  /// The caller says `refresh` when the page's memory moved, and lets go of the page before the
  /// next call.
  static func writable(_ index: Int, in directory: inout PageDirectory) -> Stored {
    makeUnique(&directory, index)
    if index + 1 >= directory.pageCount {
      directory.bringLast(index)
      let isNew = own(&directory.last)
      let page = directory.last.unsafelyUnwrapped
      if isNew { directory.refresh(index, page) }
      return page
    }
    let slot = directory.writableChunk(index).slots(of: Stored.self) + (index & 7)
    let isNew = own(&slot.pointee)
    let page = slot.pointee.unsafelyUnwrapped
    if isNew { directory.refresh(index, page) }
    return page
  }

  /// Makes a page writable; true when it is another one then.
  @inline(__always)
  private static func own(_ page: inout Stored?) -> Bool {
    if page == nil {
      page = Stored()
    } else if !isKnownUniquelyReferenced(&page) || page.unsafelyUnwrapped.isBorrowed {
      page = Stored(copying: page.unsafelyUnwrapped)
    } else {
      return false
    }
    return true
  }

  /// Takes over a page that nobody else holds. The directory is copied if shared.
  static func replace(_ index: Int, with page: Stored, in directory: inout PageDirectory) {
    makeUnique(&directory, index)
    if index + 1 >= directory.pageCount {
      directory.bringLast(index)
      directory.last = page
    } else {
      directory.writableChunk(index).slots(of: Stored.self)[index & 7] = page
    }
    directory.refresh(index, page)
  }

  /// Notes where the memory of a page is after a write that moved it.
  @inline(__always)
  func refresh(_ index: Int, _ page: Stored) {
    let address = page.address
    if Stored.isFlat {
      flatTable[index] = address
      return
    }
    let group = index >> 6
    if group + 1 == groups.count { lastAddresses[index & 63] = address }
    // The last page has no place in its group, which may be shared.
    if index + 1 < pageCount || last == nil { groups[group].addresses[index & 63] = address }
  }

  private static func makeUnique(_ directory: inout PageDirectory, _ index: Int) {
    if !isKnownUniquelyReferenced(&directory) {
      directory = PageDirectory(
        copying: directory, pageCount: max(index + 1, directory.pageCount))
    } else {
      directory.facts.forget()
    }
  }

  /// Makes the page of an index that is not below the others the last one and takes it out of the tree.
  private func bringLast(_ index: Int) {
    if index >= pageCount {
      settleLast()
      return reserve(index)
    }
    guard last == nil, page(index) != nil else { return }
    let slot = writableChunk(index).slots(of: Stored.self) + (index & 7)
    last = slot.pointee
    slot.pointee = nil
  }

  /// Puts the last page into the tree.
  private func settleLast() {
    guard let page = last else { return }
    let index = pageCount - 1
    writableChunk(index).slots(of: Stored.self)[index & 7] = page
    last = nil
    refresh(index, page)
  }

  /// The chunk of a page below `pageCount`, made if absent, copied if shared.
  private func writableChunk(_ index: Int) -> PageChunk {
    let group = index >> 6
    if !isKnownUniquelyReferenced(&groups[group]) {
      groups[group] = PageGroup.make(copying: groups[group], hasAddresses: !Stored.isFlat)
      if !Stored.isFlat, group + 1 < groups.count {
        groupTables[group] = UnsafePointer(groups[group].addresses)
      }
    }
    let slot = groups[group].chunks + (index >> 3 & 7)
    if slot.pointee == nil || !isKnownUniquelyReferenced(&slot.pointee) {
      slot.pointee = PageChunk.make(copying: slot.pointee)
    }
    return slot.pointee.unsafelyUnwrapped
  }

  /// Makes room for pages up to an index that is not below `pageCount`; the last page is in the tree.
  private func reserve(_ index: Int) {
    grow(to: Stored.isFlat ? index + 1 : index >> 6 + 1)
    if Stored.isFlat {
      (flatTable + pageCount).initialize(
        repeating: Stored.absentAddress, count: index + 1 - pageCount)
    }
    pageCount = index + 1
    while groups.count << 6 < pageCount { appendGroup() }
  }

  private func appendGroup() {
    let count = groups.count
    groups.append(PageGroup.make(absent: Stored.isFlat ? nil : Stored.absentAddress))
    guard !Stored.isFlat else { return }
    if count > 0 { groupTables[count - 1] = UnsafePointer(groups[count - 1].addresses) }
    lastAddresses.initialize(repeating: Stored.absentAddress, count: PageGroup.pages)
    (groupTables + count).initialize(to: UnsafePointer(lastAddresses))
  }

  private func grow(to needed: Int) {
    guard needed > capacity else { return }
    capacity = max(needed, capacity * 2)
    let old = memory
    let words = Stored.isFlat ? pageCount : PageGroup.pages + groups.count
    memory = Self.allocate(capacity)
    memory.copyMemory(from: old, byteCount: words * MemoryLayout<UnsafeRawPointer>.stride)
    if !Stored.isFlat, groups.count > 0 {
      groupTables[groups.count - 1] = UnsafePointer(lastAddresses)
    }
    old.deallocate()
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
