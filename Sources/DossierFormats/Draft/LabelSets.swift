/// Sets of labels as small numbers; 0 is the empty set.
///
/// A set is another set and one label more, so that sets share what they have in common.
struct LabelSets {
  /// The most labels that a node of a file may have.
  static let limit = 1_000

  private struct Link {
    var parent: UInt32
    var label: UInt32
    var count: Int32
  }

  private var links = [Link(parent: 0, label: 0, count: 0)]
  private var transitions: [UInt64: UInt32] = [:]
  /// The transition that was asked for last, which mostly is the next one too.
  private var lastKey = UInt64.max
  private var lastSet: UInt32 = 0

  /// The number of sets, the empty one among them.
  var count: Int { links.count }

  /// The set with one label more; the same set when it has the label already; nil when the set is
  /// full. O(1) for a known step, else O(size of the set).
  mutating func adding(_ label: UInt32, to set: UInt32) -> UInt32? {
    let key = UInt64(set) << 32 | UInt64(label)
    if key == lastKey { return lastSet }
    guard let target = transitions[key] ?? makeTransition(label, set, key) else { return nil }
    lastKey = key
    lastSet = target
    return target
  }

  /// The labels of a set in the order in which they were added.
  func labels(of set: UInt32) -> [UInt32] {
    var labels: [UInt32] = []
    var set = set
    while set != 0 {
      labels.append(links[Int(set)].label)
      set = links[Int(set)].parent
    }
    return labels.reversed()
  }

  private mutating func makeTransition(_ label: UInt32, _ set: UInt32, _ key: UInt64) -> UInt32? {
    var each = set
    while each != 0 && links[Int(each)].label != label { each = links[Int(each)].parent }
    var target = set
    if each == 0 {
      let count = links[Int(set)].count + 1
      guard count <= Self.limit else { return nil }
      target = UInt32(truncatingIfNeeded: links.count)
      links.append(Link(parent: set, label: label, count: count))
    }
    transitions[key] = target
    return target
  }
}
