import DossierSyntax

/// Relationships that may continue a chain, with the nodes that they lead to.
final class ChainCandidates {
  let neighbours = IDBuffer(capacity: 16)
  let relationships = IDBuffer(capacity: 16)

  var count: Int { neighbours.count }

  @inline(__always)
  func append(_ neighbour: UInt32, _ relationship: UInt32) {
    neighbours.append(neighbour)
    relationships.append(relationship)
  }

  func removeAll() {
    neighbours.removeAll()
    relationships.removeAll()
  }

  /// Keeps the first `n` and forgets the others.
  func keepFirst(_ n: Int) {
    neighbours.keepFirst(n)
    relationships.keepFirst(n)
  }
}

/// What each relationship of a chain must satisfy, tested while the chain is walked.
///
/// A predicate that depends on the relationship alone is computed for all relationships of the step's
/// types at once as soon as many were tested one by one, and looked up from then on.
final class ChainPredicate {
  /// Which relationships are valid, where that is part of the predicate and the same for all rows.
  let validity: LastingValidity?
  /// What else they must satisfy.
  let others: ChainPredicate?
  private let kernel: ExpressionKernel
  private let element: Slot
  private let isLasting: Bool
  /// The relationships that satisfy the predicate.
  private var satisfying: IDBitmap?
  private var tested = 0

  /// Tests by themselves before all relationships are tested, as a share of these.
  private static let patience = 16

  init(
    _ kernel: ExpressionKernel, _ length: VariableLength, validity: LastingValidity? = nil,
    others: ChainPredicate? = nil
  ) {
    self.kernel = kernel
    self.validity = validity
    self.others = others
    element = length.element
    isLasting = length.predicateIsLasting
  }

  /// Keeps the candidates that satisfy the predicate with the row's values.
  func keep(
    in candidates: ChainCandidates, row: Int, of batch: Batch, _ adjacency: StepAdjacency,
    _ state: ExecutionState
  ) throws(QueryError) {
    if candidates.count == 0 { return }
    if isLasting, state.isReadOnly {
      tested += candidates.count
      if satisfying == nil,
        tested > adjacency.relationshipCount(state.graph) / Self.patience
      {
        satisfying = try testAll(adjacency, state)
      }
      if let satisfying { return keep(in: candidates) { satisfying.contains($0) } }
    }
    let rows = [UInt32](repeating: UInt32(truncatingIfNeeded: row), count: candidates.count)
    let tests = Batch(parent: batch, rows: RowIndices(rows))
    tests.set(element, candidates.relationships.column(.relationship))
    guard let kept = try kernel.select(tests, state) else { return }
    let (neighbours, relationships) = (candidates.neighbours.base, candidates.relationships.base)
    for i in 0..<kept.count {
      neighbours[i] = neighbours[Int(kept.base[i])]
      relationships[i] = relationships[Int(kept.base[i])]
    }
    candidates.keepFirst(kept.count)
  }

  @inline(__always)
  private func keep(in candidates: ChainCandidates, _ isKept: (UInt32) -> Bool) {
    let (neighbours, relationships) = (candidates.neighbours.base, candidates.relationships.base)
    var kept = 0
    for i in 0..<candidates.count where isKept(relationships[i]) {
      neighbours[kept] = neighbours[i]
      relationships[kept] = relationships[i]
      kept += 1
    }
    candidates.keepFirst(kept)
  }

  /// All relationships of a step that satisfy a predicate on the relationship alone.
  func all(_ adjacency: StepAdjacency, _ state: ExecutionState) throws(QueryError) -> IDBitmap {
    if let satisfying { return satisfying }
    let found = try testAll(adjacency, state)
    satisfying = found
    return found
  }

  private func testAll(
    _ adjacency: StepAdjacency, _ state: ExecutionState
  ) throws(QueryError) -> IDBitmap {
    let result = try IDBitmap(count: state.graph.relationshipIDBound, state.arena)
    var isWanted = [Bool](repeating: false, count: state.graph.catalog.relationshipTypeCount)
    for part in adjacency.parts { isWanted[Int(part.type.rawValue)] = true }
    let ids = IDBuffer()
    let living = UnsafeMutablePointer<UInt32>.allocate(capacity: Page.rows)
    defer { living.deallocate() }
    for page in 0..<state.graph.relationshipPageCount {
      ids.removeAll()
      let count = state.graph.scanRelationships(page: page, into: living)
      let columns = state.graph.relationshipColumns(page: page)
      for i in 0..<count where isWanted[Int(columns.types[Int(living[i]) & Page.mask])] {
        ids.append(living[i])
      }
      if ids.count == 0 { continue }
      try state.control.check()
      let batch = Batch(count: ids.count, slotCount: state.slotCount)
      batch.set(element, ids.column(.relationship))
      guard let kept = try kernel.select(batch, state) else {
        for i in 0..<ids.count { result.insert(ids.base[i]) }
        continue
      }
      for i in 0..<kept.count { result.insert(ids.base[Int(kept.base[i])]) }
    }
    return result
  }
}
