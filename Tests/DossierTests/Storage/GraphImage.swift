@testable import Dossier

/// Everything that can be seen of a graph, in a form that can be compared.
struct GraphImage: Equatable {
  struct NodeImage: Equatable {
    var labels: [UInt32] = []
    var properties: [UInt32: String] = [:]
  }

  struct RelationshipImage: Equatable {
    var type: UInt32
    var start: UInt32
    var end: UInt32
    var properties: [UInt32: String] = [:]
  }

  var nodes: [UInt32: NodeImage] = [:]
  var relationships: [UInt32: RelationshipImage] = [:]
}

extension GraphImage {
  /// Reads a graph through its row-wise interface.
  init(_ graph: Graph) throws {
    let arena = Arena()
    for raw in 0..<UInt32(graph.nodeIDBound) where graph.contains(NodeID(rawValue: raw)) {
      let id = NodeID(rawValue: raw)
      var node = NodeImage(labels: graph.labels(of: id).map(\.rawValue))
      for key in graph.propertyKeys(of: id) {
        node.properties[key.rawValue] = text(try graph.property(id, key, arena: arena))
      }
      nodes[raw] = node
    }
    for raw in 0..<UInt32(graph.relationshipIDBound)
    where graph.contains(RelationshipID(rawValue: raw)) {
      let id = RelationshipID(rawValue: raw)
      let (type, start, end) = graph.ends(of: id)
      var relationship = RelationshipImage(
        type: type.rawValue, start: start.rawValue, end: end.rawValue)
      for key in graph.propertyKeys(of: id) {
        relationship.properties[key.rawValue] = text(try graph.property(id, key, arena: arena))
      }
      relationships[raw] = relationship
    }
  }

  /// What the graph's adjacency, scans and counts say wrongly; empty when all is well.
  func differences(from graph: Graph) throws -> [String] {
    var found: [String] = []
    if try GraphImage(graph) != self { found.append("elements") }
    if graph.nodeCount != nodes.count { found.append("node count") }
    if graph.relationshipCount != relationships.count { found.append("relationship count") }
    found += scanDifferences(graph)
    let types = Set(relationships.values.map(\.type)).union([0, 1, 2, 3])
    for type in types.sorted() {
      for direction in [AdjacencyDirection.outgoing, .incoming] {
        if adjacency(type, direction) != Self.adjacency(graph, type, direction) {
          found.append("type \(type) \(direction)")
        }
      }
    }
    return found
  }

  private func scanDifferences(_ graph: Graph) -> [String] {
    var found: [String] = []
    for labels in [[], [0], [1], [0, 2], [1, 2, 0], [9]] as [[UInt32]] {
      let expected = nodes.filter { labels.allSatisfy($0.value.labels.contains) }.keys.sorted()
      var scanned: [UInt32] = []
      for page in 0..<graph.nodePageCount {
        scanned += [UInt32](unsafeUninitializedCapacity: Page.rows) { buffer, count in
          guard let base = buffer.baseAddress else { return }
          count = graph.scanNodes(
            page: page, labels: labels.map(LabelID.init(rawValue:)), into: base)
        }
      }
      if scanned != expected { found.append("scan of labels \(labels)") }
      if labels.count == 1,
        graph.nodeCount(label: LabelID(rawValue: labels[0])) != expected.count
      {
        found.append("count of label \(labels[0])")
      }
    }
    return found
  }

  private func adjacency(_ type: UInt32, _ direction: AdjacencyDirection) -> [UInt32: [[UInt32]]] {
    var lists: [UInt32: [[UInt32]]] = [:]
    for (id, one) in relationships where one.type == type {
      let (near, far) = direction == .outgoing ? (one.start, one.end) : (one.end, one.start)
      lists[near, default: []].append([far, id])
    }
    return lists.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
  }

  private static func adjacency(
    _ graph: Graph, _ type: UInt32, _ direction: AdjacencyDirection
  ) -> [UInt32: [[UInt32]]] {
    var lists: [UInt32: [[UInt32]]] = [:]
    guard let reader = graph.adjacency(RelationshipTypeID(rawValue: type), direction) else {
      return lists
    }
    for node in 0..<UInt32(graph.nodeIDBound) {
      let (neighbours, relationships, count) = reader.neighbours(of: node)
      if count > 0 {
        lists[node] = (0..<count).map { [neighbours[$0], relationships[$0]] }
      }
    }
    return lists
  }
}

/// A stored value as text that differs for different values and types.
func text(_ cell: Cell) -> String {
  switch cell.tag {
  case .string: return "string \(Array(cell.bytes))"
  case .list: return "[" + cell.cells.map(text).joined(separator: ", ") + "]"
  case .duration:
    let value = cell.duration
    return "duration \(value.months) \(value.days) \(value.seconds) \(value.nanoseconds)"
  default: return "\(cell.tag) \(cell.raw) \(cell.aux) \(cell.extra)"
  }
}

/// A small generator of random numbers whose sequence is fixed by its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
