import DossierSyntax

/// A breadth-first search from both ends for the shortest chains between two nodes.
///
/// The end at whose edge fewer nodes were reached goes on by a level, until a node is known to both:
/// as all nodes nearer to either end are known by then, the way over it is a shortest one. With what
/// is asked of relationships the candidates of a level are tested at once.
struct BidirectionalSearch {
  /// From the first node on, and from the last node back.
  let forward: StepAdjacency
  let backward: StepAdjacency
  let maximum: Int?
  /// Every shortest chain is asked for, not any one.
  let all: Bool

  /// Of the relationships (by position) those that may be used.
  typealias Test = (IDBuffer) throws(QueryError) -> RowIndices?

  /// Nodes known to both sides, by their places on either one.
  private typealias Meeting = (forward: Int, backward: Int)

  /// The relationships of each chain found, from the first node to the last one, which differ.
  func chains(
    from first: UInt32, to last: UInt32, _ test: Test?, _ state: ExecutionState
  ) throws(QueryError) -> [[UInt32]] {
    let (near, far) = (ReachedNodes(first: first), ReachedNodes(first: last))
    var depth = 0
    while maximum.map({ depth < $0 }) ?? true {
      try state.control.check()
      if near.level.isEmpty || far.level.isEmpty { return [] }
      depth += 1
      let goesForward = near.level.count <= far.level.count
      let (side, other) = goesForward ? (near, far) : (far, near)
      let adjacency = goesForward ? forward : backward
      let found =
        if let test {
          try meetings(side, other, adjacency, test)
        } else {
          meetings(side, other, adjacency)
        }
      side.endLevel()
      if found.isEmpty { continue }
      return try chains(
        over: found.map { goesForward ? ($0.0, $0.1) : ($0.1, $0.0) }, near, far, state)
    }
    return []
  }

  /// Goes on by a level and gives the new nodes that the other side knows, by their places on this
  /// side and on the other; one is enough where not all chains are asked for.
  private func meetings(
    _ side: ReachedNodes, _ other: ReachedNodes, _ adjacency: StepAdjacency
  ) -> [(Int, Int)] {
    var found: [(Int, Int)] = []
    for place in side.level {
      adjacency.forEach(side.node(at: place)) { neighbour, relationship in
        if let new = side.reach(neighbour, from: place, along: relationship, keepsAll: all),
          let known = other.place(of: neighbour)
        {
          found.append((new, known))
        }
      }
      if !all, !found.isEmpty { break }
    }
    return found
  }

  private func meetings(
    _ side: ReachedNodes, _ other: ReachedNodes, _ adjacency: StepAdjacency, _ test: Test
  ) throws(QueryError) -> [(Int, Int)] {
    let candidates = ChainCandidates()
    let origins = IDBuffer(capacity: 16)
    for place in side.level {
      adjacency.forEach(side.node(at: place)) { neighbour, relationship in
        candidates.append(neighbour, relationship)
        origins.append(UInt32(truncatingIfNeeded: place))
      }
    }
    if candidates.count == 0 { return [] }
    let kept = try test(candidates.relationships)
    var found: [(Int, Int)] = []
    for i in 0..<(kept?.count ?? candidates.count) {
      let position = kept.map { Int($0.base[i]) } ?? i
      let neighbour = candidates.neighbours.base[position]
      if let new = side.reach(
        neighbour, from: Int(origins.base[position]),
        along: candidates.relationships.base[position], keepsAll: all),
        let known = other.place(of: neighbour)
      {
        found.append((new, known))
      }
    }
    return found
  }

  private func chains(
    over meetings: [Meeting], _ near: ReachedNodes, _ far: ReachedNodes, _ state: ExecutionState
  ) throws(QueryError) -> [[UInt32]] {
    guard all else {
      return meetings.prefix(1).map {
        near.way(from: $0.forward).reversed() + far.way(from: $0.backward)
      }
    }
    var complete: [[UInt32]] = []
    for meeting in meetings {
      try near.forEachWay(from: meeting.forward) { (before) throws(QueryError) in
        try far.forEachWay(from: meeting.backward) { (after) throws(QueryError) in
          complete.append(before.reversed() + after)
          if complete.count & 1023 == 0 { try state.control.check() }
        }
      }
    }
    return complete
  }
}
