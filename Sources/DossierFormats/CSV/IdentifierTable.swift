import Dossier

/// The nodes of an id space by their identifiers.
///
/// Identifiers are texts. One that is an integer in its usual spelling is kept as the number: in an
/// array while the numbers lie close together, else in a hash table. The others are kept as bytes,
/// which must outlive the table. Reading is safe from several threads while nobody writes.
final class IdentifierTable: @unchecked Sendable {
  static let none = UInt32.max

  /// The name of the id space; empty for the one without a name.
  let name: ByteString

  private struct Slot: BitwiseCopyable {
    var number: Int64
    var node: UInt32
  }

  /// Nodes by number - `lowest`; `none` is free. Empty once `slots` are in use.
  private var dense: UnsafeMutablePointer<UInt32>
  private var denseCount = 0
  private var lowest: Int64 = 0
  private var highest: Int64 = 0
  /// Open addressing; a power of two, at most half of them taken.
  private var slots: UnsafeMutablePointer<Slot>
  private var slotMask = -1
  private var numberCount = 0
  private var names = NameTable()
  private var nodesOfNames: [UInt32] = []

  init(_ name: ByteString) {
    self.name = name
    dense = .allocate(capacity: 0)
    slots = .allocate(capacity: 0)
  }

  deinit {
    dense.deallocate()
    slots.deallocate()
  }

  // MARK: Looking up

  /// The node of a number; `none` when there is none.
  @inline(__always)
  func node(_ number: Int64) -> UInt32 {
    if slotMask < 0 {
      let place = UInt64(bitPattern: number &- lowest)
      return place < UInt64(denseCount) ? dense[Int(place)] : Self.none
    }
    return slots[slot(number)].node
  }

  /// The node of an identifier; `none` when there is none.
  func node(_ text: ByteString) -> UInt32 {
    if let number = NumberText.canonicalInteger(text.buffer) { return node(number) }
    return names.find(text).map { nodesOfNames[Int($0)] } ?? Self.none
  }

  /// Replaces `Int64` numbers by their nodes, `UInt32`, which take the first half of the memory; false
  /// when one has none, and nothing is left to use then.
  func resolve(in memory: UnsafeMutableRawPointer, count: Int) -> Bool {
    var isComplete = true
    if slotMask < 0 {
      let (dense, lowest, denseCount) = (dense, lowest, UInt64(denseCount))
      for row in 0..<count {
        let number = memory.load(fromByteOffset: row &* 8, as: Int64.self)
        let place = UInt64(bitPattern: number &- lowest)
        let node = place < denseCount ? dense[Int(place)] : Self.none
        if node == Self.none { isComplete = false }
        memory.storeBytes(of: node, toByteOffset: row &* 4, as: UInt32.self)
      }
    } else {
      for row in 0..<count {
        let node = slots[slot(memory.load(fromByteOffset: row &* 8, as: Int64.self))].node
        if node == Self.none { isComplete = false }
        memory.storeBytes(of: node, toByteOffset: row &* 4, as: UInt32.self)
      }
    }
    return isComplete
  }

  // MARK: Entering

  /// Makes room for numbers of a range, of which `count` will be entered.
  func prepare(_ range: ClosedRange<Int64>, count: Int) {
    guard slotMask < 0 else { return reserve(count) }
    var low = range.lowerBound
    var high = range.upperBound
    if denseCount > 0 {
      low = min(low, lowest)
      high = max(high, highest)
    }
    let (distance, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, distance < 8 * Int64(numberCount + count) + 4_096 else {
      return hash(count)
    }
    highest = high
    if denseCount == 0 || low < lowest || Int(distance) >= denseCount {
      resize(low, Int(distance) + 1 + Int(distance) / 2)
    }
  }

  /// Enters a node; returns the node that has the number already, else `none`. `prepare` has been
  /// told of the number.
  @inline(__always)
  func enter(_ number: Int64, _ node: UInt32) -> UInt32 {
    let place = slotMask < 0 ? dense + Int(number &- lowest) : nil
    if let place {
      if place.pointee != Self.none { return place.pointee }
      place.pointee = node
    } else {
      let slot = slots + slot(number)
      if slot.pointee.node != Self.none { return slot.pointee.node }
      slot.pointee = Slot(number: number, node: node)
    }
    numberCount &+= 1
    return Self.none
  }

  /// Enters a node by an identifier that is no number; returns the node that has it, else `none`.
  func enter(_ text: ByteString, _ node: UInt32) -> UInt32 {
    let (number, isNew) = names.intern(text)
    guard isNew else { return nodesOfNames[Int(number)] }
    nodesOfNames.append(node)
    return Self.none
  }

  // MARK: Memory

  private func resize(_ low: Int64, _ count: Int) {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    HugePages.advise(larger, byteCount: count * 4)
    larger.initialize(repeating: Self.none, count: count)
    if denseCount > 0 {
      let shift = Int(lowest &- low)
      (larger + shift).update(from: dense, count: min(denseCount, count - shift))
    }
    dense.deallocate()
    dense = larger
    denseCount = count
    lowest = low
  }

  /// Moves the numbers to a hash table with room for `count` more.
  private func hash(_ count: Int) {
    let (old, oldCount) = (dense, denseCount)
    makeSlots(numberCount + count)
    for place in 0..<oldCount where old[place] != Self.none {
      let number = lowest &+ Int64(place)
      slots[slot(number)] = Slot(number: number, node: old[place])
    }
    old.deallocate()
    dense = .allocate(capacity: 0)
    denseCount = 0
  }

  private func reserve(_ count: Int) {
    guard (numberCount + count) * 2 > slotMask + 1 else { return }
    let (old, oldCount) = (slots, slotMask + 1)
    slots = .allocate(capacity: 0)
    makeSlots(numberCount + count)
    for place in 0..<oldCount where old[place].node != Self.none {
      slots[slot(old[place].number)] = old[place]
    }
    old.deallocate()
  }

  private func makeSlots(_ count: Int) {
    var capacity = 1_024
    while capacity < count * 2 { capacity *= 2 }
    slots.deallocate()
    slots = .allocate(capacity: capacity)
    HugePages.advise(slots, byteCount: capacity * MemoryLayout<Slot>.stride)
    slots.initialize(repeating: Slot(number: 0, node: Self.none), count: capacity)
    slotMask = capacity - 1
  }

  /// The slot where a number is or would be put.
  @inline(__always)
  private func slot(_ number: Int64) -> Int {
    let product = UInt64(bitPattern: number).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    var slot = Int(truncatingIfNeeded: product.high ^ product.low) & slotMask
    while slots[slot].node != Self.none && slots[slot].number != number {
      slot = (slot &+ 1) & slotMask
    }
    return slot
  }
}
