/// Byte strings, each once, numbered densely from 0 in the order of their first mention.
///
/// Open addressing with linear probing; look-ups and insertions are O(length of the string).
struct NameTable {
  private(set) var names: [ByteString] = []
  private var hashes: [UInt32] = []
  /// Number + 1 of the name at each slot; 0 is free. The count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 16)

  var count: Int { names.count }

  /// The number of a name; `isNew` when this is its first mention. The bytes must outlive the table.
  mutating func intern(_ name: ByteString) -> (number: UInt32, isNew: Bool) {
    let hash = UInt32(truncatingIfNeeded: name.hash)
    let slot = slot(of: name, hash: hash)
    if slots[slot] != 0 { return (slots[slot] - 1, false) }
    let number = UInt32(names.count)
    names.append(name)
    hashes.append(hash)
    slots[slot] = number + 1
    if names.count * 2 > slots.count { grow() }
    return (number, true)
  }

  /// The number of a name; nil when it was never mentioned.
  func find(_ name: ByteString) -> UInt32? {
    let entry = slots[slot(of: name, hash: UInt32(truncatingIfNeeded: name.hash))]
    return entry == 0 ? nil : entry - 1
  }

  private func slot(of name: ByteString, hash: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if hashes[number] == hash && names[number].hasSameBytes(as: name) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = Array(repeating: 0, count: mask + 1)
    for number in names.indices {
      var slot = Int(hashes[number]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number) + 1
    }
  }
}
