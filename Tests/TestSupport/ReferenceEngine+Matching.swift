import DossierSyntax

/// Patterns: every assignment of nodes and relationships that fits, found by trying them all.
extension ReferenceEngine {
  /// A path that is being walked.
  private struct Walk {
    var row: Row
    var path: ReferencePath
    /// The relationships used so far in the whole pattern; none is used twice.
    var used: Set<Int>
    /// The nodes and relationships at ends, as `ReferenceGraph.Relationship` numbers them.
    var ends: Set<Int> = []
    /// Those of the relationships that are in chains.
    var chained: Set<Int> = []
  }

  /// The rows that a pattern makes of one row.
  func matches(
    _ paths: [PathPattern], _ predicate: Expression?, _ row: Row,
    validTime: ValidTimeRestriction? = nil, contemporaneous: Bool = false
  ) throws -> [Row] {
    var walks = [Walk(row: row, path: ReferencePath(nodes: [], relationships: []), used: [])]
    for path in paths { walks = try walks.flatMap { try walk(path, $0) } }
    let window = try validTime.map { try ReferencePeriod(window: $0, self, row) }
    if contemporaneous {
      walks = walks.filter { areContemporaneous($0.ends, $0.used, in: window ?? .always) }
    } else if let window {
      walks = walks.filter { areValid($0.ends, $0.used, chained: $0.chained, in: window) }
    }
    guard let predicate else { return walks.map(\.row) }
    return try walks.map(\.row).filter { try isTrue(predicate, $0) }
  }

  /// All ways to walk one path after what was walked before.
  private func walk(_ pattern: PathPattern, _ before: Walk) throws -> [Walk] {
    var walks: [Walk] = []
    let relationships = graph.placedRelationships.map {
      ReferenceGraph.end(relationship: $0.position)
    }
    for end in graph.nodePositions + relationships {
      guard let row = try bind(pattern.nodes[0], end, before.row) else { continue }
      walks.append(
        Walk(
          row: row, path: ReferencePath(nodes: [end], relationships: []), used: before.used,
          ends: before.ends.union([end]), chained: before.chained))
    }
    for (i, step) in pattern.relationships.enumerated() {
      walks = try walks.flatMap { try take(step, to: pattern.nodes[i + 1], $0) }
    }
    if pattern.selector != .none { walks = shortest(walks, pattern) }
    guard let name = pattern.variable?.text else { return walks }
    return walks.map { walk in
      var walk = walk
      walk.row[name] = .path(walk.path)
      return walk
    }
  }

  /// Of the walks between the same two nodes the shortest ones.
  private func shortest(_ walks: [Walk], _ pattern: PathPattern) -> [Walk] {
    var kept: [Walk] = []
    var ends: Set<[Int]> = []
    for walk in walks.sorted(by: { $0.path.nodes.count < $1.path.nodes.count }) {
      let pair = [walk.path.nodes[0], walk.path.nodes[walk.path.nodes.count - 1]]
      let length = walk.path.nodes.count
      let isFirst = ends.insert(pair).inserted
      let ties = kept.contains {
        $0.path.nodes.count == length && $0.path.nodes[0] == pair[0]
          && $0.path.nodes[length - 1] == pair[1]
      }
      if isFirst || pattern.selector == .allShortestPaths && ties { kept.append(walk) }
    }
    return kept
  }

  /// The row with the node bound, or nil when the node does not fit the pattern. A relationship fits
  /// where it is bound already.
  private func bind(_ pattern: NodePattern, _ node: Int, _ row: Row) throws -> Row? {
    try countStep()
    if pattern.standsForRelationship || node < 0 {
      guard pattern.standsForRelationship, let name = pattern.variable?.text, node < 0,
        case .relationship(-1 - node)? = row[name]
      else { return nil }
      return row
    }
    guard let element = graph.nodes[node] else { return nil }
    var row = row
    if let name = pattern.variable?.text {
      if let bound = row[name] {
        guard case .node(node) = bound else { return nil }
      }
      row[name] = .node(node)
    }
    guard pattern.labels.allSatisfy({ element.labels.contains($0.text) }),
      try fits(element.properties, pattern.properties, row)
    else { return nil }
    return row
  }

  /// Whether the properties have the values of a pattern's map.
  private func fits(
    _ properties: [String: ReferenceValue], _ map: Expression?, _ row: Row
  ) throws -> Bool {
    guard let map else { return true }
    guard case .map(let wanted) = try evaluate(map, row) else { throw ReferenceError.type }
    return wanted.keys.sorted().allSatisfy {
      ReferenceValue.equal(properties[$0] ?? .null, wanted[$0] ?? .null) == true
    }
  }

  // MARK: Steps

  /// All ways to go on by one relationship pattern and the node behind it.
  private func take(
    _ step: RelationshipPattern, to target: NodePattern, _ walk: Walk
  ) throws -> [Walk] {
    guard let length = step.length else {
      return try neighbours(step, walk).compactMap { next in
        var next = next
        let taken = next.path.relationships[next.path.relationships.count - 1]
        if let name = step.variable?.text {
          if let bound = next.row[name] {
            guard case .relationship(taken) = bound else { return nil }
          }
          next.row[name] = .relationship(taken)
        }
        return try arrive(next, target)
      }
    }
    let start = walk.path.relationships.count
    let trails = try trails(
      step, from: walk, minimum: length.minimum ?? 1, maximum: length.maximum ?? .max)
    return try trails.compactMap { next in
      var next = next
      next.chained.formUnion(next.path.relationships[start...])
      if let name = step.variable?.text {
        next.row[name] = .list(next.path.relationships[start...].map { .relationship($0) })
      }
      return try arrive(next, target)
    }
  }

  private func arrive(_ walk: Walk, _ target: NodePattern) throws -> Walk? {
    let end = walk.path.nodes[walk.path.nodes.count - 1]
    guard let row = try bind(target, end, walk.row) else { return nil }
    var walk = walk
    walk.row = row
    walk.ends.insert(end)
    return walk
  }

  /// The walk followed by `minimum` to `maximum` relationships.
  private func trails(
    _ step: RelationshipPattern, from walk: Walk, minimum: Int, maximum: Int
  ) throws -> [Walk] {
    var found = minimum <= 0 ? [walk] : []
    if maximum <= 0 { return found }
    for next in try neighbours(step, walk) where next.path.nodes.allSatisfy({ $0 >= 0 }) {
      found += try trails(step, from: next, minimum: minimum - 1, maximum: maximum - 1)
    }
    return found
  }

  /// The walk followed by each relationship that fits and was not used before.
  private func neighbours(_ step: RelationshipPattern, _ walk: Walk) throws -> [Walk] {
    let here = walk.path.nodes[walk.path.nodes.count - 1]
    var found: [Walk] = []
    for (position, relationship) in graph.placedRelationships {
      try countStep()
      if walk.used.contains(position) { continue }
      let there: Int
      if step.direction != .left, relationship.start == here {
        there = relationship.end
      } else if step.direction != .right, relationship.end == here {
        there = relationship.start
      } else {
        continue
      }
      guard step.types.isEmpty || step.types.contains(where: { $0.text == relationship.type }),
        try fits(relationship.properties, step.properties, walk.row)
      else { continue }
      var next = walk
      next.path.relationships.append(position)
      next.path.nodes.append(there)
      next.used.insert(position)
      found.append(next)
    }
    return found
  }
}
