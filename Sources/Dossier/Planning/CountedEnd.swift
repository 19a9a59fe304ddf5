import DossierSyntax

/// The last steps of a pattern of which only the number of matches is asked, for each row that the
/// steps before them gave.
struct CountedEnd: Sendable {
  enum Shape: Sendable {
    /// Along a step from a bound node to any node, of which a property must compare with a value:
    /// `to.key op value`. The value is the row's and cannot fail.
    case step(ExpandStep, op: ComparisonOperator, key: String, value: BoundExpression)
    /// From a bound node along the first step to nodes that the second one connects with another
    /// bound node, as `ExpandIntersect` does; with a tail from the node found on to a third bound
    /// node in the same way.
    case intersection(ExpandStep, ExpandStep, tail: (ExpandStep, ExpandStep)?)
    /// Two ways of two steps from a bound node to one other node, and how a property of the nodes in
    /// the middle of the first and of the second way must compare.
    case twoWays(
      (ExpandStep, ExpandStep), (ExpandStep, ExpandStep), condition: MiddleCondition?)
    /// Along steps one after the other from a bound node to the nodes that the last of them leads to,
    /// each once; with `exceptStart` all but the bound node itself. Of the relationships only those of
    /// the first and of the second step need differ.
    case distinctEnds([ExpandStep], exceptStart: Bool)
  }

  /// `first.firstKey op second.secondKey`, where first and second are the nodes in the middle.
  struct MiddleCondition: Sendable {
    var firstKey: String
    var op: ComparisonOperator
    var secondKey: String
  }

  /// A relationship of the rows from which counted ones must differ, and the step that found it.
  struct BoundRelationship: Sendable {
    var slot: Slot
    var from: Slot
    var to: Slot
    var direction: ExpandStep.Direction
  }

  var shape: Shape
  var bound: [BoundRelationship]

  /// The counted steps, in the order in which they are taken.
  var steps: [ExpandStep] {
    switch shape {
    case .step(let step, _, _, _): [step]
    case .intersection(let first, let second, let tail):
      [first, second] + (tail.map { [$0.0, $0.1] } ?? [])
    case .twoWays(let first, let second, _): [first.0, first.1, second.0, second.1]
    case .distinctEnds(let steps, _): steps
    }
  }

  /// The slots that get no values any more.
  var counted: SlotSet {
    switch shape {
    case .step(let step, _, _, _): return [step.relationship, step.to]
    case .intersection(let first, let second, let tail):
      var slots: SlotSet = [first.relationship, first.to, second.relationship]
      if let tail { slots.formUnion([tail.0.relationship, tail.0.to, tail.1.relationship]) }
      return slots
    case .twoWays(let first, let second, _):
      return [
        first.0.relationship, first.0.to, first.1.relationship, first.1.to, second.0.relationship,
        second.0.to, second.1.relationship,
      ]
    case .distinctEnds(let steps, _): return SlotSet(steps.flatMap { [$0.relationship, $0.to] })
    }
  }

  /// The slots of the rows that counting reads.
  var read: SlotSet {
    var slots = SlotSet(bound.flatMap { [$0.slot, $0.from, $0.to] })
    for step in steps { slots.formUnion([step.from, step.to]) }
    if case .step(_, _, _, let value) = shape { SlotSets.read(by: value, into: &slots) }
    return slots.subtracting(counted)
  }
}

extension ExpandStep {
  /// Of a second step of an intersection: the node that is bound already, where the first step finds
  /// the other one.
  func otherEnd(than found: Slot) -> Slot { from == found ? to : from }
}
