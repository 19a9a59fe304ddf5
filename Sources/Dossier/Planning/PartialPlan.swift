/// Operators planned so far and the slots that have values in their rows.
struct PartialPlan {
  var root: LogicalOperator
  var bound: SlotSet
  /// True while there is nothing but the single empty row at the bottom of a statement.
  var isUnit = false

  /// The plan that runs for the rows of another one.
  static func argument(_ bound: SlotSet) -> PartialPlan {
    PartialPlan(root: .argument, bound: bound)
  }

  mutating func add(_ slots: some Sequence<Slot>, _ root: LogicalOperator) {
    self.root = root
    bound.formUnion(slots)
    isUnit = false
  }

  mutating func filter(_ predicate: BoundExpression) {
    root = .filter(root, predicate)
    isUnit = false
  }

  /// Each row with each row of another plan.
  mutating func multiply(by other: PartialPlan) {
    add(other.bound, isUnit ? other.root : .cartesianProduct(root, other.root))
  }
}
