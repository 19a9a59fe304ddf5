import DossierSyntax

/// A depth-first walk over the trails from one node: chains that use no relationship twice.
///
/// The lists of neighbours are walked where they are; only where relationships have to be tested
/// first, or a step has several lists, they are copied, one buffer for each depth.
final class TrailWalk {
  /// A node on the trail with the relationships that may follow.
  private struct Frame {
    var neighbours: UnsafePointer<UInt32>
    var relationships: UnsafePointer<UInt32>
    var count: Int
    var position: Int
  }

  private let adjacency: StepAdjacency
  private var predicate: ChainPredicate?
  private let minimum: Int
  private let maximum: Int
  /// Relationships of the trail, and those that it must not use; from some time on also all that are
  /// not valid.
  private let used: IDBitmap
  private var frames: UnsafeMutablePointer<Frame>
  private var frameCapacity = 16
  private var depth = 0
  private let chain = IDBuffer(capacity: 16)
  private var candidates: [ChainCandidates] = []
  private var excluded: [UInt32] = []
  private var steps = 0
  /// Steps of the walks before.
  private var stepsBefore = 0
  /// Where trails have to end; the last step of a trail leads there.
  private var target: UInt32?
  /// How far away nodes are from there, for walks of a limited length.
  private let distances: TargetDistances?
  private var distance: TargetDistances.Reader?
  /// For trails whose relationships share an instant: when relationships are valid, and when the
  /// trail is, after each of its relationships.
  private let periods: SharedPeriods?

  /// The longest trail.
  private static let limit = 1 << 24

  /// `backward` are the lists from the far end of a step to its near one; with them walks to a target
  /// turn back early. Errors: `memoryLimit`.
  init(
    _ adjacency: StepAdjacency, _ length: VariableLength, _ predicate: ChainPredicate?,
    backward: StepAdjacency? = nil, _ state: ExecutionState
  ) throws(QueryError) {
    if let backward, let maximum = length.maximum, maximum > 1 {
      distances = try TargetDistances(backward, maximum: maximum, state)
    } else {
      distances = nil
    }
    self.adjacency = adjacency
    self.predicate = predicate
    minimum = length.minimum
    maximum = length.maximum ?? .max
    periods = length.contemporaneous.flatMap { _ in SharedPeriods(state.graph) }
    used = try IDBitmap(count: state.graph.relationshipIDBound, state.arena)
    frames = .allocate(capacity: frameCapacity)
  }

  deinit { frames.deallocate() }

  /// The relationships from the first node to where the walk stands.
  var relationships: UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: chain.base, count: chain.count)
  }

  /// Starts at a node, without the excluded relationships; `row` of `batch` is what the predicate
  /// reads, `period` the time in which trails that share an instant have it.
  ///
  /// Only trails to `target` are asked for where it is given; others may be found, too.
  func begin(
    at node: UInt32, to target: UInt32? = nil, excluding: [UInt32], row: Int, of batch: Batch,
    in period: Period = .always, _ state: ExecutionState
  ) throws(QueryError) {
    depth = 0
    self.target = target
    distance = target.flatMap { distances?.reader(of: $0) }
    while chain.count > 0 { dropLast() }
    periods?.begin(in: period)
    for relationship in excluded { used.remove(relationship) }
    try excludeInvalid(state)
    excluded = excluding.filter { !used.contains($0) }
    for relationship in excluded { used.insert(relationship) }
    if maximum > 0 { try enter(node, row, batch, state) }
  }

  /// The end of the next trail that is long enough, the trail of length 0 not among them; nil when
  /// there is none left.
  func next(
    row: Int, of batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> UInt32? {
    while depth > 0 {
      steps &+= 1
      if steps & 4095 == 0 { try state.control.check() }
      let frame = frames + (depth - 1)
      while chain.count >= depth { dropLast() }
      let position = frame.pointee.position
      guard position < frame.pointee.count else {
        depth -= 1
        continue
      }
      frame.pointee.position = position + 1
      let relationship = frame.pointee.relationships[position]
      if used.contains(relationship) { continue }
      let node = frame.pointee.neighbours[position]
      if let distance, !distance.mayReach(from: node, in: maximum &- depth) { continue }
      if !(periods?.append(relationship) ?? true) { continue }
      used.insert(relationship)
      chain.append(relationship)
      if depth < maximum { try enter(node, row, batch, state) }
      if chain.count >= minimum { return node }
    }
    return nil
  }

  /// Looks at the valid time of all relationships, if so many of them are walked along.
  private func excludeInvalid(_ state: ExecutionState) throws(QueryError) {
    guard let validity = predicate?.validity else { return }
    guard let valid = try validity.elements(asking: steps &- stepsBefore, state) else {
      stepsBefore = steps
      return
    }
    used.insertAll(outside: valid)
    predicate = predicate?.others
  }

  private func dropLast() {
    used.remove(chain.base[chain.count - 1])
    chain.keepFirst(chain.count - 1)
    periods?.removeLast()
  }

  private func enter(
    _ node: UInt32, _ row: Int, _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) {
    guard depth < Self.limit else {
      throw QueryError(.memoryLimit, "a path is longer than \(Self.limit) relationships")
    }
    if depth == frameCapacity { grow() }
    (frames + depth).initialize(to: try frame(node, row, batch, state))
    depth += 1
  }

  private func frame(
    _ node: UInt32, _ row: Int, _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> Frame {
    if predicate == nil, let lists = adjacency.plainLists {
      let list = lists.neighbours(of: node)
      if let target, depth + 1 == maximum {
        let first = lowerBound(list.neighbours, list.count, target)
        var end = first
        while end < list.count, list.neighbours[end] == target { end += 1 }
        return Frame(
          neighbours: list.neighbours, relationships: list.relationships, count: end,
          position: first)
      }
      return Frame(
        neighbours: list.neighbours, relationships: list.relationships, count: list.count,
        position: 0)
    }
    while candidates.count <= depth { candidates.append(ChainCandidates()) }
    let found = candidates[depth]
    found.removeAll()
    adjacency.forEach(node) { neighbour, relationship in
      if !used.contains(relationship) { found.append(neighbour, relationship) }
    }
    try predicate?.keep(in: found, row: row, of: batch, adjacency, state)
    return Frame(
      neighbours: UnsafePointer(found.neighbours.base),
      relationships: UnsafePointer(found.relationships.base), count: found.count, position: 0)
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Frame>.allocate(capacity: frameCapacity * 2)
    larger.moveInitialize(from: frames, count: depth)
    frames.deallocate()
    frames = larger
    frameCapacity *= 2
  }
}
