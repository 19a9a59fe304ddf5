import DossierSyntax

/// `ExpandIntersect`: from two nodes of each row to the nodes that are neighbours of both.
///
/// The sorted neighbour lists of the two nodes are walked side by side; where one is much longer, it
/// is searched for the entries of the other. Where neighbouring rows share one of the nodes, its list
/// is put into a hash table, and the other lists are looked up in it
/// (`NeighbourMarks`). Where so many rows share the first node that looking up their lists would cost
/// more than walking all ways of two steps from it, these are walked once (`TwoStepTable`). Where the
/// first step leads to one node at most, that node is asked for the other one.
final class PhysicalExpandIntersect: PhysicalUnaryOperator {
  private let first: ExpandStep
  private let second: ExpandStep
  private var slicer: BatchSlicer?
  private var batch: Batch?
  private var near: Column?
  private var far: Column?
  private var row = 0
  /// Rows of the input until now.
  private var rowCount = 0
  private var marks: NeighbourMarks?
  private var ways: TwoStepTable?
  /// Rows before this one were looked at for whether their node is worth a table.
  private var judged = 0
  private let matches = IntersectionMatches()

  /// How much longer a list must be to be searched.
  static let skew = 16
  /// What an entry of a table costs, measured in look-ups.
  private static let entryCost = 4

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
      rowCount += next.count
      near = try next.column(first.from).nodeIDs()
      far = try next.column(second.from == first.to ? second.to : second.from).nodeIDs()
      row = 0
      judged = 0
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
    var labels = LabelReader(known.filter { !first.implies($0, state.graph) }, state.graph)
    labels.layOut(tests: batch.count - row)
    let forward = StepAdjacency(first.types, first.direction, state.graph)
    let backward = StepAdjacency(
      second.types, second.direction, state.graph, reversed: second.from == first.to)
    let onward = StepAdjacency(
      second.types, second.direction, state.graph, reversed: second.from != first.to)
    if let singles = forward.singleLists(rows: rowCount, state), let lists = onward.plainLists,
      near.validity == nil, far.validity == nil
    {
      let end = min(batch.count, row + state.batchRows)
      try state.control.check()
      matches.follow(singles, lists, row..<end, near.ids, far.ids, labels)
      row = end
      return
    }
    while row < batch.count, matches.rows.count < state.batchRows {
      defer { row += 1 }
      guard near.isValid(row), far.isValid(row) else { continue }
      let (a, b) = (near.ids[row], far.ids[row])
      let isLast = row + 1 == batch.count
      if row >= judged, !isLast, near.ids[row + 1] == a {
        try judge(near, far, batch.count, forward, onward, backward, labels, state)
      }
      if let ways, ways.isOf(a) {
        matches.append(row, ways, b)
        continue
      }
      if let marks = try marked(a, isNext: !isLast && near.ids[row + 1] == a, forward, 0, state) {
        matches.probe(row, marks, backward, b, labels, swapped: false)
      } else if let marks = try marked(
        b, isNext: !isLast && far.ids[row + 1] == b, backward, 1, state)
      {
        matches.probe(row, marks, forward, a, labels, swapped: true)
      } else {
        for x in forward.parts {
          for y in backward.parts { matches.intersect(row, x, a, y, b, labels) }
        }
      }
    }
    marks?.clear()
    if !state.isReadOnly { ways?.clear() }
  }

  /// Looks at the rows from `row` on that share their first node, and makes the table of all ways from
  /// it if that costs less than to look up the lists of the other nodes.
  private func judge(
    _ near: Column, _ far: Column, _ count: Int, _ first: StepAdjacency, _ second: StepAdjacency,
    _ reversed: StepAdjacency, _ labels: LabelReader, _ state: ExecutionState
  ) throws(QueryError) {
    let node = near.ids[row]
    var lookUps = 0
    judged = row
    while judged < count, near.isValid(judged), near.ids[judged] == node {
      if far.isValid(judged) { lookUps += reversed.degreeBound(of: far.ids[judged]) }
      judged += 1
    }
    judged = max(judged, row + 1)
    if ways?.isOf(node) == true { return }
    var entries = 0
    first.forEach(node) { middle, _ in entries += second.degreeBound(of: middle) }
    guard entries * Self.entryCost < lookUps, entries < TwoStepTable.limit else { return }
    if ways == nil { ways = try TwoStepTable(state) }
    ways?.set(node, first, second, labels)
  }

  /// The marked neighbours of a node, which are marked when the next row needs them again.
  private func marked(
    _ node: UInt32, isNext: Bool, _ adjacency: StepAdjacency, _ side: Int,
    _ state: ExecutionState
  ) throws(QueryError) -> NeighbourMarks? {
    if let marks, marks.isOf(node, side: side) { return marks }
    guard isNext else { return nil }
    if self.marks == nil { self.marks = try NeighbourMarks(state) }
    guard let marks = self.marks else { return nil }
    try marks.set(node, side: side, adjacency)
    return marks
  }
}

/// The matches of an intersection, column by column.
private final class IntersectionMatches {
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

  /// The neighbours of `other` that are among the marked ones, too; with `swapped` the marked ones
  /// are those of the second relationship.
  func probe(
    _ row: Int, _ marks: NeighbourMarks, _ adjacency: StepAdjacency, _ other: UInt32,
    _ labels: LabelReader, swapped: Bool
  ) {
    let table = marks.table
    let marked = table.list
    if marked.count == 0 { return }
    for part in adjacency.parts {
      let list = part.reader.neighbours(of: other)
      let loop = part.skipsLoops ? other : nil
      if list.count > PhysicalExpandIntersect.skew * marked.count {
        let list = NeighbourList(
          neighbours: list.neighbours, relationships: list.relationships, count: list.count)
        if swapped {
          merge(row, list, marked, labels, excluding: loop)
        } else {
          merge(row, marked, list, labels, excluding: nil, loop)
        }
        continue
      }
      for j in 0..<list.count {
        let node = list.neighbours[j]
        if node == loop { continue }
        table.forEach(to: node) { relationship in
          guard labels.accepts(node) else { return }
          append(
            row, node, swapped ? list.relationships[j] : relationship,
            swapped ? relationship : list.relationships[j])
        }
      }
    }
  }

  /// From each near node to the only node that the first step leads to, and the relationships from there
  /// to the far node.
  func follow(
    _ first: AdjacencyLists, _ second: AdjacencyLists, _ range: Range<Int>,
    _ near: UnsafeMutablePointer<UInt32>, _ far: UnsafeMutablePointer<UInt32>,
    _ labels: LabelReader
  ) {
    let room = range.count
    var place = reserve(room)
    var n = 0
    for row in range {
      let list = first.neighbours(of: near[row])
      if list.count == 0 { continue }
      let (node, end) = (list.neighbours[0], far[row])
      let others = second.neighbours(of: node)
      var i = others.count > 8 ? lowerBound(others.neighbours, others.count, end) : 0
      while i < others.count, others.neighbours[i] < end { i &+= 1 }
      if i >= others.count || others.neighbours[i] != end || !labels.accepts(node) { continue }
      repeat {
        if n == room {
          extend(by: n)
          place = reserve(room)
          n = 0
        }
        place.rows[n] = UInt32(truncatingIfNeeded: row)
        place.nodes[n] = node
        place.first[n] = list.relationships[0]
        place.second[n] = others.relationships[i]
        n &+= 1
        i &+= 1
      } while i < others.count && others.neighbours[i] == end
    }
    extend(by: n)
  }

  /// Where the next matches go.
  private struct Place {
    var rows: UnsafeMutablePointer<UInt32>
    var nodes: UnsafeMutablePointer<UInt32>
    var first: UnsafeMutablePointer<UInt32>
    var second: UnsafeMutablePointer<UInt32>
  }

  private func reserve(_ room: Int) -> Place {
    for buffer in [rows, nodes, firstRelationships, secondRelationships] { buffer.reserve(room) }
    return Place(
      rows: rows.base + rows.count, nodes: nodes.base + nodes.count,
      first: firstRelationships.base + firstRelationships.count,
      second: secondRelationships.base + secondRelationships.count)
  }

  private func extend(by n: Int) {
    for buffer in [rows, nodes, firstRelationships, secondRelationships] { buffer.extend(by: n) }
  }

  /// The ways to a node from the node that the table is of.
  func append(_ row: Int, _ ways: TwoStepTable, _ end: UInt32) {
    ways.forEach(to: end) { middle, first, second in append(row, middle, first, second) }
  }

  func intersect(
    _ row: Int, _ a: StepAdjacency.Part, _ near: UInt32, _ b: StepAdjacency.Part, _ far: UInt32,
    _ labels: LabelReader
  ) {
    let (x, y) = (a.reader.neighbours(of: near), b.reader.neighbours(of: far))
    merge(
      row,
      NeighbourList(neighbours: x.neighbours, relationships: x.relationships, count: x.count),
      NeighbourList(neighbours: y.neighbours, relationships: y.relationships, count: y.count),
      labels, excluding: a.skipsLoops ? near : nil, b.skipsLoops ? far : nil)
  }

  private func merge(
    _ row: Int, _ x: NeighbourList, _ y: NeighbourList, _ labels: LabelReader,
    excluding loopX: UInt32? = nil, _ loopY: UInt32? = nil
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
