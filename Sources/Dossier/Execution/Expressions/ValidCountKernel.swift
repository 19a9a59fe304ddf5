import DossierSyntax

/// A number of matches among the relationships that are valid in a window.
///
/// The pattern is counted in a graph that has no others.
final class ValidCountKernel: ExpressionKernel {
  private let count: ExpressionKernel
  private let part: ValidPart
  private var restricted: ExecutionState?

  init(_ count: ExpressionKernel, _ part: ValidPart) {
    self.count = count
    self.part = part
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    if restricted == nil || !state.isReadOnly { restricted = try part.state(within: state) }
    guard let restricted else { return Column(constant: Cell(Int64(0)), count: batch.count) }
    return try count.evaluate(batch, restricted)
  }
}
