/// The ends of the relationships of a batch's rows from which counted ones must differ, as bare memory.
struct RowBounds {
  private let near: UnsafeMutableBufferPointer<BoundEnds>
  private let far: UnsafeMutableBufferPointer<BoundEnds>
  let isEmpty: Bool

  /// Those that the first counted relationship must differ from, and the second one.
  init(near: [BoundEnds], far: [BoundEnds]) {
    self.near = .allocate(capacity: near.count)
    self.far = .allocate(capacity: far.count)
    _ = self.near.initialize(fromContentsOf: near)
    _ = self.far.initialize(fromContentsOf: far)
    isEmpty = near.isEmpty && far.isEmpty
  }

  func deallocate() {
    near.deallocate()
    far.deallocate()
  }

  /// The nodes that were counted for a row and to which a relationship of the row leads, too.
  @inline(__always)
  func touched(_ a: UInt32, _ b: UInt32, _ laid: NodeTotals, _ row: Int) -> [UInt32] {
    var nodes: [UInt32] = []
    Self.collect(near, a, a, b, laid, row, &nodes)
    Self.collect(far, b, a, b, laid, row, &nodes)
    return nodes
  }

  @inline(__always)
  private static func collect(
    _ bounds: UnsafeMutableBufferPointer<BoundEnds>, _ node: UInt32, _ a: UInt32, _ b: UInt32,
    _ laid: NodeTotals, _ row: Int, _ nodes: inout [UInt32]
  ) {
    for i in 0..<bounds.count {
      let (from, to) = (bounds[i].from[row], bounds[i].to[row])
      if bounds[i].runsForward, from == node, to != a, to != b, laid[to] != 0, !nodes.contains(to) {
        nodes.append(to)
      }
      if bounds[i].runsBackward, to == node, from != a, from != b, laid[from] != 0,
        !nodes.contains(from)
      {
        nodes.append(from)
      }
    }
  }
}
