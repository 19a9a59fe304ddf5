import Glibc

/// Byte strings, each once, numbered densely from 0 in the order of their first mention.
///
/// Open addressing with linear probing; look-ups and insertions are O(length of the string). A slot
/// holds the first eight bytes of its name, so that a short name is found without a look at the name
/// itself.
struct NameTable {
  /// 16 bytes: a name of up to eight bytes as it is, or the beginning of a longer one.
  private struct Slot {
    /// The first eight bytes, or all.
    var head: UInt64 = 0
    /// Number + 1 of the name; 0 is free.
    var number: UInt32 = 0
    /// The length of a short name; bits of the hash of a long one, whose lowest four bits are set.
    var mark: UInt32 = 0
  }

  /// What a name is looked up by.
  private struct Key {
    var head: UInt64
    var mark: UInt32
    var hash: UInt32

    @inline(__always)
    init(_ name: ByteString) {
      let count = Int(name.count)
      head = name.head
      hash = UInt32(truncatingIfNeeded: name.hash)
      mark = count <= 8 ? UInt32(truncatingIfNeeded: count) : hash | Key.long
    }

    static let long: UInt32 = 15

    var isLong: Bool { mark & Key.long == Key.long }
  }

  private(set) var names: [ByteString] = []
  private var hashes: [UInt32] = []
  /// The count is a power of two.
  private var slots: [Slot] = Array(repeating: Slot(), count: 16)

  var count: Int { names.count }

  /// The number of a name; `isNew` when this is its first mention. The bytes must outlive the table.
  mutating func intern(_ name: ByteString) -> (number: UInt32, isNew: Bool) {
    let key = Key(name)
    let slot = slot(of: name, key)
    let known = slots[slot].number
    if known != 0 { return (known &- 1, false) }
    let number = UInt32(truncatingIfNeeded: names.count)
    names.append(name)
    hashes.append(key.hash)
    slots[slot] = Slot(head: key.head, number: number &+ 1, mark: key.mark)
    if names.count &* 2 > slots.count { grow() }
    return (number, true)
  }

  /// The number of a name; nil when it was never mentioned.
  func find(_ name: ByteString) -> UInt32? {
    let number = slots[slot(of: name, Key(name))].number
    return number == 0 ? nil : number &- 1
  }

  @inline(__always)
  private func slot(of name: ByteString, _ key: Key) -> Int {
    let mask = slots.count &- 1
    return slots.withUnsafeBufferPointer { slots in
      var position = Int(truncatingIfNeeded: key.hash) & mask
      while true {
        let slot = slots[position]
        if slot.number == 0 { return position }
        if slot.head == key.head && slot.mark == key.mark
          && (!key.isLong || names[Int(slot.number &- 1)].hasSameBytes(as: name))
        {
          return position
        }
        position = (position &+ 1) & mask
      }
    }
  }

  private mutating func grow() {
    let old = slots
    let mask = old.count * 4 - 1
    slots = Array(repeating: Slot(), count: mask + 1)
    for slot in old where slot.number != 0 {
      var position = Int(hashes[Int(slot.number) - 1]) & mask
      while slots[position].number != 0 { position = (position + 1) & mask }
      slots[position] = slot
    }
  }
}
