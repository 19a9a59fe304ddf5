/// The neighbours of 2,048 nodes by relationships of one type in one direction.
///
///     header ─► offsets ─────────► AdjacencyBlock (shared, immutable)
///            ─► neighbours ──────►
///            ─► relationships ───►
///            ─► overrideIndex: 2,048 × UInt16, 0 = the block holds the row, else place + 1
///            ─► overrides: NeighbourList × capacity ──► NeighbourBlock, one a row
///
/// A row that is written gets a list of its own, an override. When too many rows have one the small
/// ones are merged into a new block; lists of more than 1,024 entries stay where they are, for
/// nothing is gained by moving them.
final class AdjacencyPage: StoredPage, @unchecked Sendable {
  /// What a reader looks at.
  struct Header {
    var offsets: UnsafePointer<UInt32>
    var neighbours: UnsafePointer<UInt32>
    var relationships: UnsafePointer<UInt32>
    /// nil when no row has an override.
    var overrideIndex: UnsafeMutablePointer<UInt16>?
    var overrides: UnsafeMutablePointer<NeighbourList>?
  }

  private static let longList = 1024
  private static let mergeAfter = 64

  private let header: UnsafeMutablePointer<Header>
  private var block: AdjacencyBlock
  /// The memory of the overrides, in the order of their places.
  private var lists: ContiguousArray<NeighbourBlock> = []
  private var overrideCapacity = 0
  /// The next merge is due when there are more overrides than this.
  private var overrideLimit = AdjacencyPage.mergeAfter
  /// Entries of the page, overrides included.
  private(set) var entryCount: Int

  convenience init() {
    self.init(Self.emptyBlock)
  }

  /// A page without overrides.
  init(_ block: AdjacencyBlock) {
    self.block = block
    entryCount = block.count
    header = .allocate(capacity: 1)
    header.initialize(to: Self.header(block))
  }

  init(copying other: AdjacencyPage) {
    block = other.block
    lists = other.lists
    overrideLimit = other.overrideLimit
    entryCount = other.entryCount
    header = .allocate(capacity: 1)
    header.initialize(to: Self.header(other.block))
    guard let index = other.header.pointee.overrideIndex,
      let overrides = other.header.pointee.overrides
    else { return }
    let newIndex = UnsafeMutablePointer<UInt16>.allocate(capacity: Page.rows)
    newIndex.initialize(from: index, count: Page.rows)
    header.pointee.overrideIndex = newIndex
    overrideCapacity = lists.count + 4
    let newOverrides = UnsafeMutablePointer<NeighbourList>.allocate(capacity: overrideCapacity)
    newOverrides.initialize(from: overrides, count: lists.count)
    header.pointee.overrides = newOverrides
  }

  deinit {
    header.pointee.overrideIndex?.deallocate()
    header.pointee.overrides?.deallocate()
    header.deallocate()
  }

  private static let emptyBlock = AdjacencyBlock(count: 0)

  private static func header(_ block: AdjacencyBlock) -> Header {
    Header(
      offsets: UnsafePointer(block.offsets), neighbours: UnsafePointer(block.neighbours),
      relationships: UnsafePointer(block.relationships), overrideIndex: nil, overrides: nil)
  }

  var address: UnsafeRawPointer { UnsafeRawPointer(header) }

  nonisolated(unsafe) static let absentAddress: UnsafeRawPointer = {
    let header = UnsafeMutablePointer<Header>.allocate(capacity: 1)
    header.initialize(to: AdjacencyPage.header(emptyBlock))
    return UnsafeRawPointer(header)
  }()

  var overrideCount: Int { lists.count }

  // MARK: Reading memory

  /// The neighbours of a row, from the memory of a page.
  @inline(__always)
  static func list(at address: UnsafeRawPointer, _ row: Int) -> NeighbourList {
    let header = address.assumingMemoryBound(to: Header.self)
    if let index = header.pointee.overrideIndex, index[row] != 0 {
      return header.pointee.overrides.unsafelyUnwrapped[Int(index[row]) &- 1]
    }
    let start = Int(header.pointee.offsets[row])
    return NeighbourList(
      neighbours: header.pointee.neighbours + start,
      relationships: header.pointee.relationships + start,
      count: Int(header.pointee.offsets[row &+ 1]) &- start)
  }

  /// The place at which an entry is or would be put.
  static func position(_ list: NeighbourList, _ neighbour: UInt32, _ relationship: UInt32) -> Int {
    var low = 0
    var high = list.count
    // Most entries come last: ids only grow.
    if high > 0, list.neighbours[high - 1] < neighbour { return high }
    while low < high {
      let middle = (low &+ high) >> 1
      let other = list.neighbours[middle]
      if other < neighbour || (other == neighbour && list.relationships[middle] < relationship) {
        low = middle &+ 1
      } else {
        high = middle
      }
    }
    return low
  }

  // MARK: Writing; the page is uniquely referenced

  /// Puts an entry in its place. Amortised O(1) at the end of a list, else O(degree).
  func insert(_ row: Int, neighbour: UInt32, relationship: UInt32) {
    let list = Self.list(at: address, row)
    let position = Self.position(list, neighbour, relationship)
    if let place = place(row), insertInPlace(place, list, position, neighbour, relationship) {
      entryCount += 1
    } else {
      let room = list.count + 1
      let target = NeighbourBlock(capacity: room < 4 ? 4 : room * 2, used: room)
      copyRun(list, 0, position, target, 0)
      copyRun(list, position, list.count - position, target, position + 1)
      target.neighbours[position] = neighbour
      target.relationships[position] = relationship
      setOverride(row, target, count: room)
      entryCount += 1
      if lists.count > overrideLimit { merge() }
    }
    checkInvariants(row)
  }

  /// Takes an entry out, if it is there. O(degree).
  func remove(_ row: Int, neighbour: UInt32, relationship: UInt32) {
    let list = Self.list(at: address, row)
    let position = Self.position(list, neighbour, relationship)
    guard position < list.count, list.neighbours[position] == neighbour,
      list.relationships[position] == relationship
    else { return }
    entryCount -= 1
    let rest = list.count - 1
    if let place = place(row), position == rest || isKnownUniquelyReferenced(&lists[place]) {
      if position < rest {
        let target = lists[place]
        moveRun(target, from: position + 1, to: position, count: rest - position)
        target.setUsed(rest)
      }
      header.pointee.overrides.unsafelyUnwrapped[place].count = rest
    } else {
      let target = NeighbourBlock(capacity: max(4, rest), used: rest)
      copyRun(list, 0, position, target, 0)
      copyRun(list, position + 1, rest - position, target, position)
      setOverride(row, target, count: rest)
      if lists.count > overrideLimit { merge() }
    }
    checkInvariants(row)
  }

  /// The place of a row's override.
  private func place(_ row: Int) -> Int? {
    guard let index = header.pointee.overrideIndex, index[row] != 0 else { return nil }
    return Int(index[row]) - 1
  }

  /// Puts an entry into the row's own block if that has room that this page may write.
  private func insertInPlace(
    _ place: Int, _ list: NeighbourList, _ position: Int, _ neighbour: UInt32,
    _ relationship: UInt32
  ) -> Bool {
    let count = list.count
    if position == count, lists[place].claim(count) {
      // The place is ours; versions that share the block read only the entries before it.
    } else if isKnownUniquelyReferenced(&lists[place]), count < lists[place].capacity {
      moveRun(lists[place], from: position, to: position + 1, count: count - position)
      lists[place].setUsed(count + 1)
    } else {
      return false
    }
    lists[place].neighbours[position] = neighbour
    lists[place].relationships[position] = relationship
    header.pointee.overrides.unsafelyUnwrapped[place].count = count + 1
    return true
  }

  private func moveRun(_ block: NeighbourBlock, from: Int, to: Int, count: Int) {
    guard count > 0 else { return }
    (block.neighbours + to).update(from: block.neighbours + from, count: count)
    (block.relationships + to).update(from: block.relationships + from, count: count)
  }

  private func copyRun(
    _ list: NeighbourList, _ from: Int, _ count: Int, _ target: NeighbourBlock, _ to: Int
  ) {
    guard count > 0 else { return }
    (target.neighbours + to).initialize(from: list.neighbours + from, count: count)
    (target.relationships + to).initialize(from: list.relationships + from, count: count)
  }

  private func setOverride(_ row: Int, _ list: NeighbourBlock, count: Int) {
    if let place = place(row) {
      lists[place] = list
      header.pointee.overrides.unsafelyUnwrapped[place] = list.list(count: count)
      return
    }
    reserveOverride()
    lists.append(list)
    header.pointee.overrideIndex.unsafelyUnwrapped[row] = UInt16(lists.count)
    (header.pointee.overrides.unsafelyUnwrapped + (lists.count - 1)).initialize(
      to: list.list(count: count))
  }

  /// Makes room for one more override.
  private func reserveOverride() {
    if header.pointee.overrideIndex == nil {
      let index = UnsafeMutablePointer<UInt16>.allocate(capacity: Page.rows)
      index.initialize(repeating: 0, count: Page.rows)
      header.pointee.overrideIndex = index
    }
    guard lists.count == overrideCapacity else { return }
    overrideCapacity = max(8, overrideCapacity * 2)
    let larger = UnsafeMutablePointer<NeighbourList>.allocate(capacity: overrideCapacity)
    if let old = header.pointee.overrides {
      larger.initialize(from: old, count: lists.count)
      old.deallocate()
    }
    header.pointee.overrides = larger
  }

  // MARK: Merging

  /// Writes the short overrides into a new block; long ones stay overrides.
  private func merge() {
    let kept = (0..<Page.rows).filter { row in
      place(row) != nil && Self.list(at: address, row).count > Self.longList
    }
    let keptLists = kept.map { row in (Self.list(at: address, row), lists[place(row) ?? 0]) }
    let keptEntries = keptLists.reduce(0) { $0 + $1.0.count }
    let merged = AdjacencyBlock(count: entryCount - keptEntries)
    var end = 0
    var nextKept = 0
    for row in 0..<Page.rows {
      if nextKept < kept.count, kept[nextKept] == row {
        nextKept += 1
      } else {
        let list = Self.list(at: address, row)
        (merged.neighbours + end).initialize(from: list.neighbours, count: list.count)
        (merged.relationships + end).initialize(from: list.relationships, count: list.count)
        end += list.count
      }
      merged.offsets[row + 1] = UInt32(truncatingIfNeeded: end)
    }
    adopt(merged)
    for (row, (list, memory)) in zip(kept, keptLists) {
      setOverride(row, memory, count: list.count)
    }
    overrideLimit = kept.count + Self.mergeAfter + merged.count >> Page.shift
  }

  /// Takes a block and forgets all overrides.
  private func adopt(_ merged: AdjacencyBlock) {
    header.pointee.overrideIndex?.deallocate()
    header.pointee.overrides?.deallocate()
    block = merged
    header.pointee = Self.header(merged)
    lists = []
    overrideCapacity = 0
  }
}
