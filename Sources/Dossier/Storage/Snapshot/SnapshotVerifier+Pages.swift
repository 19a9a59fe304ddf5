/// That pages hold what readers rely on: numbers within bounds.
extension SnapshotVerifier {
  private static func wrong(_ content: String, _ block: SnapshotBlock) -> SnapshotDamage {
    SnapshotDamage("its \(content) at byte \(block.offset) are out of range")
  }

  /// Whether a bitmap says nothing of rows beyond the last.
  private static func isWithin(
    _ bits: UnsafePointer<UInt64>, page: Int, bound: Int
  ) -> Bool {
    let rows = min(Page.rows, bound - page << Page.shift)
    for word in 0..<Page.words {
      let left = rows - word * 64
      if left >= 64 { continue }
      if left <= 0 ? bits[word] != 0 : bits[word] >> UInt64(left) != 0 { return false }
    }
    return true
  }

  // MARK: Elements

  func verifyNodes(_ page: SnapshotPage) throws(SnapshotDamage) {
    let address = address(page.block)
    let wrong = Self.wrong("nodes", page.block)
    guard page.block.length >= NodePage.bytes(capacity: 0) else { throw wrong }
    let count = NodePage.labelCount(at: address)
    guard count == Int(address.load(fromByteOffset: 4, as: UInt32.self)),
      count <= directory.labels.count,
      page.block.length == SnapshotFormat.aligned(NodePage.bytes(capacity: count))
    else { throw wrong }
    let exists = NodePage.existence(at: address)
    let ids = NodePage.labelIDs(at: address)
    guard Self.isWithin(exists, page: page.index, bound: directory.nodeIDBound) else { throw wrong }
    for slot in 0..<count {
      guard Int(ids[slot]) < directory.labels.count, slot == 0 || ids[slot - 1] < ids[slot] else {
        throw wrong
      }
      let bits = NodePage.bitmap(at: address, slot: slot)
      for word in 0..<Page.words where bits[word] & ~exists[word] != 0 { throw wrong }
    }
  }

  func verifyRelationships(_ page: SnapshotPage) throws(SnapshotDamage) {
    let address = address(page.block)
    let wrong = Self.wrong("relationships", page.block)
    guard page.block.length == SnapshotFormat.aligned(RelationshipPage.bytes),
      Self.isWithin(
        RelationshipPage.existence(at: address), page: page.index,
        bound: directory.relationshipIDBound),
      Self.highest(RelationshipPage.types(at: address)) < directory.relationshipTypes.count,
      areWithinBounds(address)
    else { throw wrong }
  }

  /// Whether the ends of a page's relationships are ids of the kinds that their types name.
  private func areWithinBounds(_ page: UnsafeRawPointer) -> Bool {
    let (types, starts, ends) = (
      RelationshipPage.types(at: page), RelationshipPage.starts(at: page),
      RelationshipPage.ends(at: page)
    )
    let highest = max(Self.highest(starts), Self.highest(ends))
    if highest < min(directory.nodeIDBound, directory.relationshipIDBound) { return true }
    return (0..<Page.rows).allSatisfy { row in
      let shape = directory.shape(ofType: Int(types[row]))
      return Int(starts[row]) < max(directory.bound(of: shape.start), 1)
        && Int(ends[row]) < max(directory.bound(of: shape.end), 1)
    }
  }

  /// The highest of 2,048 numbers.
  private static func highest(_ numbers: UnsafePointer<UInt32>) -> Int {
    highest(numbers, count: Page.rows)
  }

  private static func highest(_ numbers: UnsafePointer<UInt32>, count: Int) -> Int {
    var vector = SIMD16<UInt32>.zero
    let raw = UnsafeRawPointer(numbers)
    var i = 0
    while i &+ 16 <= count {
      let next = raw.loadUnaligned(fromByteOffset: i &* 4, as: SIMD16<UInt32>.self)
      vector.replace(with: next, where: next .> vector)
      i &+= 16
    }
    var highest = vector.max()
    while i < count {
      highest = max(highest, numbers[i])
      i &+= 1
    }
    return Int(highest)
  }

  // MARK: Adjacency

  /// `bound` is above the ids of the far ends.
  func verifyAdjacency(_ page: SnapshotPage, bound: Int) throws(SnapshotDamage) {
    let address = address(page.block)
    let wrong = Self.wrong("neighbours", page.block)
    guard page.block.length >= AdjacencyBlock.contiguousDistance(count: 0) else { throw wrong }
    let offsets = address.assumingMemoryBound(to: UInt32.self)
    let count = Int(offsets[Page.rows])
    let distance = AdjacencyBlock.contiguousDistance(count: count)
    guard count > 0, offsets[0] == 0,
      page.block.length == SnapshotFormat.aligned(AdjacencyBlock.contiguousBytes(count: count)),
      address.load(fromByteOffset: AdjacencyBlock.relationshipsOffset, as: Int.self) == distance
    else { throw wrong }
    var isAscending = true
    for row in 0..<Page.rows where offsets[row] > offsets[row + 1] { isAscending = false }
    guard isAscending else { throw wrong }
    let neighbours = offsets + AdjacencyBlock.neighboursOffset
    let relationships = (address + distance).assumingMemoryBound(to: UInt32.self)
    guard Self.highest(neighbours, count: count) < bound,
      Self.highest(relationships, count: count) < directory.relationshipIDBound,
      Self.isSorted(offsets, neighbours, relationships, count)
    else { throw wrong }
  }

  /// Whether each row is sorted by (neighbour, relationship): places where an entry is not above the
  /// one before are counted, and there are no more of them than between rows.
  private static func isSorted(
    _ offsets: UnsafePointer<UInt32>, _ neighbours: UnsafePointer<UInt32>,
    _ relationships: UnsafePointer<UInt32>, _ count: Int
  ) -> Bool {
    @inline(__always) func isStep(_ i: Int) -> Int {
      let (a, b) = (neighbours[i &- 1], neighbours[i])
      let isAbove = b > a || (b == a && relationships[i] > relationships[i &- 1])
      return isAbove ? 0 : 1
    }
    var steps = 0
    var i = 1
    while i < count {
      steps &+= isStep(i)
      i &+= 1
    }
    var last = 0
    for row in 1..<Page.rows {
      let first = Int(offsets[row])
      if first > last && first < count {
        steps &-= isStep(first)
        last = first
      }
    }
    return steps == 0
  }

  // MARK: Properties

  func verifyProperties(_ page: SnapshotPage, bound: Int) throws(SnapshotDamage) {
    let address = address(page.block)
    let wrong = Self.wrong("properties", page.block)
    guard let kind = try validKind(page, bound: bound), kind != .absent, kind != .general,
      page.block.length == SnapshotFormat.aligned(PropertyPage.bytes(kind))
    else { throw wrong }
    let values = address + PropertyPage.headBytes
    switch kind {
    case .string:
      guard Self.highest(values.assumingMemoryBound(to: UInt32.self)) < directory.stringCount else {
        throw wrong
      }
    case .boolean:
      let booleans = values.assumingMemoryBound(to: UInt8.self)
      for row in 0..<Page.rows where booleans[row] > 1 { throw wrong }
    case .date:
      let days = values.assumingMemoryBound(to: Int64.self)
      for row in 0..<Page.rows
      where days[row] < TemporalLimits.minDay || days[row] > TemporalLimits.maxDay { throw wrong }
    default: break
    }
  }

  /// The kind of a page of properties whose head is in order; nil where it is not.
  private func validKind(
    _ page: SnapshotPage, bound: Int
  ) throws(SnapshotDamage) -> PropertyReader.Kind? {
    guard page.block.length >= PropertyPage.headBytes else { return nil }
    let address = address(page.block)
    let validity = (address + PropertyPage.validityOffset).assumingMemoryBound(to: UInt64.self)
    let count = address.load(fromByteOffset: 8, as: Int.self)
    guard count > 0, count == Bitmap.count(validity),
      Self.isWithin(validity, page: page.index, bound: bound)
    else { return nil }
    return PropertyReader.Kind(rawValue: address.load(as: UInt8.self))
  }

  /// Checks a general page, then puts addresses in it.
  func relocate(
    _ page: SnapshotPage, bound: Int, _ strings: StringDictionary, _ zones: [TimeZoneID]
  ) throws(SnapshotDamage) {
    try checkSum(page.block, "properties")
    let wrong = Self.wrong("properties", page.block)
    let pageBytes = PropertyPage.bytes(.general)
    guard page.block.length >= pageBytes, try validKind(page, bound: bound) == .general else {
      throw wrong
    }
    let validity = (address(page.block) + PropertyPage.validityOffset)
      .assumingMemoryBound(to: UInt64.self)
    var decoder = SnapshotCell.Decoder(
      block: memory.start + page.block.offset, length: page.block.length, next: pageBytes,
      strings: strings, stringCount: directory.stringCount, zones: zones)
    for row in 0..<Page.rows {
      let offset = PropertyPage.headBytes + row * SnapshotCell.bytes
      let isRight =
        Bitmap.contains(validity, row) ? decoder.relocate(at: offset) : decoder.isNull(at: offset)
      guard isRight else { throw wrong }
    }
    guard page.block.length == SnapshotFormat.aligned(decoder.next) else { throw wrong }
  }

  // MARK: Strings

  func verifyStrings(_ chunk: Int) throws(SnapshotDamage) {
    let (text, entries) = (directory.stringBytes[chunk], directory.stringEntries[chunk])
    let wrong = Self.wrong("strings", entries)
    let first = chunk * SnapshotFormat.stringsPerChunk
    let count = min(SnapshotFormat.stringsPerChunk, directory.stringCount - first)
    guard entries.length == SnapshotFormat.aligned(count * SnapshotFormat.entryBytes) else {
      throw wrong
    }
    let bytes = UnsafeBufferPointer(
      start: address(text).assumingMemoryBound(to: UInt8.self), count: text.length)
    var next = 0
    var isRight = true
    for place in 0..<count {
      let entry = address(entries) + place * SnapshotFormat.entryBytes
      let distance = entry.load(as: Int.self)
      let length = Int(entry.load(fromByteOffset: 16, as: UInt32.self))
      let start = text.offset &+ next &- entries.offset &- place &* SnapshotFormat.entryBytes
      guard distance == start, length <= text.length &- next else { throw wrong }
      // A string that begins with a continuation byte would cut a character in two.
      if length > 0 && bytes[next] & 0xC0 == 0x80 { isRight = false }
      next &+= length
    }
    guard isRight, SnapshotFormat.aligned(next) == text.length,
      UTF8Bytes.areValid(UnsafeBufferPointer(rebasing: bytes[..<next]))
    else { throw wrong }
  }

  /// How many slots of a part of the hash table are taken.
  func verifySlots(_ block: SnapshotBlock) throws(SnapshotDamage) -> Int {
    let words = address(block).assumingMemoryBound(to: UInt64.self)
    var used = 0
    var numbered = 0
    var highest: UInt32 = 0
    for i in 0..<block.length / 8 {
      let number = UInt32(truncatingIfNeeded: words[i])
      used &+= words[i] == 0 ? 0 : 1
      numbered &+= number == 0 ? 0 : 1
      highest = max(highest, number)
    }
    guard Int(highest) <= directory.stringCount, numbered == used else {
      throw Self.wrong("strings", block)
    }
    return used
  }
}
