/// The neighbours of 2,048 nodes by relationships of one type in one direction.
///
///     without overrides             with overrides
///     address ─► AdjacencyBlock     address - 1 ─► block     ─► AdjacencyBlock (shared, immutable)
///                                                  overrides ─► below
///                                                  which rows have one, 2,048 bits
///                                                  32 × UInt16: overrides of rows before each word
///                                                  NeighbourList × capacity, by row
///
/// The lowest bit of the address tells which. A row that is written gets a list of its own, an
/// override, in a `NeighbourBlock`. When too many rows have one, or too much memory is left behind by
/// lists that moved, the small ones are merged into a new block; lists of more than 1,024 entries
/// stay where they are, for nothing is gained by moving them.
final class AdjacencyPage: FlatPage, @unchecked Sendable {
  private struct Header {
    var block: UnsafeRawPointer
    var overrides: UnsafeMutablePointer<NeighbourList>
  }

  private static let bitmapOffset = 16
  private static let ranksOffset = bitmapOffset + Page.bitmapBytes
  private static let headerBytes = ranksOffset + Page.words * 2
  private static let longList = 1024
  private static let mergeAfter = 64
  /// Bytes from which on a block has memory of its own; every long list is as large.
  private static let ownMemoryBytes = 8 * longList
  private static let sharedMemoryBytes = 2048..<32_768

  private var block: AdjacencyBlock
  /// nil when no row has an override.
  private var header: UnsafeMutableRawPointer?
  /// What the overrides lie in; nil as long as there was none. Copies of the page share it until one of
  /// them adds to it.
  private var memories: NeighbourMemories?
  /// Bytes of all memories.
  private var memoryBytes = 0
  private(set) var overrideCount = 0
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
    memories = other.memories
    memoryBytes = other.memoryBytes
    overrideCount = other.overrideCount
    overrideLimit = other.overrideLimit
    entryCount = other.entryCount
    guard let header = other.header else { return }
    makeHeader(copying: header, capacity: overrideCount + 2)
  }

  deinit {
    dropHeader()
  }

  private static let emptyBlock = AdjacencyBlock(count: 0)

  nonisolated(unsafe) static let absentAddress = UnsafeRawPointer(emptyBlock.base)

  /// Blocks are never written, so a page need not own its block.
  var isBorrowed: Bool { false }

  var address: UnsafeRawPointer {
    if let header { return UnsafeRawPointer(header + 1) }
    return UnsafeRawPointer(block.base)
  }

  // MARK: Reading memory

  /// The neighbours of a row, from the address of a page.
  @inline(__always)
  static func list(at address: UnsafeRawPointer, _ row: Int) -> NeighbourList {
    var block = address
    if UInt(bitPattern: address) & 1 != 0 {
      let header = (address - 1).assumingMemoryBound(to: Header.self)
      let word = bitmap(address - 1)[row >> 6]
      if word >> UInt64(row & 63) & 1 != 0 {
        return header.pointee.overrides[rank(address - 1, row, word)]
      }
      block = header.pointee.block
    }
    let offsets = block.assumingMemoryBound(to: UInt32.self)
    let distance = block.load(fromByteOffset: AdjacencyBlock.relationshipsOffset, as: Int.self)
    let relationships = (block + distance).assumingMemoryBound(to: UInt32.self)
    let start = Int(offsets[row])
    return NeighbourList(
      neighbours: offsets + AdjacencyBlock.neighboursOffset + start,
      relationships: relationships + start, count: Int(offsets[row &+ 1]) &- start)
  }

  /// Where the lists of a page begin: row r has `offsets[r + 1] - offsets[r]` entries; nil for a page
  /// with overrides.
  @inline(__always)
  static func offsets(at address: UnsafeRawPointer) -> UnsafePointer<UInt32>? {
    UInt(bitPattern: address) & 1 == 0 ? address.assumingMemoryBound(to: UInt32.self) : nil
  }

  /// No list of the page is longer; 0 when all are empty.
  static func longestList(at address: UnsafeRawPointer) -> Int {
    if let offsets = offsets(at: address) { return Int(offsets[Page.rows]) }
    var longest = 0
    for row in 0..<Page.rows { longest = max(longest, list(at: address, row).count) }
    return longest
  }

  /// Which rows have an override.
  @inline(__always)
  private static func bitmap(_ header: UnsafeRawPointer) -> UnsafePointer<UInt64> {
    (header + bitmapOffset).assumingMemoryBound(to: UInt64.self)
  }

  /// How many rows before `row`, whose bit is in `word`, have an override.
  @inline(__always)
  private static func rank(_ header: UnsafeRawPointer, _ row: Int, _ word: UInt64) -> Int {
    let before = (header + ranksOffset).assumingMemoryBound(to: UInt16.self)[row >> 6]
    return Int(before) &+ (word & (1 << UInt64(row & 63) &- 1)).nonzeroBitCount
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
    entryCount += 1
    if let place = place(row), insertInPlace(place, list, position, neighbour, relationship) {
      checkInvariants(row)
      return
    }
    let room = list.count + 1
    let target = allocate(capacity: room < 4 ? 4 : room * 2, used: room)
    target.copy(list, from: 0, count: position, to: 0)
    target.copy(list, from: position, count: list.count - position, to: position + 1)
    target.neighbours[position] = neighbour
    target.relationships[position] = relationship
    setOverride(row, target.list(count: room))
    mergeIfDue()
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
    if let place = place(row), position == rest || owns(list) {
      if position < rest {
        let block = NeighbourBlock(of: list)
        block.move(from: position + 1, to: position, count: rest - position)
        block.setUsed(rest)
      }
      setCount(place, rest)
    } else {
      let target = allocate(capacity: max(4, rest), used: rest)
      target.copy(list, from: 0, count: position, to: 0)
      target.copy(list, from: position + 1, count: rest - position, to: position)
      setOverride(row, target.list(count: rest))
      mergeIfDue()
    }
    checkInvariants(row)
  }

  /// Puts an entry into the row's own block if that has room that this page may write.
  private func insertInPlace(
    _ place: Int, _ list: NeighbourList, _ position: Int, _ neighbour: UInt32,
    _ relationship: UInt32
  ) -> Bool {
    let block = NeighbourBlock(of: list)
    let count = list.count
    if position == count, block.claim(count) {
      // The place is ours; versions that share the block read only the entries before it.
    } else if count < block.capacity, owns(list) {
      block.move(from: position, to: position + 1, count: count - position)
      block.setUsed(count + 1)
    } else {
      return false
    }
    block.neighbours[position] = neighbour
    block.relationships[position] = relationship
    setCount(place, count + 1)
    return true
  }

  // MARK: Memory of overrides

  /// Whether no other version can see the block of an override.
  private func owns(_ list: NeighbourList) -> Bool {
    guard memories != nil, isKnownUniquelyReferenced(&memories), let memories else { return false }
    return memories.owns(NeighbourBlock(of: list).address)
  }

  /// The memories for writing.
  private var ownMemories: NeighbourMemories {
    if memories == nil || !isKnownUniquelyReferenced(&memories) {
      memories = NeighbourMemories(memories?.pieces ?? [])
    }
    return memories.unsafelyUnwrapped
  }

  private func allocate(capacity: Int, used: Int) -> NeighbourBlock {
    let bytes = NeighbourBlock.bytes(capacity: capacity)
    let isShared = bytes < Self.ownMemoryBytes
    if isShared, let memory = memories?.pieces.last?.allocate(bytes) {
      return NeighbourBlock(at: memory, capacity: capacity, used: used)
    }
    let wanted = max(
      bytes,
      min(max(memoryBytes, Self.sharedMemoryBytes.lowerBound), Self.sharedMemoryBytes.upperBound))
    let memory = NeighbourMemory(capacity: isShared ? wanted : bytes)
    memoryBytes += memory.capacity
    ownMemories.add(memory, isShared: isShared)
    guard let start = memory.allocate(bytes) else {
      preconditionFailure("fresh memory is too small")
    }
    return NeighbourBlock(at: start, capacity: capacity, used: used)
  }

  /// Lets go of memory of its own that a block had.
  private func release(_ list: NeighbourList) {
    let block = NeighbourBlock(of: list)
    let bytes = NeighbourBlock.bytes(capacity: block.capacity)
    guard bytes >= Self.ownMemoryBytes else { return }
    ownMemories.pieces.removeAll { $0.contains(block.address) }
    memoryBytes -= bytes
  }

  // MARK: Overrides

  private static func header(_ memory: UnsafeMutableRawPointer) -> Header {
    memory.load(as: Header.self)
  }

  /// The place of a row's override.
  private func place(_ row: Int) -> Int? {
    guard let header else { return nil }
    let word = Self.bitmap(header)[row >> 6]
    return word >> UInt64(row & 63) & 1 == 0 ? nil : Self.rank(header, row, word)
  }

  private func setCount(_ place: Int, _ count: Int) {
    guard let header else { return }
    Self.header(header).overrides[place].count = count
  }

  private func setOverride(_ row: Int, _ list: NeighbourList) {
    if let place = place(row), let header {
      release(Self.header(header).overrides[place])
      Self.header(header).overrides[place] = list
      return
    }
    let header = reserveOverride()
    let bits = (header + Self.bitmapOffset).assumingMemoryBound(to: UInt64.self)
    let place = Self.rank(header, row, bits[row >> 6])
    let overrides = Self.header(header).overrides
    (overrides + place + 1).update(from: overrides + place, count: overrideCount - place)
    overrides[place] = list
    overrideCount += 1
    _ = Bitmap.insert(bits, row)
    let ranks = (header + Self.ranksOffset).assumingMemoryBound(to: UInt16.self)
    for word in (row >> 6) + 1..<Page.words + 1 where word < Page.words { ranks[word] += 1 }
  }

  /// The header, with room for one more override.
  private func reserveOverride() -> UnsafeMutableRawPointer {
    guard let header else { return makeHeader(copying: nil, capacity: 8) }
    guard overrideCount == overrideCapacity else { return header }
    return makeHeader(copying: header, capacity: 2 * overrideCapacity)
  }

  /// Makes a header in the place of the present one, without overrides or with those of a page.
  @discardableResult
  private func makeHeader(
    copying other: UnsafeMutableRawPointer?, capacity: Int
  ) -> UnsafeMutableRawPointer {
    overrideCapacity = capacity
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Self.headerBytes + overrideCapacity * MemoryLayout<NeighbourList>.stride,
      alignment: 16)
    let overrides = (memory + Self.headerBytes).assumingMemoryBound(to: NeighbourList.self)
    if let other {
      memory.copyMemory(from: other, byteCount: Self.headerBytes)
      overrides.initialize(from: Self.header(other).overrides, count: overrideCount)
    } else {
      memory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.headerBytes)
    }
    memory.storeBytes(
      of: Header(block: UnsafeRawPointer(block.base), overrides: overrides), as: Header.self)
    header?.deallocate()
    header = memory
    return memory
  }

  private func dropHeader() {
    header?.deallocate()
    header = nil
  }

  // MARK: Merging

  private func mergeIfDue() {
    if overrideCount > overrideLimit
      || memoryBytes > Self.sharedMemoryBytes.upperBound + entryCount * 32
    {
      merge()
    }
  }

  /// Writes the short overrides into a new block; long ones stay overrides.
  private func merge() {
    guard let header else { return }
    let bits = Self.bitmap(header)
    let overridden = (0..<Page.rows).filter { Bitmap.contains(bits, $0) }
    var kept: [(row: Int, list: NeighbourList)] = []
    for row in overridden {
      let list = Self.list(at: address, row)
      if list.count > Self.longList { kept.append((row, list)) }
    }
    let merged = AdjacencyBlock(count: entryCount - kept.reduce(0) { $0 + $1.list.count })
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
    overrideCount = 0
    let used = memories?.pieces.filter { memory in
      kept.contains { memory.contains(NeighbourBlock(of: $0.list).address) }
    }
    memories = used.map { NeighbourMemories(ContiguousArray($0)) }
    memoryBytes = used?.reduce(0) { $0 + $1.capacity } ?? 0
    for (row, list) in kept { setOverride(row, list) }
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
