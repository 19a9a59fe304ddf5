/// A hash index from the strings and integers of one property key to nodes, kept while a graph loads.
///
/// Strings are known by their numbers in the graph's dictionary. Of several nodes with one value, the
/// first that was inserted is found.
struct NodeKeyIndex {
  /// A value that nodes are found by.
  enum Key: Equatable {
    case integer(Int64)
    /// A number of the string dictionary.
    case string(UInt32)

    /// The key of a cell; nil for values that no node is found by.
    init?(_ cell: Cell, in strings: StringDictionary) {
      switch cell.tag {
      case .integer: self = .integer(cell.integer)
      case .string:
        guard let id = strings.find(cell.bytes) else { return nil }
        self = .string(id)
      default: return nil
      }
    }

    fileprivate var bits: UInt64 {
      switch self {
      case .integer(let value): UInt64(bitPattern: value)
      case .string(let id): UInt64(id) | 0x8000_5555_0000_0000
      }
    }
  }

  private struct Slot {
    var key: Key
    var node: NodeID
  }

  /// Open addressing with linear probing; the count is a power of two.
  private var slots: [Slot?] = Array(repeating: nil, count: 16)
  private var count = 0

  /// The node of a value.
  func find(_ key: Key) -> NodeID? { slots[position(of: key)]?.node }

  /// Remembers a node by a value unless another node has it already.
  mutating func insert(_ node: NodeID, key: Key?) {
    guard let key else { return }
    let position = position(of: key)
    guard slots[position] == nil else { return }
    slots[position] = Slot(key: key, node: node)
    count += 1
    if count * 2 > slots.count { grow() }
  }

  /// Forgets a node's old value; nothing happens when the value finds another node.
  mutating func remove(_ node: NodeID, key: Key?) {
    guard let key else { return }
    var hole = position(of: key)
    guard slots[hole]?.node == node else { return }
    slots[hole] = nil
    count -= 1
    let mask = slots.count - 1
    var next = (hole + 1) & mask
    while let slot = slots[next] {
      let home = Self.home(slot.key, mask: mask)
      if (next &- home) & mask >= (next &- hole) & mask {
        slots[hole] = slot
        slots[next] = nil
        hole = next
      }
      next = (next + 1) & mask
    }
  }

  private static func home(_ key: Key, mask: Int) -> Int {
    let product = key.bits.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & mask
  }

  /// The slot of a value, or the free one where it would stand.
  private func position(of key: Key) -> Int {
    let mask = slots.count - 1
    var position = Self.home(key, mask: mask)
    while let slot = slots[position], slot.key != key { position = (position + 1) & mask }
    return position
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: old.count * 2)
    for case let slot? in old { slots[position(of: slot.key)] = slot }
  }
}
