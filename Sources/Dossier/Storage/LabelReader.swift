/// Tells which nodes of one version of a graph have all of some labels; for tight loops.
///
/// It keeps seeing the graph as it was when it was taken.
struct LabelReader {
  private let addresses: UnsafePointer<UnsafeRawPointer>
  private let pageCount: Int
  private let pages: PageDirectory<NodePage>
  private let first: UInt32
  private let others: [LabelID]
  /// Every node is accepted: there are no labels to test.
  let isTrivial: Bool
  /// The bitmaps of the only label by page, once they are laid out.
  private var bitmaps: LabelBitmaps?
  private var table: UnsafePointer<UnsafePointer<UInt64>?>?

  init(_ labels: [LabelID], _ graph: Graph) {
    pages = graph.nodePages
    addresses = graph.nodePages.addresses
    pageCount = graph.nodePages.pageCount
    isTrivial = labels.isEmpty
    first = labels.first?.rawValue ?? 0
    others = Array(labels.dropFirst())
  }

  /// Whether it reads the labels of a graph as they are now.
  func reads(_ graph: Graph) -> Bool { pages === graph.nodePages }

  /// Looks up where the label's bitmaps are once for all, if this many tests make up for it.
  mutating func layOut(tests: Int) {
    guard table == nil, !isTrivial, others.isEmpty, tests >= pageCount else { return }
    let made = LabelBitmaps(pageCount)
    for page in 0..<pageCount {
      made.base[page] = NodePage.bitmap(at: addresses[page], label: first)
    }
    bitmaps = made
    table = UnsafePointer(made.base)
  }

  /// Whether a node that exists has all of the labels.
  @inline(__always)
  func accepts(_ node: UInt32) -> Bool {
    if isTrivial { return true }
    if let table {
      let page = Int(node >> UInt32(Page.shift))
      guard page < pageCount, let bits = table[page] else { return false }
      return Bitmap.contains(bits, Int(node) & Page.mask)
    }
    guard has(node, first) else { return false }
    if others.isEmpty { return true }
    for label in others where !has(node, label.rawValue) { return false }
    return true
  }

  @inline(__always)
  private func has(_ node: UInt32, _ label: UInt32) -> Bool {
    let page = Int(node >> UInt32(Page.shift))
    guard page < pageCount, let bits = NodePage.bitmap(at: addresses[page], label: label) else {
      return false
    }
    return Bitmap.contains(bits, Int(node) & Page.mask)
  }
}

/// Memory for the bitmaps of a label; nil for pages where no node has it.
private final class LabelBitmaps {
  let base: UnsafeMutablePointer<UnsafePointer<UInt64>?>

  init(_ count: Int) { base = .allocate(capacity: max(count, 1)) }

  deinit { base.deallocate() }
}
