/// A pattern as it is extracted from a plan, with what its matches must not do.
struct CountedPattern {
  var nodes: [CountTerm.Node] = []
  var edges: [CountTerm.Edge] = []
  var branches: [CountTerm.Branch] = []
  /// Pairs of edges that must be different relationships.
  var differentEdges: [(Int, Int)] = []
  /// Pairs of nodes that must be different.
  var differentNodes: [(Int, Int)] = []
  /// Edges that must not be there.
  var absentEdges: [CountTerm.Edge] = []
  /// When edges are to be valid, by their positions; the others may be valid at any time.
  var windows: [Int: BoundExpression] = [:]
  /// The same for the edges of each branch.
  var branchWindows: [BoundExpression?] = []

  /// The window in which all edges are to be valid, those of branches included; `isCommon` is false
  /// where they differ. Windows of the same text are the same.
  var window: (isCommon: Bool, common: BoundExpression?) {
    let all =
      edges.indices.map { windows[$0] } + absentEdges.map { _ in nil } + branchWindows
    let text = PlanText(names: [:])
    let texts = Set(all.map { $0.map { text.windowText($0) } ?? "" })
    guard texts.count <= 1, let first = texts.first else { return (texts.isEmpty, nil) }
    if first.isEmpty { return (true, nil) }
    return (!first.utf8.contains { $0 > 127 } && !first.contains("rand"), all.first ?? nil)
  }

  /// More exclusions than this give too many terms.
  private static let exclusionLimit = 6

  /// The terms by inclusion and exclusion; nil when there are too many, or when one of them cannot be
  /// counted.
  ///
  /// Every subset of the exclusions is violated on purpose, with sign: a violated pair of edges is one
  /// relationship, so the ends of the two edges are the same nodes; a violated pair of nodes is one
  /// node; a violated absence is an edge that exists.
  func terms() -> [CountTerm]? {
    let exclusions = differentEdges.count + differentNodes.count + absentEdges.count
    guard exclusions <= Self.exclusionLimit else { return nil }
    var sums: [[Int]: (coefficient: Int64, quotient: CountQuotient)] = [:]
    var order: [[Int]] = []
    for subset in 0..<(1 << exclusions) {
      for (sign, quotient) in quotients(violating: subset) {
        let key = quotient.key
        if sums[key] == nil { order.append(key) }
        sums[key, default: (0, quotient)].coefficient += sign
      }
    }
    var terms: [CountTerm] = []
    for key in order {
      guard let (coefficient, quotient) = sums[key], coefficient != 0 else { continue }
      let term = quotient.term(coefficient, of: self)
      guard CountShape.of(term) != nil else { return nil }
      terms.append(term)
    }
    return terms
  }

  private func quotients(violating subset: Int) -> [(sign: Int64, CountQuotient)] {
    var base = CountQuotient(nodeCount: nodes.count, edges: edges)
    var bit = 0
    var sign: Int64 = 1
    func next() -> Bool {
      defer { bit += 1 }
      let isViolated = subset >> bit & 1 == 1
      if isViolated { sign = -sign }
      return isViolated
    }
    for (a, b) in differentEdges where next() { base.mergeEdges(a, b) }
    for (a, b) in differentNodes where next() { base.mergeNodes(a, b) }
    for edge in absentEdges where next() { base.addExisting(edge) }
    return base.oriented().map { (sign: sign * $0.coefficient, $0.quotient) }
  }
}

/// A pattern some of whose nodes and edges are the same.
struct CountQuotient {
  private let edges: [CountTerm.Edge]
  /// The smallest equal node of each node.
  private var nodeClass: [Int]
  /// The smallest equal edge of each edge.
  private var edgeClass: [Int]
  private var existing: [CountTerm.Edge] = []
  /// For each edge class the edge that stands for it, with the types that all have in common.
  private var merged: [Int: CountTerm.Edge] = [:]

  init(nodeCount: Int, edges: [CountTerm.Edge]) {
    self.edges = edges
    nodeClass = Array(0..<nodeCount)
    edgeClass = Array(edges.indices)
  }

  mutating func mergeNodes(_ a: Int, _ b: Int) {
    let (low, high) = (min(nodeClass[a], nodeClass[b]), max(nodeClass[a], nodeClass[b]))
    for i in nodeClass.indices where nodeClass[i] == high { nodeClass[i] = low }
  }

  mutating func mergeEdges(_ a: Int, _ b: Int) {
    let (low, high) = (min(edgeClass[a], edgeClass[b]), max(edgeClass[a], edgeClass[b]))
    for i in edgeClass.indices where edgeClass[i] == high { edgeClass[i] = low }
  }

  mutating func addExisting(_ edge: CountTerm.Edge) {
    var edge = edge
    edge.onlyExists = true
    existing.append(edge)
  }

  // MARK: Orientations

  /// The ways in which merged edges can lie on one relationship.
  ///
  /// Undirected edges can lie on it in two ways, which are the same way on a loop: that is counted
  /// once, so the loops of all ways but one are taken off.
  func oriented() -> [(coefficient: Int64, quotient: CountQuotient)] {
    var results: [(coefficient: Int64, quotient: CountQuotient)] = [(1, self)]
    for lowest in Set(edgeClass).sorted() {
      let members = edges.indices.filter { edgeClass[$0] == lowest }
      guard let leader = leader(of: members) else { return [] }
      var next: [(coefficient: Int64, quotient: CountQuotient)] = []
      for (coefficient, quotient) in results {
        next += quotient.lay(members, on: leader, lowest).map {
          (coefficient * $0.coefficient, $0.quotient)
        }
      }
      results = next
    }
    return results
  }

  /// The directed edge that the members lie on, or an undirected one when all are; nil when they have
  /// no type in common.
  private func leader(of members: [Int]) -> CountTerm.Edge? {
    guard let first = members.first else { return nil }
    let directed = members.first { edges[$0].direction != .both } ?? first
    var leader = Self.forward(edges[directed])
    for member in members {
      let types = edges[member].types
      if types.isEmpty { continue }
      if leader.types.isEmpty {
        leader.types = types
      } else {
        leader.types = leader.types.filter { type in
          types.contains { VariableName($0) == VariableName(type) }
        }
        if leader.types.isEmpty { return nil }
      }
    }
    return leader
  }

  private static func forward(_ edge: CountTerm.Edge) -> CountTerm.Edge {
    guard edge.direction == .incoming else { return edge }
    var edge = edge
    (edge.near, edge.far, edge.direction) = (edge.far, edge.near, .outgoing)
    return edge
  }

  private func lay(
    _ members: [Int], on leader: CountTerm.Edge, _ lowest: Int
  ) -> [(coefficient: Int64, quotient: CountQuotient)] {
    var start = self
    start.merged[lowest] = leader
    guard members.count > 1 else { return [(1, start)] }
    var ways = [start]
    var isLeader = true
    for member in members {
      let edge = Self.forward(edges[member])
      let isFirst =
        isLeader && edge.near == leader.near && edge.far == leader.far
        && edge.direction == leader.direction
      if isFirst {
        isLeader = false
        continue
      }
      var next: [CountQuotient] = []
      for way in ways {
        next.append(way.merging(edge.near, leader.near, edge.far, leader.far))
        if edge.direction == .both {
          next.append(way.merging(edge.near, leader.far, edge.far, leader.near))
        }
      }
      ways = next
    }
    var result: [(coefficient: Int64, quotient: CountQuotient)] = ways.map { (1, $0) }
    if ways.count > 1 {
      var loop = start
      for member in members {
        loop.mergeNodes(edges[member].near, leader.near)
        loop.mergeNodes(edges[member].far, leader.near)
      }
      result.append((Int64(1 - ways.count), loop))
    }
    return result
  }

  private func merging(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> CountQuotient {
    var copy = self
    copy.mergeNodes(a, b)
    copy.mergeNodes(c, d)
    return copy
  }

  // MARK: Terms

  /// The edges that must exist, without those that another edge of the pattern brings along.
  private var required: [CountTerm.Edge] {
    existing.filter { edge in !merged.values.contains { brings(edge, $0) } }
  }

  /// Whether where `found` is matched, `edge` exists.
  private func brings(_ edge: CountTerm.Edge, _ found: CountTerm.Edge) -> Bool {
    if found.length != nil { return false }
    let (a, b) = (Self.forward(edge), Self.forward(found))
    let runsAlong =
      nodeClass[a.near] == nodeClass[b.near] && nodeClass[a.far] == nodeClass[b.far]
    let runsBack = nodeClass[a.near] == nodeClass[b.far] && nodeClass[a.far] == nodeClass[b.near]
    guard a.direction == .both ? runsAlong || runsBack : runsAlong && b.direction != .both else {
      return false
    }
    return a.types.isEmpty
      || !b.types.isEmpty
        && b.types.allSatisfy { type in
          a.types.contains { VariableName($0) == VariableName(type) }
        }
  }

  /// Equal for quotients that are the same pattern by construction.
  var key: [Int] {
    var key = nodeClass + [-1] + edgeClass + [-1]
    for (lowest, edge) in merged.sorted(by: { $0.key < $1.key }) {
      key += [lowest, nodeClass[edge.near], nodeClass[edge.far], Self.number(edge.direction)]
    }
    key.append(-1)
    for edge in required {
      key += [nodeClass[edge.near], nodeClass[edge.far], Self.number(edge.direction)]
      for type in edge.types { key += type.utf8.map { Int($0) } + [-2] }
    }
    return key
  }

  private static func number(_ direction: ExpandStep.Direction) -> Int {
    switch direction {
    case .outgoing: 0
    case .incoming: 1
    case .both: 2
    }
  }

  func term(_ coefficient: Int64, of pattern: CountedPattern) -> CountTerm {
    let classes = Set(nodeClass).sorted()
    var position: [Int: Int] = [:]
    for (index, lowest) in classes.enumerated() { position[lowest] = index }
    func place(_ node: Int) -> Int { position[nodeClass[node]] ?? 0 }
    var term = CountTerm(
      coefficient: coefficient,
      nodes: Array(repeating: CountTerm.Node(), count: classes.count))
    for (index, node) in pattern.nodes.enumerated() where index > 0 {
      term.nodes[place(index)].slots += node.slots
      for label in node.labels
      where !term.nodes[place(index)].labels.contains(where: { $0.utf8.elementsEqual(label.utf8) })
      {
        term.nodes[place(index)].labels.append(label)
      }
      term.nodes[place(index)].predicates += node.predicates
    }
    for (_, edge) in merged.sorted(by: { $0.key < $1.key }) { term.add(edge, place) }
    for edge in required { term.add(edge, place) }
    for var branch in pattern.branches {
      branch.node = place(branch.node)
      term.branches.append(branch)
    }
    return term
  }
}

extension CountTerm {
  fileprivate mutating func add(_ edge: Edge, _ place: (Int) -> Int) {
    var edge = edge
    edge.near = place(edge.near)
    edge.far = place(edge.far)
    edges.append(edge)
  }
}
