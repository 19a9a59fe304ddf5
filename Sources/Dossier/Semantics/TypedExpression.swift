/// A bound expression and what is known of the type of its values.
struct TypedExpression: Sendable {
  var expression: BoundExpression
  var type: StaticType

  init(_ expression: BoundExpression, _ type: StaticType) {
    self.expression = expression
    self.type = type
  }

  /// The slot when the expression is nothing but a slot.
  var slot: Slot? {
    if case .slot(let slot) = expression { return slot }
    return nil
  }

  /// The value when the expression is a constant.
  var constant: Value? {
    if case .constant(let value) = expression { return value }
    return nil
  }
}
