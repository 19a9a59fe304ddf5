/// The cheapest order of steps for a connected pattern, by dynamic programming over sets of nodes.
///
/// A state is the set of nodes found so far; every relationship between two of them is checked as soon
/// as the second is found. The cost is the number of rows in between. O(2ⁿ · relationships) for n
/// nodes. After Selinger et al., Access Path Selection in a Relational Database Management System
/// (SIGMOD 1979), with connected sets only.
struct PatternOrderSearch {
  /// A relationship between two nodes, given as positions.
  struct Edge {
    /// The position among the relationships of the graph.
    var index: Int
    var left: Int
    var right: Int
    /// The rows that one row becomes when the right node is found from the left one, and the reverse.
    var toRight: Double
    var toLeft: Double
    /// The rows that one row becomes when both nodes are known.
    var closing: Double
  }

  /// How the search begins: with some nodes found.
  struct Start {
    var nodes: Int
    var rows: Double
    var cost: Double
    /// The step that finds them; nil when they are bound before.
    var step: PatternStep?
  }

  let edges: [Edge]
  let nodeCount: Int

  /// Patterns with more nodes are too many to try.
  static let nodeLimit = 10

  private struct State {
    var rows: Double
    var cost: Double
    var previous: Int
    var steps: [PatternStep]
  }

  /// The steps of the cheapest order from any of the starts; nil when no order finds all nodes.
  func cheapest(from starts: [Start]) -> [PatternStep]? {
    var states = [State?](repeating: nil, count: 1 << nodeCount)
    for start in starts {
      let closed = close(start.nodes, before: 0, without: nil)
      let state = State(
        rows: start.rows * closed.factor, cost: start.cost, previous: 0,
        steps: (start.step.map { [$0] } ?? []) + closed.steps)
      keep(state, at: start.nodes, in: &states)
    }
    for nodes in 1..<(1 << nodeCount) {
      guard let state = states[nodes] else { continue }
      for edge in edges {
        let (left, right) = (nodes >> edge.left & 1 == 1, nodes >> edge.right & 1 == 1)
        guard left != right else { continue }
        let found = nodes | 1 << (left ? edge.right : edge.left)
        let rows = state.rows * (left ? edge.toRight : edge.toLeft)
        let closed = close(found, before: nodes, without: edge.index)
        // A step whose node is checked at once gives few of its rows on.
        let kept = closed.steps.isEmpty ? rows : rows * (Self.checked + closed.factor)
        let next = State(
          rows: rows * closed.factor, cost: state.cost + kept, previous: nodes,
          steps: [.expand(edge.index, fromLeft: left)] + closed.steps)
        keep(next, at: found, in: &states)
      }
    }
    return steps(to: (1 << nodeCount) - 1, states)
  }

  /// The cost of a row that is looked at and dropped, against one that is made.
  private static let checked = 0.25

  private func keep(_ state: State, at nodes: Int, in states: inout [State?]) {
    if let known = states[nodes], known.cost <= state.cost { return }
    states[nodes] = state
  }

  /// The relationships between nodes that were not both known before, fewest rows first.
  private func close(
    _ nodes: Int, before: Int, without index: Int?
  ) -> (steps: [PatternStep], factor: Double) {
    let closing = edges.filter { edge in
      let both = 1 << edge.left | 1 << edge.right
      return edge.index != index && nodes & both == both && before & both != both
    }
    if closing.isEmpty { return ([], 1) }
    return (
      closing.sorted { ($0.closing, $0.index) < ($1.closing, $1.index) }
        .map { .expand($0.index, fromLeft: true) },
      closing.reduce(1) { $0 * $1.closing }
    )
  }

  private func steps(to nodes: Int, _ states: [State?]) -> [PatternStep]? {
    guard let state = states[nodes] else { return nil }
    guard state.previous != 0, let before = steps(to: state.previous, states) else {
      return state.previous == 0 ? state.steps : nil
    }
    return before + state.steps
  }
}
