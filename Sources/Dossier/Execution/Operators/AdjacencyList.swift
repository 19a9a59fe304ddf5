import DossierSyntax

/// The adjacency readers that a step of a pattern goes through, resolved for one graph.
struct StepAdjacency {
  struct Part {
    var type: RelationshipTypeID
    var reader: AdjacencyLists
    var direction: AdjacencyDirection
    /// The type has loops, which the outgoing part has given already.
    var skipsLoops: Bool

    /// The number of entries for `far` in the list of `near`.
    func multiplicity(_ near: UInt32, _ far: UInt32) -> Int {
      let list = reader.neighbours(of: near)
      let first = lowerBound(list.neighbours, list.count, far)
      var end = first
      while end < list.count, list.neighbours[end] == far { end &+= 1 }
      return end &- first
    }
  }

  let parts: [Part]
  /// Keeps the parts' memory alive.
  private let readers: [AdjacencyReader]
  /// The only part's lists, where there is no more to the step.
  let plainLists: AdjacencyLists?
  /// The lists of both parts, where there are two and no loops in them.
  let pairedLists: (AdjacencyLists, AdjacencyLists)?

  /// The readers of a step between nodes, or with `reversed` those of the step seen from its far node.
  init(_ types: [String], _ direction: ExpandStep.Direction, _ graph: Graph, reversed: Bool = false)
  {
    self.init(types, direction, .betweenNodes, graph, reversed: reversed)
  }

  /// The readers of a step whose near and far element are the start and the end of `ends`.
  init(
    _ types: [String], _ direction: ExpandStep.Direction, _ ends: RelationshipShape, _ graph: Graph,
    reversed: Bool = false
  ) {
    let outgoing = direction == .both || (direction == .outgoing) != reversed
    let incoming = direction == .both || (direction == .incoming) != reversed
    var parts: [Part] = []
    var readers: [AdjacencyReader] = []
    let (near, far) = reversed ? (ends.reversed, ends) : (ends, ends.reversed)
    if near == far {
      for id in Self.types(types, near, graph.catalog) {
        if outgoing, let reader = graph.adjacency(id, .outgoing) {
          readers.append(reader)
          parts.append(
            Part(type: id, reader: reader.lists, direction: .outgoing, skipsLoops: false))
        }
        if incoming, let reader = graph.adjacency(id, .incoming) {
          readers.append(reader)
          parts.append(
            Part(
              type: id, reader: reader.lists, direction: .incoming,
              skipsLoops: outgoing && graph.hasLoops(id)))
        }
      }
    } else {
      // A relationship and a node: the two directions have types of their own and no loops.
      for (shape, direction, isWanted) in [
        (near, AdjacencyDirection.outgoing, outgoing), (far, .incoming, incoming),
      ] where isWanted {
        for id in Self.types(types, shape, graph.catalog) {
          guard let reader = graph.adjacency(id, direction) else { continue }
          readers.append(reader)
          parts.append(
            Part(type: id, reader: reader.lists, direction: direction, skipsLoops: false))
        }
      }
    }
    self.parts = parts
    self.readers = readers
    plainLists = parts.count == 1 && !parts[0].skipsLoops ? parts[0].reader : nil
    pairedLists =
      parts.count == 2 && !parts[0].skipsLoops && !parts[1].skipsLoops
      ? (parts[0].reader, parts[1].reader) : nil
  }

  private static func types(
    _ names: [String], _ shape: RelationshipShape, _ catalog: Catalog
  ) -> [RelationshipTypeID] {
    if names.isEmpty { return catalog.relationshipTypes(shape) }
    var ids: [RelationshipTypeID] = []
    for name in names {
      if let id = catalog.relationshipType(name, shape), !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// Whether every node that the step can lead to has the label, by the graph's statistics.
  func implies(_ label: LabelID, _ graph: Graph) -> Bool {
    parts.allSatisfy { graph.allNeighbours($0.type, $0.direction, have: label) }
  }

  /// Whether every node that the step can begin at has the label, by the graph's statistics.
  func impliesNear(_ label: LabelID, _ graph: Graph) -> Bool {
    parts.allSatisfy { part in
      graph.allNeighbours(
        part.type, part.direction == .outgoing ? .incoming : .outgoing, have: label)
    }
  }

  /// The only part's lists, where none of them has more than one entry; also nil as long as it would
  /// cost more to find that out than so many rows are worth.
  func singleLists(rows: Int, _ state: ExecutionState) -> AdjacencyLists? {
    // What is written makes the graph forget what it found out.
    guard state.isReadOnly, let plainLists, rows / 32 >= plainLists.pageCount else { return nil }
    guard state.graph.leadsToOne(parts[0].type, parts[0].direction) else { return nil }
    return plainLists
  }

  /// Upper bound of the relationships that the step can go along.
  func relationshipCount(_ graph: Graph) -> Int {
    parts.reduce(0) { $0 + graph.relationshipCount(type: $1.type) }
  }

  /// The number of relationships at a node, each once.
  @inline(__always)
  func degree(of node: UInt32) -> Int {
    if let plainLists { return plainLists.degree(of: node) }
    var sum = 0
    for part in parts {
      sum &+= part.reader.degree(of: node)
      if part.skipsLoops { sum &-= part.multiplicity(node, node) }
    }
    return sum
  }

  /// The number of relationships between two nodes, each once.
  func multiplicity(_ near: UInt32, _ far: UInt32) -> Int {
    if parts.count == 1 { return parts[0].multiplicity(near, far) }
    var sum = 0
    for part in parts where !(part.skipsLoops && near == far) {
      sum &+= part.multiplicity(near, far)
    }
    return sum
  }

  /// The number of relationships at a node; a loop of an undirected step may count twice.
  func degreeBound(of node: UInt32) -> Int {
    var sum = 0
    for part in parts { sum += part.reader.degree(of: node) }
    return sum
  }

  /// Calls `body` with (neighbour, relationship) of each relationship at a node.
  @inline(__always)
  func forEach(_ node: UInt32, _ body: (UInt32, UInt32) -> Void) {
    if let plainLists {
      let list = plainLists.neighbours(of: node)
      for i in 0..<list.count { body(list.neighbours[i], list.relationships[i]) }
      return
    }
    for part in parts {
      let list = part.reader.neighbours(of: node)
      for i in 0..<list.count {
        let neighbour = list.neighbours[i]
        if part.skipsLoops && neighbour == node { continue }
        body(neighbour, list.relationships[i])
      }
    }
  }

  /// The relationships between two nodes, found by binary search in sorted neighbours.
  func between(_ near: UInt32, _ far: UInt32, _ body: (UInt32) -> Void) {
    for part in parts where !(part.skipsLoops && near == far) {
      let list = part.reader.neighbours(of: near)
      var i = lowerBound(list.neighbours, list.count, far)
      while i < list.count, list.neighbours[i] == far {
        body(list.relationships[i])
        i += 1
      }
    }
  }
}

/// The first position in an ascending array whose value is at least `value`. O(log count).
@inline(__always)
func lowerBound(_ values: UnsafePointer<UInt32>, _ count: Int, _ value: UInt32) -> Int {
  var low = 0
  var high = count
  while low < high {
    let middle = (low + high) >> 1
    if values[middle] < value { low = middle + 1 } else { high = middle }
  }
  return low
}
