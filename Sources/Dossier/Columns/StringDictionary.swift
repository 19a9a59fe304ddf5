import Synchronization

/// UTF-8 strings, each held once, numbered from 0 in the order in which they came.
///
/// Append-only: entries and their bytes never move and are freed with the dictionary, so versions
/// of a graph share one. `intern` and `find` take a lock; `cell` and `hash` do not, for an id can
/// only be known after its entry was written, and whoever hands ids to another thread does so
/// through a lock of its own (publishing a graph).
///
///     frozen        entries of a snapshot: ids 0 ..< frozenCount, often none
///     segments[0]   64 entries: the next 64 ids       entry: distance of bytes, hash, count,
///     segments[1]  128 entries: the next 128                       first bytes
///     segments[k]  64 << k entries
///     slots        open addressing, a power of two: upper hash bits ¦ id + 1, 0 = free
///
/// The distance is told from the entry, so that a snapshot's entries mean the same at any address.
final class StringDictionary: @unchecked Sendable {
  fileprivate struct Entry {
    /// Bytes from the entry to its string.
    var distance: Int
    var hash: UInt64
    var count: UInt32
    /// Its first four bytes as they lie in memory, zeros behind its end; 0 also says that nobody wrote
    /// them down.
    var firstBytes: UInt32
  }

  fileprivate static let firstSegmentBits = 6
  private static let segmentLimit = 27
  private static let heapBytes = 1 << 16
  /// The part of a hash that a slot keeps.
  private static let tagMask: UInt64 = 0xffff_ffff_0000_0000

  /// Fixed array of segment addresses; a segment never moves once it is there.
  private let segments: UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>
  /// Whether the cells given out say `isInterned`; false for dictionaries of catalog names.
  private let marksCells: Bool
  /// Entries that `owner` keeps alive; never written.
  private let frozen: UnsafeMutablePointer<Entry>
  private let frozenCount: UInt32
  /// Whoever owns the frozen entries, their strings and the first hash table.
  private let owner: AnyObject?

  private let lock = Mutex(())
  // What follows is touched under `lock` only.
  private var entryCount: UInt32 = 0
  private var slots: UnsafeMutablePointer<UInt64>
  private var ownsSlots = true
  private var slotMask: Int
  private var heaps: [UnsafeMutableRawPointer] = []
  private var heapCursor: UnsafeMutablePointer<UInt8>?
  private var heapLeft = 0
  private var nextHeapBytes = 1 << 10
  /// Keeps the reading of slots ahead from being left out.
  private var fetched: UInt64 = 0

  /// - Parameter marksCells: whether cells are marked as strings of the graph's dictionary, whose
  ///   equality is equality of addresses.
  init(marksCells: Bool = true) {
    self.marksCells = marksCells
    segments = .allocate(capacity: Self.segmentLimit)
    segments.initialize(repeating: nil, count: Self.segmentLimit)
    slots = .allocate(capacity: 128)
    slots.initialize(repeating: 0, count: 128)
    slotMask = 127
    owner = nil
    frozenCount = 0
    frozen = UnsafeMutableRawPointer(slots).assumingMemoryBound(to: Entry.self)
  }

  /// A dictionary that begins with the entries and the hash table of a snapshot, at most half full.
  /// `owner` keeps them alive; the table is written when strings are added.
  init(
    frozen entries: UnsafeMutableRawPointer, count: UInt32,
    slots: UnsafeMutablePointer<UInt64>, slotCount: Int, owner: AnyObject
  ) {
    marksCells = true
    segments = .allocate(capacity: Self.segmentLimit)
    segments.initialize(repeating: nil, count: Self.segmentLimit)
    self.slots = slots
    ownsSlots = false
    slotMask = slotCount - 1
    self.owner = owner
    frozenCount = count
    entryCount = count
    frozen = entries.assumingMemoryBound(to: Entry.self)
  }

  deinit {
    for k in 0..<Self.segmentLimit { segments[k]?.deallocate() }
    segments.deallocate()
    if ownsSlots { slots.deallocate() }
    for heap in heaps { heap.deallocate() }
  }

  /// How many strings there are.
  var count: Int { lock.withLock { _ in Int(entryCount) } }

  /// The id of a string, given to it now if it is new. At most 2^32 - 64 strings; beyond that the
  /// last id is given again, which no machine of today reaches.
  func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = hashBytes(bytes)
    return lock.withLock { _ in internLocked(bytes, hash) }
  }

  func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// Writes the ids of all strings of a batch, by their numbers; new ones are added in that order.
  func intern(_ batch: StringBatch, into ids: UnsafeMutablePointer<UInt32>) {
    lock.withLock { _ in
      let entries = batch.entries
      for number in 0..<batch.count {
        if number & 15 == 0 { fetchSlots(entries + number, min(16, batch.count &- number)) }
        let entry = entries[number]
        ids[number] = internLocked(
          UnsafeBufferPointer(start: entry.bytes, count: entry.count), entry.hash)
      }
    }
  }

  /// The id of a string, nil when the dictionary does not have it.
  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let hash = hashBytes(bytes)
    return lock.withLock { _ in
      let word = slots[slot(bytes, hash)]
      return word == 0 ? nil : UInt32(truncatingIfNeeded: word) &- 1
    }
  }

  func find(_ text: String) -> UInt32? {
    var text = text
    return text.withUTF8 { find($0) }
  }

  /// The string of an id that `intern` gave out; its bytes stay where they are.
  @inline(__always)
  func cell(_ id: UInt32) -> Cell {
    let entry = entry(id)
    return Cell(stringAt: Self.bytes(entry), count: entry.pointee.count, interned: marksCells)
  }

  /// `hashBytes` of the string of an id.
  @inline(__always)
  func hash(_ id: UInt32) -> UInt64 { entry(id).pointee.hash }

  @inline(__always)
  private func entry(_ id: UInt32) -> UnsafeMutablePointer<Entry> { reader.entry(id) }

  @inline(__always)
  fileprivate static func bytes(_ entry: UnsafeMutablePointer<Entry>) -> UnsafePointer<UInt8> {
    (UnsafeRawPointer(entry) + entry.pointee.distance).assumingMemoryBound(to: UInt8.self)
  }

  /// What loops over many ids take along. The dictionary outlives it.
  struct Reader {
    fileprivate let frozen: UnsafeMutablePointer<Entry>
    fileprivate let frozenCount: UInt32
    fileprivate let segments: UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>
    fileprivate let marksCells: Bool

    @inline(__always)
    fileprivate func entry(_ id: UInt32) -> UnsafeMutablePointer<Entry> {
      if id < frozenCount { return frozen + Int(id) }
      let place = UInt64(id &- frozenCount) &+ 64
      let top = 63 &- place.leadingZeroBitCount
      let segment = segments[top &- firstSegmentBits].unsafelyUnwrapped
      return segment + Int(place ^ (1 << UInt64(top)))
    }

    /// The string of an id that `intern` gave out.
    @inline(__always)
    func cell(_ id: UInt32) -> Cell {
      let entry = entry(id)
      return Cell(
        stringAt: StringDictionary.bytes(entry), count: entry.pointee.count, interned: marksCells)
    }

    /// Its bytes.
    @inline(__always)
    func bytes(_ id: UInt32) -> UnsafeBufferPointer<UInt8> {
      let entry = entry(id)
      return UnsafeBufferPointer(
        start: StringDictionary.bytes(entry), count: Int(entry.pointee.count))
    }

    /// Whether it begins with some bytes. Its own bytes are read only where its first four fit.
    @inline(__always)
    func begins(_ id: UInt32, _ prefix: BytePrefix) -> Bool {
      let entry = entry(id)
      guard Int(entry.pointee.count) >= prefix.count else { return false }
      if entry.pointee.firstBytes != 0 {
        guard prefix.mayBegin(firstBytes: entry.pointee.firstBytes) else { return false }
        if prefix.count <= 4 { return true }
      }
      return prefix.begins(bytes(id))
    }
  }

  var reader: Reader {
    Reader(
      frozen: frozen, frozenCount: frozenCount, segments: segments, marksCells: marksCells)
  }

  // MARK: Snapshots

  /// Writes the entry of a string to 24 zeroed bytes; its bytes will be `distance` bytes from there.
  func writeEntry(_ id: UInt32, distance: Int, to target: UnsafeMutableRawPointer) {
    let entry = entry(id).pointee
    target.storeBytes(of: distance, as: Int.self)
    target.storeBytes(of: entry.hash, toByteOffset: 8, as: UInt64.self)
    target.storeBytes(of: entry.count, toByteOffset: 16, as: UInt32.self)
    target.storeBytes(of: entry.firstBytes, toByteOffset: 20, as: UInt32.self)
  }

  /// A hash table of so many slots, a power of two, for strings numbered from 0 in the order of their
  /// hashes.
  static func slots(hashes: some Sequence<UInt64>, count: Int) -> [UInt64] {
    var slots = [UInt64](repeating: 0, count: count)
    for (id, hash) in hashes.enumerated() {
      var index = Int(truncatingIfNeeded: hash) & (count - 1)
      while slots[index] != 0 { index = (index &+ 1) & (count - 1) }
      slots[index] = hash & tagMask | UInt64(id + 1)
    }
    return slots
  }

  // MARK: Under the lock

  /// Reads slots that are about to be looked at, so that one does not wait for the other.
  @inline(__always)
  private func fetchSlots(_ entries: UnsafeMutablePointer<StringBatch.Entry>, _ count: Int) {
    var sum: UInt64 = 0
    for i in 0..<count { sum &+= slots[Int(truncatingIfNeeded: entries[i].hash) & slotMask] }
    fetched = sum
  }

  private func internLocked(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> UInt32 {
    let index = slot(bytes, hash)
    let word = slots[index]
    if word != 0 { return UInt32(truncatingIfNeeded: word) &- 1 }
    guard entryCount < UInt32.max &- 64 else { return entryCount &- 1 }
    let id = entryCount
    makeSegment(for: id)
    let target = entry(id)
    target.initialize(
      to: Entry(
        distance: UnsafeRawPointer(store(bytes)) - UnsafeRawPointer(target), hash: hash,
        count: UInt32(truncatingIfNeeded: bytes.count), firstBytes: bytes.firstBytes))
    entryCount = id &+ 1
    slots[index] = hash & Self.tagMask | UInt64(id &+ 1)
    if Int(entryCount) &* 2 > slotMask { grow() }
    return id
  }

  /// The slot where the string is or would be put.
  private func slot(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    var index = Int(truncatingIfNeeded: hash) & slotMask
    while true {
      let word = slots[index]
      if word == 0 { return index }
      if word >> 32 == hash >> 32 {
        let found = entry(UInt32(truncatingIfNeeded: word) &- 1)
        if found.pointee.hash == hash && isEntry(found, bytes) { return index }
      }
      index = (index &+ 1) & slotMask
    }
  }

  @inline(__always)
  private func isEntry(
    _ entry: UnsafeMutablePointer<Entry>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let start = bytes.baseAddress else { return entry.pointee.count == 0 }
    return equalBytes(Self.bytes(entry), Int(entry.pointee.count), start, bytes.count)
  }

  private func makeSegment(for id: UInt32) {
    let place = UInt64(id &- frozenCount) &+ 64
    let top = 63 &- place.leadingZeroBitCount
    guard segments[top &- Self.firstSegmentBits] == nil else { return }
    let segment = UnsafeMutablePointer<Entry>.allocate(capacity: 1 << top)
    HugePages.advise(segment, byteCount: MemoryLayout<Entry>.stride << top)
    segments[top &- Self.firstSegmentBits] = segment
  }

  private func store(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8> {
    if bytes.count > heapLeft || heapCursor == nil {
      let size = max(bytes.count, nextHeapBytes)
      nextHeapBytes = min(nextHeapBytes &* 2, Self.heapBytes)
      let heap = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
      heaps.append(heap)
      heapCursor = heap.assumingMemoryBound(to: UInt8.self)
      heapLeft = size
    }
    let target = heapCursor.unsafelyUnwrapped
    if let base = bytes.baseAddress { target.update(from: base, count: bytes.count) }
    heapCursor = target + bytes.count
    heapLeft &-= bytes.count
    return UnsafePointer(target)
  }

  private func grow() {
    let newCount = (slotMask &+ 1) &* 4
    let newSlots = UnsafeMutablePointer<UInt64>.allocate(capacity: newCount)
    HugePages.advise(newSlots, byteCount: newCount &* 8)
    newSlots.initialize(repeating: 0, count: newCount)
    let mask = newCount &- 1
    for id in 0..<entryCount {
      let hash = entry(id).pointee.hash
      var index = Int(truncatingIfNeeded: hash) & mask
      while newSlots[index] != 0 { index = (index &+ 1) & mask }
      newSlots[index] = hash & Self.tagMask | UInt64(id &+ 1)
    }
    if ownsSlots { slots.deallocate() }
    ownsSlots = true
    slots = newSlots
    slotMask = mask
  }
}

/// Whether two ranges of bytes are the same.
@inline(__always)
func equalBytes(
  _ a: UnsafePointer<UInt8>, _ count: Int, _ b: UnsafePointer<UInt8>, _ otherCount: Int
) -> Bool {
  guard count == otherCount else { return false }
  var i = 0
  let rawA = UnsafeRawPointer(a)
  let rawB = UnsafeRawPointer(b)
  while i &+ 8 <= count {
    guard
      rawA.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        == rawB.loadUnaligned(fromByteOffset: i, as: UInt64.self)
    else { return false }
    i &+= 8
  }
  while i < count {
    guard a[i] == b[i] else { return false }
    i &+= 1
  }
  return true
}

extension UnsafeBufferPointer<UInt8> {
  /// The first four bytes as they lie in memory, zeros where there are fewer.
  fileprivate var firstBytes: UInt32 {
    guard let base = baseAddress else { return 0 }
    if count >= 4 { return UnsafeRawPointer(base).loadUnaligned(as: UInt32.self) }
    var word: UInt32 = 0
    for i in 0..<count { word |= UInt32(base[i]) << UInt32(8 * i) }
    return word.littleEndian
  }
}
