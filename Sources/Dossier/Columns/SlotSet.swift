/// A set of slots as a bitmap: one machine word for the first 64, an array for those beyond.
///
/// A statement has few variables as a rule, so its sets cost no allocation. Runs in the order of
/// the slots.
struct SlotSet: SetAlgebra, Hashable, Sendable {
  private var low: UInt64 = 0
  /// The words of the slots from 64 on; the last one is not zero.
  private var rest: [UInt64] = []

  init() {}

  init(_ slots: some Sequence<Slot>) {
    for slot in slots { insert(slot) }
  }

  init(arrayLiteral slots: Slot...) {
    self.init(slots)
  }

  var isEmpty: Bool { low == 0 && rest.isEmpty }

  var count: Int {
    rest.reduce(low.nonzeroBitCount) { $0 + $1.nonzeroBitCount }
  }

  /// The slot with the smallest index.
  var first: Slot? {
    var slots = makeIterator()
    return slots.next()
  }

  func contains(_ slot: Slot) -> Bool {
    let word = slot.index / 64
    let bit = UInt64(1) << UInt64(slot.index % 64)
    if word == 0 { return low & bit != 0 }
    return word <= rest.count && rest[word - 1] & bit != 0
  }

  @discardableResult
  mutating func insert(_ slot: Slot) -> (inserted: Bool, memberAfterInsert: Slot) {
    let isNew = !contains(slot)
    let word = slot.index / 64
    let bit = UInt64(1) << UInt64(slot.index % 64)
    if word == 0 {
      low |= bit
    } else {
      while rest.count < word { rest.append(0) }
      rest[word - 1] |= bit
    }
    return (isNew, slot)
  }

  @discardableResult
  mutating func update(with slot: Slot) -> Slot? {
    insert(slot).inserted ? nil : slot
  }

  @discardableResult
  mutating func remove(_ slot: Slot) -> Slot? {
    guard contains(slot) else { return nil }
    subtract([slot])
    return slot
  }

  mutating func formUnion(_ other: SlotSet) {
    combine(other, |)
  }

  mutating func formUnion(_ slots: some Sequence<Slot>) {
    for slot in slots { insert(slot) }
  }

  mutating func formIntersection(_ other: SlotSet) {
    combine(other, &)
  }

  mutating func formSymmetricDifference(_ other: SlotSet) {
    combine(other, ^)
  }

  mutating func subtract(_ other: SlotSet) {
    combine(other) { $0 & ~$1 }
  }

  func union(_ other: SlotSet) -> SlotSet {
    var result = self
    result.formUnion(other)
    return result
  }

  func union(_ slots: some Sequence<Slot>) -> SlotSet {
    var result = self
    result.formUnion(slots)
    return result
  }

  func intersection(_ other: SlotSet) -> SlotSet {
    var result = self
    result.formIntersection(other)
    return result
  }

  func symmetricDifference(_ other: SlotSet) -> SlotSet {
    var result = self
    result.formSymmetricDifference(other)
    return result
  }

  func subtracting(_ other: SlotSet) -> SlotSet {
    var result = self
    result.subtract(other)
    return result
  }

  func isSubset(of other: SlotSet) -> Bool {
    subtracting(other).isEmpty
  }

  func isDisjoint(with other: SlotSet) -> Bool {
    intersection(other).isEmpty
  }

  private mutating func combine(_ other: SlotSet, _ combined: (UInt64, UInt64) -> UInt64) {
    low = combined(low, other.low)
    if rest.isEmpty && other.rest.isEmpty { return }
    while rest.count < other.rest.count { rest.append(0) }
    for index in rest.indices {
      rest[index] = combined(rest[index], index < other.rest.count ? other.rest[index] : 0)
    }
    while rest.last == 0 { rest.removeLast() }
  }
}

extension SlotSet: Sequence {
  struct Iterator: IteratorProtocol {
    fileprivate var bits: UInt64
    fileprivate var word = 0
    fileprivate let rest: [UInt64]

    mutating func next() -> Slot? {
      while bits == 0 {
        guard word < rest.count else { return nil }
        bits = rest[word]
        word += 1
      }
      defer { bits &= bits - 1 }
      return Slot(index: word * 64 + bits.trailingZeroBitCount)
    }
  }

  func makeIterator() -> Iterator {
    Iterator(bits: low, rest: rest)
  }
}
