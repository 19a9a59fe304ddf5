/// The neighbours of 2,048 nodes by relationships of one type in one direction.
///
///     without overrides             with overrides
///     address ─► AdjacencyBlock     address - 1 ─► block     ─► AdjacencyBlock (shared, immutable)
///                                                  overrides ─► NeighbourList × capacity
///                                                  index: 2,048 × UInt16, place + 1 in overrides,
///                                                         0 = the block holds the row
///
/// The lowest bit of the address tells which. A row that is written gets a list of its own, an
/// override, in a `NeighbourBlock`. When too many rows have one, the small ones are merged into a
/// new block; lists of more than 1,024 entries stay where they are, for nothing is gained by moving
/// them.
final class AdjacencyPage: StoredPage, @unchecked Sendable {
  private struct Header {
    var block: UnsafeRawPointer
    var overrides: UnsafeMutablePointer<NeighbourList>
  }

  private static let indexOffset = 16
  private static let longList = 1024
  private static let mergeAfter = 64

  private var block: AdjacencyBlock
  /// nil when no row has an override.
  private var header: UnsafeMutableRawPointer?
  /// The memory of the overrides, in the order of their places.
  private var lists: ContiguousArray<NeighbourBlock> = []
  private var overrideCapacity = 0
  /// A merge is due when there are more overrides than this.
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
  }

  init(copying other: AdjacencyPage) {
    block = other.block
    lists = other.lists
    overrideLimit = other.overrideLimit
    entryCount = other.entryCount
    guard let header = other.header else { return }
    makeHeader(copying: header + Self.indexOffset, overrides: Self.header(header).overrides)
  }

  deinit {
    dropHeader()
  }

  private static let emptyBlock = AdjacencyBlock(count: 0)

  nonisolated(unsafe) static let absentAddress = UnsafeRawPointer(emptyBlock.base)

  var address: UnsafeRawPointer {
    if let header { return UnsafeRawPointer(header + 1) }
    return UnsafeRawPointer(block.base)
  }

  var overrideCount: Int { lists.count }

  // MARK: Reading memory

  /// The neighbours of a row, from the address of a page.
  @inline(__always)
  static func list(at address: UnsafeRawPointer, _ row: Int) -> NeighbourList {
    var block = address
    if UInt(bitPattern: address) & 1 != 0 {
      let header = (address - 1).assumingMemoryBound(to: Header.self)
      let place = Int(index(at: address)[row])
      if place != 0 { return header.pointee.overrides[place &- 1] }
      block = header.pointee.block
    }
    let offsets = block.assumingMemoryBound(to: UInt32.self)
    let start = Int(offsets[row])
    let neighbours = offsets + AdjacencyBlock.neighboursOffset + start
    return NeighbourList(
      neighbours: neighbours, relationships: neighbours + Int(offsets[Page.rows]),
      count: Int(offsets[row &+ 1]) &- start)
  }

  /// The override index of a page that has overrides.
  @inline(__always)
  private static func index(at address: UnsafeRawPointer) -> UnsafePointer<UInt16> {
    (address - 1 + indexOffset).assumingMemoryBound(to: UInt16.self)
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

  // MARK: Writing; the page is uniquely referenced, and refreshed in its directory afterwards

  /// Puts an entry in its place. Amortised O(1) at the end of a list, else O(degree).
  func insert(_ row: Int, neighbour: UInt32, relationship: UInt32) {
    let list = Self.list(at: address, row)
    let position = Self.position(list, neighbour, relationship)
    if let place = place(row), insertInPlace(place, list, position, neighbour, relationship) {
      entryCount += 1
    } else {
      let room = list.count + 1
      let target = NeighbourBlock(capacity: room < 4 ? 4 : room * 2, used: room)
      target.copy(list, from: 0, count: position, to: 0)
      target.copy(list, from: position, count: list.count - position, to: position + 1)
      target.neighbours[position] = neighbour
      target.relationships[position] = relationship
      entryCount += 1
      setOverride(row, target, count: room)
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
        lists[place].move(from: position + 1, to: position, count: rest - position)
        lists[place].setUsed(rest)
      }
      setCount(place, rest)
    } else {
      let target = NeighbourBlock(capacity: max(4, rest), used: rest)
      target.copy(list, from: 0, count: position, to: 0)
      target.copy(list, from: position + 1, count: rest - position, to: position)
      setOverride(row, target, count: rest)
      if lists.count > overrideLimit { merge() }
    }
    checkInvariants(row)
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
      lists[place].move(from: position, to: position + 1, count: count - position)
      lists[place].setUsed(count + 1)
    } else {
      return false
    }
    lists[place].neighbours[position] = neighbour
    lists[place].relationships[position] = relationship
    setCount(place, count + 1)
    return true
  }

  // MARK: Overrides

  private static func header(_ memory: UnsafeMutableRawPointer) -> Header {
    memory.load(as: Header.self)
  }

  /// The place of a row's override.
  private func place(_ row: Int) -> Int? {
    guard header != nil else { return nil }
    let place = Int(Self.index(at: address)[row])
    return place == 0 ? nil : place - 1
  }

  private func setCount(_ place: Int, _ count: Int) {
    guard let header else { return }
    Self.header(header).overrides[place].count = count
  }

  private func setOverride(_ row: Int, _ list: NeighbourBlock, count: Int) {
    if let place = place(row), let header {
      lists[place] = list
      Self.header(header).overrides[place] = list.list(count: count)
      return
    }
    let header = reserveOverride()
    Self.header(header).overrides[lists.count] = list.list(count: count)
    lists.append(list)
    (header + Self.indexOffset).assumingMemoryBound(to: UInt16.self)[row] = UInt16(lists.count)
  }

  /// The header, with room for one more override.
  private func reserveOverride() -> UnsafeMutableRawPointer {
    guard let header else { return makeHeader(copying: nil, overrides: nil) }
    guard lists.count == overrideCapacity else { return header }
    let old = Self.header(header).overrides
    overrideCapacity *= 2
    let larger = UnsafeMutablePointer<NeighbourList>.allocate(capacity: overrideCapacity)
    larger.initialize(from: old, count: lists.count)
    old.deallocate()
    header.storeBytes(
      of: Header(block: UnsafeRawPointer(block.base), overrides: larger), as: Header.self)
    return header
  }

  /// Makes a header with an index, empty or a copy, and with the overrides of another page.
  @discardableResult
  private func makeHeader(
    copying index: UnsafeMutableRawPointer?, overrides: UnsafeMutablePointer<NeighbourList>?
  ) -> UnsafeMutableRawPointer {
    let bytes = Page.rows * 2
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Self.indexOffset + bytes, alignment: 16)
    if let index {
      (memory + Self.indexOffset).copyMemory(from: index, byteCount: bytes)
    } else {
      (memory + Self.indexOffset).initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    }
    overrideCapacity = max(8, lists.count + 2)
    let target = UnsafeMutablePointer<NeighbourList>.allocate(capacity: overrideCapacity)
    if let overrides { target.initialize(from: overrides, count: lists.count) }
    memory.storeBytes(
      of: Header(block: UnsafeRawPointer(block.base), overrides: target), as: Header.self)
    header = memory
    return memory
  }

  private func dropHeader() {
    guard let header else { return }
    Self.header(header).overrides.deallocate()
    header.deallocate()
    self.header = nil
  }

  // MARK: Merging

  /// Writes the short overrides into a new block; long ones stay overrides.
  private func merge() {
    guard header != nil else { return }
    let index = Self.index(at: address)
    let overridden = (0..<Page.rows).filter { index[$0] != 0 }
    var kept: [(row: Int, count: Int, memory: NeighbourBlock)] = []
    for row in overridden {
      let count = Self.list(at: address, row).count
      if count > Self.longList { kept.append((row, count, lists[Int(index[row]) - 1])) }
    }
    let merged = AdjacencyBlock(count: entryCount - kept.reduce(0) { $0 + $1.count })
    var from = 0
    var end = 0
    for row in overridden + [Page.rows] {
      copyRows(from, row, to: merged, &end)
      from = row + 1
      guard row < Page.rows else { break }
      let list = Self.list(at: address, row)
      if list.count <= Self.longList {
        (merged.neighbours + end).initialize(from: list.neighbours, count: list.count)
        (merged.relationships + end).initialize(from: list.relationships, count: list.count)
        end += list.count
      }
      merged.offsets[row + 1] = UInt32(truncatingIfNeeded: end)
    }
    dropHeader()
    block = merged
    lists = []
    for (row, count, memory) in kept { setOverride(row, memory, count: count) }
    overrideLimit = kept.count + Self.mergeAfter + merged.count >> Page.shift
  }

  /// Copies the rows `first ..< last`, none of which has an override, from block to block.
  private func copyRows(_ first: Int, _ last: Int, to merged: AdjacencyBlock, _ end: inout Int) {
    guard first < last else { return }
    let start = block.offsets[first]
    let count = Int(block.offsets[last] &- start)
    (merged.neighbours + end).initialize(from: block.neighbours + Int(start), count: count)
    (merged.relationships + end).initialize(from: block.relationships + Int(start), count: count)
    let shift = UInt32(truncatingIfNeeded: end) &- start
    let (source, target) = (block.offsets, merged.offsets)
    for row in first..<last { target[row &+ 1] = source[row &+ 1] &+ shift }
    end += count
  }
}
