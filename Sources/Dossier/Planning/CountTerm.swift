/// A pattern of which only the number of matches is asked, as a sum of patterns that are easier to
/// count: `coefficient` times the homomorphisms of each.
///
/// Relationships of a homomorphism may coincide. What the statement excludes (one relationship
/// twice, one node twice, a relationship that must not be there) is subtracted by further terms.
struct CountTerm: Sendable {
  /// A node of the pattern; merged nodes have several slots, one for each that predicates read.
  struct Node: Sendable {
    var slots: [Slot] = []
    var labels: [String] = []
    /// Each reads slots of this node only, and cannot fail.
    var predicates: [BoundExpression] = []
  }

  struct Edge: Sendable {
    var near: Int
    var far: Int
    var types: [String]
    /// Seen from `near`.
    var direction: ExpandStep.Direction
    /// Counts once, however many relationships there are.
    var onlyExists = false
    /// Chains of such relationships instead of single ones, one relationship long at least.
    var length: VariableLength?
  }

  /// Patterns that hang off a node and are counted by themselves.
  struct Branch: Sendable {
    enum Mode: Sendable {
      /// At least 1: `OPTIONAL MATCH`.
      case optional
      /// The number of matches.
      case counted
      /// 1 if there is a match, else 0.
      case exists
      /// 0 if there is a match, else 1.
      case absent
    }
    var node: Int
    var terms: [CountTerm]
    var mode: Mode
  }

  var coefficient: Int64 = 1
  /// Node 0 is the root, whose own labels and predicates are checked elsewhere.
  var nodes: [Node]
  var edges: [Edge] = []
  var branches: [Branch] = []
}

extension CountTerm {
  /// The types that the pattern and its branches ask for; nil when one of them asks for any.
  var types: Set<String>? {
    var types: Set<String> = []
    for edge in edges {
      if edge.types.isEmpty { return nil }
      types.formUnion(edge.types)
    }
    for term in branches.flatMap(\.terms) {
      guard let inner = term.types else { return nil }
      types.formUnion(inner)
    }
    return types
  }
}

extension BoundExpression {
  /// The node at which a pattern is counted, at whatever time; nil for other expressions.
  var countedNode: Slot? {
    switch self {
    case .patternCount(let node, _): node
    case .validCount(let count, _): count.countedNode
    default: nil
    }
  }

  /// What is summed where a pattern is counted.
  var countedTerms: [CountTerm] {
    switch self {
    case .patternCount(_, let terms): terms
    case .validCount(let count, _): count.countedTerms
    default: []
    }
  }

  /// The relationship types of a counted pattern, sorted; empty for all types.
  var countedTypes: [String] {
    let terms = countedTerms
    var types: Set<String> = []
    for term in terms {
      guard let inner = term.types else { return [] }
      types.formUnion(inner)
    }
    return types.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// What a term looks like from its root: a tree whose edges may be bundles of edges between the same
/// two nodes, and which may have triangles in place of pairs of children.
indirect enum CountShape {
  struct Vertex {
    var node: Int
    /// Edges from the node to itself.
    var loops: [Int] = []
    var children: [CountShape] = []
  }
  /// Edges to a child, all between the same two nodes.
  case bundle([Int], Vertex)
  /// Edges to two children, and between them.
  case triangle(first: [Int], Vertex, second: [Int], Vertex, between: [Int])

  /// The shape of a term; nil when it has other cycles than triangles.
  static func of(_ term: CountTerm) -> Vertex? {
    var builder = CountShapeBuilder(term)
    let root = builder.vertex(0)
    return builder.isComplete ? root : nil
  }
}

/// Walks a term from its root.
private struct CountShapeBuilder {
  /// The positions of the edges between two nodes, the smaller node first.
  private var bundles: [[Int]: [Int]] = [:]
  private let nodeCount: Int
  private let chains: Set<Int>
  private var visited: Set<Int> = []
  private var used = 0
  private let edgeCount: Int

  init(_ term: CountTerm) {
    nodeCount = term.nodes.count
    edgeCount = term.edges.count
    chains = Set(term.edges.indices.filter { term.edges[$0].length != nil })
    for (index, edge) in term.edges.enumerated() {
      let key = [min(edge.near, edge.far), max(edge.near, edge.far)]
      bundles[key, default: []].append(index)
    }
  }

  /// All nodes were reached, and all edges were used.
  var isComplete: Bool { used == edgeCount && visited.count == nodeCount && !hasChainInCircle }

  /// Chains are counted on trees only.
  private var hasChainInCircle = false

  private func bundle(_ a: Int, _ b: Int) -> [Int] { bundles[[min(a, b), max(a, b)]] ?? [] }

  mutating func vertex(_ node: Int) -> CountShape.Vertex {
    visited.insert(node)
    var vertex = CountShape.Vertex(node: node)
    vertex.loops = bundle(node, node)
    if !chains.isDisjoint(with: vertex.loops) { hasChainInCircle = true }
    used += vertex.loops.count
    for child in 0..<nodeCount where !visited.contains(child) && !bundle(node, child).isEmpty {
      if visited.contains(child) { continue }
      let first = bundle(node, child)
      let third = (child + 1..<max(nodeCount, child + 1)).first { other in
        !visited.contains(other) && !bundle(node, other).isEmpty && !bundle(child, other).isEmpty
      }
      guard let third else {
        used += first.count
        if first.count > 1, !chains.isDisjoint(with: first) { hasChainInCircle = true }
        vertex.children.append(.bundle(first, self.vertex(child)))
        continue
      }
      let second = bundle(node, third)
      let between = bundle(child, third)
      used += first.count + second.count + between.count
      visited.insert(third)
      if !chains.isDisjoint(with: first + second + between) { hasChainInCircle = true }
      let a = self.vertex(child)
      let b = self.vertex(third)
      vertex.children.append(.triangle(first: first, a, second: second, b, between: between))
    }
    return vertex
  }
}
