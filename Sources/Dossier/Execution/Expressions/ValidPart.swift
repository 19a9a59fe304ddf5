import DossierSyntax

/// The part of a graph that is valid in a window, for patterns that are counted in it.
final class ValidPart {
  /// Reads no slot.
  private let window: ExpressionKernel
  /// Names of the types that the pattern asks for; empty for all types.
  private let types: [String]

  init(window: ExpressionKernel, types: [String]) {
    self.window = window
    self.types = types
  }

  /// A state with a graph that has no other relationships; nil when nothing is valid.
  func state(
    within state: ExecutionState
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
