import DossierSyntax

@testable import Dossier

/// A small graph with loops and parallel relationships of the types `R` and `S`, and what a test of an
/// operator's parts needs to read it.
struct RandomGraph {
  /// A relationship as a test sees it.
  struct Link {
    var id: UInt32
    var start: UInt32
    var end: UInt32
  }

  let graph: Graph
  /// The relationships of type `R`.
  let links: [Link]
  let nodeCount: Int

  init(seed: UInt64, nodes: Int = 5, relationships: Int = 9) throws {
    let database = try RuleTesting.database(
      seed: seed, nodes: nodes, relationships: relationships)
    graph = database.snapshot
    nodeCount = nodes
    let type = graph.catalog.relationshipType("R")
    var links: [Link] = []
    for number in 0..<UInt32(graph.relationshipIDBound) {
      let id = RelationshipID(rawValue: number)
      guard graph.contains(id), graph.ends(of: id).type == type else { continue }
      let ends = graph.ends(of: id)
      links.append(Link(id: number, start: ends.start.rawValue, end: ends.end.rawValue))
    }
    self.links = links
  }

  /// What leads on from a node: relationships with the node at their other end.
  func steps(from node: UInt32, _ direction: ExpandStep.Direction) -> [(id: UInt32, to: UInt32)] {
    links.flatMap { link in
      var found: [(UInt32, UInt32)] = []
      if direction != .incoming, link.start == node { found.append((link.id, link.end)) }
      if direction != .outgoing, link.end == node,
        direction == .incoming || link.start != link.end
      {
        found.append((link.id, link.start))
      }
      return found
    }
  }

  /// A statement that reads the graph, with one slot.
  func state(isReadOnly: Bool = true) -> ExecutionState {
    let now = StatementClock.Instant(seconds: 0, nanoseconds: 0)
    return ExecutionState(
      graph: graph, arena: Arena(), parameters: [:], control: ExecutionControl(),
      clock: StatementClock(transaction: now, statement: now, seed: 1), slotCount: 1,
      isReadOnly: isReadOnly)
  }
}

/// A kernel that lets relationships with even ids pass and counts how often it is called.
final class EvenKernel: ExpressionKernel {
  private let slot: Slot
  private(set) var calls = 0

  init(_ slot: Slot) { self.slot = slot }

  override func select(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> RowIndices? {
    calls += 1
    let column = batch.column(slot)
    return RowIndices(
      (0..<UInt32(batch.count)).filter { row in
        guard case .relationship(let id) = value(of: column.cell(Int(row)), in: state.graph) else {
          return false
        }
        return id.id.rawValue.isMultiple(of: 2)
      })
  }
}
