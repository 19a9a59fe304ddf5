/// Which of 2,048 nodes exist, and their labels.
///
///     0     label count (UInt32), label capacity (UInt32)
///     64    existence bitmap                             256 bytes
///     320   one bitmap a label, ascending label ids      256 bytes × capacity
///     …     label ids                                      4 bytes × capacity
///
/// Label bitmaps are subsets of the existence bitmap. A bitmap may be empty.
final class NodePage: FlatPage, @unchecked Sendable {
  private static let existenceOffset = 64
  private static let labelsOffset = 320

  private var base: UnsafeMutableRawPointer
  /// Whoever owns the memory of a borrowed page.
  private let owner: AnyObject?

  init() {
    base = Self.allocate(capacity: 2)
    owner = nil
  }

  /// A page in memory that `owner` keeps alive and that is never written.
  init(borrowing address: UnsafeMutableRawPointer, owner: AnyObject) {
    base = address
    self.owner = owner
  }

  init(copying other: NodePage) {
    owner = nil
    base = Self.allocate(capacity: other.capacity)
    base.copyMemory(from: other.base, byteCount: Self.bytes(capacity: other.capacity))
  }

  deinit {
    if owner == nil { base.deallocate() }
  }

  var address: UnsafeRawPointer { UnsafeRawPointer(base) }
  var isBorrowed: Bool { owner != nil }

  nonisolated(unsafe) static let absentAddress = UnsafeRawPointer(allocate(capacity: 0))

  static func bytes(capacity: Int) -> Int { labelsOffset + capacity * 260 }

  /// Writes a page that has only some of the labels of the page at `source`, and no room for more, to
  /// `bytes(capacity: slots.count)` bytes of zeros.
  static func copy(_ source: UnsafeRawPointer, slots: [Int], to target: UnsafeMutableRawPointer) {
    let count = UInt32(truncatingIfNeeded: slots.count)
    target.storeBytes(of: count, as: UInt32.self)
    target.storeBytes(of: count, toByteOffset: 4, as: UInt32.self)
    (target + existenceOffset).copyMemory(
      from: source + existenceOffset, byteCount: Page.bitmapBytes)
    let ids = UnsafeMutablePointer(mutating: labelIDs(at: target))
    for (place, slot) in slots.enumerated() {
      (target + labelsOffset + place * Page.bitmapBytes).copyMemory(
        from: bitmap(at: source, slot: slot), byteCount: Page.bitmapBytes)
      ids[place] = labelIDs(at: source)[slot]
    }
  }

  private static func allocate(capacity: Int) -> UnsafeMutableRawPointer {
    let size = bytes(capacity: capacity)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    memory.storeBytes(of: UInt32(capacity), toByteOffset: 4, as: UInt32.self)
    return memory
  }

  private var capacity: Int { Int(base.load(fromByteOffset: 4, as: UInt32.self)) }
  var labelCount: Int { Self.labelCount(at: UnsafeRawPointer(base)) }

  // MARK: Reading memory

  @inline(__always)
  static func existence(at address: UnsafeRawPointer) -> UnsafePointer<UInt64> {
    (address + existenceOffset).assumingMemoryBound(to: UInt64.self)
  }

  @inline(__always)
  static func labelCount(at address: UnsafeRawPointer) -> Int {
    Int(address.load(as: UInt32.self))
  }

  /// The ids of the labels that have a bitmap, ascending.
  @inline(__always)
  static func labelIDs(at address: UnsafeRawPointer) -> UnsafePointer<UInt32> {
    let capacity = Int(address.load(fromByteOffset: 4, as: UInt32.self))
    return (address + labelsOffset + capacity * Page.bitmapBytes)
      .assumingMemoryBound(to: UInt32.self)
  }

  /// The bitmap in place `slot` of the page's labels.
  @inline(__always)
  static func bitmap(at address: UnsafeRawPointer, slot: Int) -> UnsafePointer<UInt64> {
    (address + labelsOffset + slot * Page.bitmapBytes).assumingMemoryBound(to: UInt64.self)
  }

  /// The bitmap of a label; nil when no node of the page has it.
  @inline(__always)
  static func bitmap(at address: UnsafeRawPointer, label: UInt32) -> UnsafePointer<UInt64>? {
    let count = labelCount(at: address)
    let ids = labelIDs(at: address)
    let slot = count <= 8 ? linearSlot(ids, count, label) : binarySlot(ids, count, label)
    return slot < count && ids[slot] == label ? bitmap(at: address, slot: slot) : nil
  }

  /// Whether some node of the page may have all labels.
  static func mayHave(_ labels: [LabelID], at address: UnsafeRawPointer) -> Bool {
    labels.allSatisfy { bitmap(at: address, label: $0.rawValue) != nil }
  }

  /// The places of the nodes that have all labels, where they follow each other and that can be told
  /// at once; nil says nothing.
  static func run(_ labels: [LabelID], at address: UnsafeRawPointer) -> (first: Int, count: Int)? {
    if labels.count > 1 { return nil }
    guard let label = labels.first else { return Bitmap.run(existence(at: address)) }
    guard let bits = bitmap(at: address, label: label.rawValue) else { return (0, 0) }
    return Bitmap.run(bits)
  }

  @inline(__always)
  private static func linearSlot(_ ids: UnsafePointer<UInt32>, _ count: Int, _ label: UInt32) -> Int
  {
    var slot = 0
    while slot < count && ids[slot] < label { slot &+= 1 }
    return slot
  }

  private static func binarySlot(_ ids: UnsafePointer<UInt32>, _ count: Int, _ label: UInt32) -> Int
  {
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) >> 1
      if ids[middle] < label { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  // MARK: Writing; the page is uniquely referenced, and refreshed in its directory afterwards

  var existence: UnsafeMutablePointer<UInt64> {
    (base + Self.existenceOffset).assumingMemoryBound(to: UInt64.self)
  }

  /// The bitmap of a label, made if missing. Moves the page's memory when it must grow.
  func writableBitmap(label: UInt32) -> UnsafeMutablePointer<UInt64> {
    let count = labelCount
    let ids = Self.labelIDs(at: address)
    let slot = Self.binarySlot(ids, count, label)
    if slot == count || ids[slot] != label { insertLabel(label, slot: slot) }
    return UnsafeMutablePointer(mutating: Self.bitmap(at: address, slot: slot))
  }

  private func insertLabel(_ label: UInt32, slot: Int) {
    let count = labelCount
    let old = base
    let oldIDs = Self.labelIDs(at: address)
    let larger = Self.allocate(capacity: count < capacity ? capacity : max(2, capacity * 2))
    larger.storeBytes(of: UInt32(count + 1), as: UInt32.self)
    let split = Self.labelsOffset + slot * Page.bitmapBytes
    (larger + Self.existenceOffset).copyMemory(
      from: old + Self.existenceOffset, byteCount: split - Self.existenceOffset)
    (larger + split + Page.bitmapBytes).copyMemory(
      from: old + split, byteCount: (count - slot) * Page.bitmapBytes)
    let ids = UnsafeMutablePointer(mutating: Self.labelIDs(at: UnsafeRawPointer(larger)))
    ids.update(from: oldIDs, count: slot)
    ids[slot] = label
    (ids + slot + 1).update(from: oldIDs + slot, count: count - slot)
    base = larger
    old.deallocate()
  }

  /// Takes a node out of the page; calls `cleared` for each label that it had.
  func remove(row: Int, cleared: (UInt32) -> Void) {
    _ = Bitmap.remove(existence, row)
    let ids = Self.labelIDs(at: address)
    for slot in 0..<labelCount {
      let bits = UnsafeMutablePointer(mutating: Self.bitmap(at: address, slot: slot))
      if Bitmap.remove(bits, row) { cleared(ids[slot]) }
    }
  }
}
