import DossierSyntax

/// What each node counts as the end of a chain: 1 where it has a label, or a number that was laid out.
///
/// A label is read from the bitmaps of the pages, so that nothing is written for it.
struct ChainWeights {
  private let numbers: SweepWeights.Reader
  private let label: LabelID?
  private let nodePages: UnsafePointer<UnsafeRawPointer>
  private let pageCount: Int
  private let owner: PageDirectory<NodePage>

  /// 1 for the nodes with the label, 0 for all others; without a label the numbers, or 1.
  init(_ numbers: SweepWeights?, label: LabelID?, _ graph: Graph) {
    self.numbers = SweepWeights.Reader(numbers)
    self.label = label
    owner = graph.nodePages
    nodePages = UnsafePointer(owner.addresses)
    pageCount = min(graph.nodePageCount, owner.pageCount)
  }

  /// No number is larger.
  var bound: UInt64 { label == nil ? numbers.bound : 1 }

  subscript(node: UInt32) -> Int64 {
    page(Int(node) >> Page.shift)[Int(node) & Page.mask]
  }

  /// The numbers of the nodes of a page, by row.
  struct Rows {
    /// Which nodes have the label, where that is what is asked.
    let bits: UnsafePointer<UInt64>?
    fileprivate let numbers: SweepWeights.Reader
    fileprivate let first: UInt32
    /// All numbers are 0.
    let isZero: Bool

    @inline(__always) subscript(row: Int) -> Int64 {
      if isZero { return 0 }
      if let bits { return Int64(truncatingIfNeeded: bits[row >> 6] >> UInt64(row & 63) & 1) }
      return numbers[first &+ UInt32(truncatingIfNeeded: row)]
    }
  }

  @inline(__always)
  func page(_ page: Int) -> Rows {
    let first = UInt32(truncatingIfNeeded: page << Page.shift)
    guard let label else { return Rows(bits: nil, numbers: numbers, first: first, isZero: false) }
    let bits =
      page < pageCount ? NodePage.bitmap(at: nodePages[page], label: label.rawValue) : nil
    return Rows(bits: bits, numbers: numbers, first: first, isZero: bits == nil)
  }
}
