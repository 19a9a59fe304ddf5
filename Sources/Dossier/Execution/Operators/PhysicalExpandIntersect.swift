import DossierSyntax
import Glibc

/// `ExpandIntersect`: from two nodes of each row to the nodes that are neighbours of both.
///
/// The sorted neighbour lists of the two nodes are walked side by side; where one is much longer, it
/// is searched for the entries of the other. Where neighbouring rows share one of the nodes, its list
/// is marked in an array over all nodes, and the other lists are looked up in it.
final class PhysicalExpandIntersect: PhysicalUnaryOperator {
  private let first: ExpandStep
  private let second: ExpandStep
  private var slicer: BatchSlicer?
  private var batch: Batch?
  private var near: Column?
  private var far: Column?
  private var row = 0
  private var marks: NeighbourMarks?
  private let matches = IntersectionMatches()

  /// How much longer a list must be to be searched.
  static let skew = 16

  /// `first` finds the node, `second` connects it with another node of the row.
  init(_ input: PhysicalOperator, _ first: ExpandStep, _ second: ExpandStep) {
    self.first = first
    self.second = second
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    batch = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let result = slicer?.next(state.batchRows) { return result }
    slicer = nil
    if batch == nil {
      guard let next = try input.next(state) else { return nil }
      batch = next
      near = try next.column(first.from).nodeIDs()
      far = try next.column(second.from == first.to ? second.to : second.from).nodeIDs()
      row = 0
    }
    guard let batch else { return nil }
    try fill(batch, state)
    let result = Batch(parent: batch, rows: matches.rows.indices)
    result.set(first.to, matches.nodes.column(.node))
    result.set(first.relationship, matches.firstRelationships.column(.relationship))
    result.set(second.relationship, matches.secondRelationships.column(.relationship))
    if row == batch.count { self.batch = nil }
    slicer = BatchSlicer(second.keepingDifferent(first.keepingDifferent(result)))
    return slicer?.next(state.batchRows) ?? Batch(count: 0, slotCount: state.slotCount)
  }

  /// Takes rows of the input until there is a batch of matches.
  private func fill(_ batch: Batch, _ state: ExecutionState) throws(QueryError) {
    matches.removeAll()
    let known = first.toLabels.compactMap { state.graph.catalog.label($0) }
    guard let near, let far, known.count == first.toLabels.count else {
      row = batch.count
      return
    }
    let labels = LabelReader(known.filter { !first.implies($0, state.graph) }, state.graph)
    let forward = StepAdjacency(first.types, first.direction, state.graph)
    let backward = StepAdjacency(
      second.types, second.direction, state.graph, reversed: second.from == first.to)
    while row < batch.count, matches.rows.count < state.batchRows {
      defer { row += 1 }
      guard near.isValid(row), far.isValid(row) else { continue }
      let (a, b) = (near.ids[row], far.ids[row])
      if let x = forward.plainLists, let y = backward.plainLists {
        let next = row + 1 < batch.count ? row + 1 : row
        if try isMarked(a, isNext: next > row && near.ids[next] == a, x, 0, state) {
          matches.probe(row, x.neighbours(of: a), y.neighbours(of: b), marks, labels)
          continue
        }
        if try isMarked(b, isNext: next > row && far.ids[next] == b, y, 1, state) {
          matches.probe(row, y.neighbours(of: b), x.neighbours(of: a), marks, labels, swapped: true)
          continue
        }
      }
      for x in forward.parts {
        for y in backward.parts {
          matches.intersect(row, x, a, y, b, labels)
        }
      }
    }
    marks?.clear()
  }

  /// Whether the list of a node is marked, which is done when the next row needs it again.
  private func isMarked(
    _ node: UInt32, isNext: Bool, _ lists: AdjacencyLists, _ side: Int, _ state: ExecutionState
  ) throws(QueryError) -> Bool {
    if let marks, marks.isOf(node, side) { return true }
    guard isNext else { return false }
    if marks == nil {
      try state.arena.charge(state.graph.nodeIDBound * MemoryLayout<UInt32>.stride)
      marks = NeighbourMarks(nodes: state.graph.nodeIDBound)
    }
    guard let marks else { throw QueryError(.memoryLimit, "no memory for marks of nodes") }
    marks.set(node, side, lists)
    return true
  }
}

/// Where each node stands in one neighbour list: an array over all nodes.
final class NeighbourMarks {
  /// 1 + the first position of the node in the list; 0 for nodes that are not in it.
  private let positions: UnsafeMutablePointer<UInt32>
  private var marked: (node: UInt32, side: Int, lists: AdjacencyLists)?

  init?(nodes: Int) {
    guard let memory = calloc(max(nodes, 1), MemoryLayout<UInt32>.stride) else { return nil }
    positions = memory.assumingMemoryBound(to: UInt32.self)
  }

  deinit { free(positions) }

  func isOf(_ node: UInt32, _ side: Int) -> Bool { marked?.node == node && marked?.side == side }

  /// Marks the list of a node in place of what was marked before.
  func set(_ node: UInt32, _ side: Int, _ lists: AdjacencyLists) {
    clear()
    let list = lists.neighbours(of: node)
    for i in stride(from: list.count - 1, through: 0, by: -1) {
      positions[Int(list.neighbours[i])] = UInt32(truncatingIfNeeded: i + 1)
    }
    marked = (node, side, lists)
  }

  func clear() {
    guard let marked else { return }
    let list = marked.lists.neighbours(of: marked.node)
    for i in 0..<list.count { positions[Int(list.neighbours[i])] = 0 }
    self.marked = nil
  }

  /// 1 + the first position of a node; 0 when it is not in the list.
  @inline(__always) func position(of node: UInt32) -> Int { Int(positions[Int(node)]) }
}

/// The matches of an intersection, column by column.
private final class IntersectionMatches {
  typealias List = (
    neighbours: UnsafePointer<UInt32>, relationships: UnsafePointer<UInt32>, count: Int
  )

  let rows = IDBuffer()
  let nodes = IDBuffer()
  let firstRelationships = IDBuffer()
  let secondRelationships = IDBuffer()

  func removeAll() {
    rows.removeAll()
    nodes.removeAll()
    firstRelationships.removeAll()
    secondRelationships.removeAll()
  }

  /// The nodes of `list` that are in the marked list, too; with `swapped` the marked list is that of
  /// the second relationship.
  func probe(
    _ row: Int, _ marked: List, _ list: List, _ marks: NeighbourMarks?, _ labels: LabelReader,
    swapped: Bool = false
  ) {
    guard let marks, marked.count > 0 else { return }
    if list.count > PhysicalExpandIntersect.skew * marked.count {
      return swapped
        ? merge(row, list, marked, labels) : merge(row, marked, list, labels)
    }
    for j in 0..<list.count {
      let node = list.neighbours[j]
      let position = marks.position(of: node)
      if position == 0 || !labels.accepts(node) { continue }
      var i = position - 1
      while i < marked.count, marked.neighbours[i] == node {
        let (a, b) = (marked.relationships[i], list.relationships[j])
        append(row, node, swapped ? b : a, swapped ? a : b)
        i &+= 1
      }
    }
  }

  func intersect(
    _ row: Int, _ a: StepAdjacency.Part, _ near: UInt32, _ b: StepAdjacency.Part, _ far: UInt32,
    _ labels: LabelReader
  ) {
    merge(
      row, a.reader.neighbours(of: near), b.reader.neighbours(of: far), labels,
      excluding: a.skipsLoops ? near : nil, b.skipsLoops ? far : nil)
  }

  private func merge(
    _ row: Int, _ x: List, _ y: List, _ labels: LabelReader, excluding loopX: UInt32? = nil,
    _ loopY: UInt32? = nil
  ) {
    let skew = PhysicalExpandIntersect.skew
    let (searchesX, searchesY) = (x.count > skew * y.count, y.count > skew * x.count)
    var i = 0
    var j = 0
    while i < x.count, j < y.count {
      let (u, v) = (x.neighbours[i], y.neighbours[j])
      if u < v {
        i = searchesX ? i + lowerBound(x.neighbours + i, x.count - i, v) : i + 1
      } else if v < u {
        j = searchesY ? j + lowerBound(y.neighbours + j, y.count - j, u) : j + 1
      } else {
        var (endX, endY) = (i, j)
        while endX < x.count, x.neighbours[endX] == u { endX += 1 }
        while endY < y.count, y.neighbours[endY] == u { endY += 1 }
        if u != loopX, u != loopY, labels.accepts(u) {
          for p in i..<endX {
            for q in j..<endY { append(row, u, x.relationships[p], y.relationships[q]) }
          }
        }
        (i, j) = (endX, endY)
      }
    }
  }

  @inline(__always)
  private func append(_ row: Int, _ node: UInt32, _ first: UInt32, _ second: UInt32) {
    rows.append(UInt32(truncatingIfNeeded: row))
    nodes.append(node)
    firstRelationships.append(first)
    secondRelationships.append(second)
  }
}
