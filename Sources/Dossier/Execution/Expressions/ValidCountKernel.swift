import DossierSyntax

/// A number of matches among the relationships that are valid in a window.
///
/// The pattern is counted in a graph that has no others.
final class ValidCountKernel: ExpressionKernel {
  private let count: ExpressionKernel
  private let window: ExpressionKernel
  /// Names of the types that the pattern asks for; empty for all types.
  private let types: [String]
  private var restricted: ExecutionState?

  init(_ count: ExpressionKernel, window: ExpressionKernel, types: [String]) {
    self.count = count
    self.window = window
    self.types = types
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    if restricted == nil || !state.isReadOnly { restricted = try restrict(batch, state) }
    guard let restricted else { return Column(constant: Cell(Int64(0)), count: batch.count) }
    return try count.evaluate(batch, restricted)
  }

  /// What the pattern is counted with; nil when nothing is valid.
  private func restrict(
    _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> ExecutionState? {
    let row = Batch(count: 1, slotCount: state.slotCount)
    guard let window = ValidTimeWindow(try window.evaluate(row, state).cell(0)) else { return nil }
    let catalog = state.graph.catalog
    let ids =
      types.isEmpty
      ? (0..<UInt32(truncatingIfNeeded: catalog.relationshipTypeCount)).map {
        RelationshipTypeID(rawValue: $0)
      }.filter { catalog.shape(of: $0) == .betweenNodes }
      : types.compactMap { catalog.relationshipType($0) }
    return ExecutionState(
      graph: state.graph.restricted(to: window, types: ids), arena: state.arena,
      parameters: state.parameters, control: state.control, clock: state.clock,
      slotCount: state.slotCount, isReadOnly: state.isReadOnly, batchRows: state.batchRows,
      files: state.files)
  }
}
