import DossierSyntax

/// Which elements are valid in a window that is the same for all rows of a statement.
///
/// Few elements are better looked at one by one. When a statement has asked for many, or an earlier one
/// has, all of them are known at once.
final class LastingValidity {
  private let subject: ValidTimeSubject
  private let window: ValidTimeWindow
  private var elements: ValidElements?
  private var asked = 0
  private var isSought = false

  /// Elements asked for before all are looked at, as a share of these.
  private static let patience = 16

  /// nil for windows that are not the same for all rows, and when nothing is valid.
  init?(_ subject: ValidTimeSubject, window: ExpressionKernel) {
    guard let constant = window as? ConstantKernel, let window = ValidTimeWindow(constant.cell)
    else { return nil }
    self.subject = subject
    self.window = window
  }

  /// All valid elements, as soon as that is worth while; `more` elements are asked for now.
  /// Errors: `memoryLimit`.
  func elements(
    asking more: Int, _ state: ExecutionState
  ) throws(QueryError) -> ValidElements? {
    if let elements { return elements }
    guard state.isReadOnly else { return nil }
    asked += more
    let bound = subject == .node ? state.graph.nodeIDBound : state.graph.relationshipIDBound
    let isWorthwhile = asked > bound / Self.patience
    if isSought, !isWorthwhile { return nil }
    isSought = true
    if isWorthwhile { try state.arena.charge(ValidElements.bytes(bound: bound)) }
    elements = state.graph.periodIndexes.elements(
      subject, in: window, of: state.graph, making: isWorthwhile)
    return elements
  }
}
