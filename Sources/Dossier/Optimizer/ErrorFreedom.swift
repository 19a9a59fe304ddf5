/// Tells expressions that do not fail, whatever the row: only they may be computed for other rows
/// than the statement says.
///
/// Values whose types nobody knows before the statement runs are trusted where they are most often
/// keys: `$map.key`, `row.key` of an `UNWIND`, the list of `IN $list`. A value that is no map or no
/// list there is an error of the statement all the same, but it may come up although no row would
/// have got so far.
struct ErrorFreedom {
  let slots: SlotTable

  /// Functions that only read an element and so fail for no element.
  private static let elementFunctions: Set<String> = [
    "id", "labels", "type", "startnode", "endnode", "keys", "properties", "elementid",
  ]

  /// True when the expression gives a boolean or null and never fails.
  func isSafePredicate(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .constant(.boolean), .constant(.null): true
    case .comparison(_, let left, let right): isSafe(left) && isSafe(right)
    case .isNull(let operand), .isNotNull(let operand): isSafe(operand)
    case .hasLabels(let base, _, _): isElement(base)
    case .isValid(let element, _, _), .isTrusted(let element, _): isElement(element)
    case .areContemporaneous: true
    case .not(let operand, _): isSafePredicate(operand)
    case .and(let operands, _), .or(let operands, _): operands.allSatisfy(isSafePredicate)
    case .xor(let left, let right, _): isSafePredicate(left) && isSafePredicate(right)
    case .stringPredicate(let op, let left, let right, _):
      op != .matches && isSafe(left) && isSafe(right)
    case .in(let element, let list, _): isSafe(element) && isSafeList(list)
    case .exists(let plan): isSafe(plan)
    default: false
    }
  }

  /// True when the expression never fails.
  func isSafe(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .constant, .parameter, .slot: true
    case .property(let base, _, _): hasProperties(base)
    case .list(let elements): elements.allSatisfy(isSafe)
    case .function(let function, let arguments, _):
      Self.elementFunctions.contains(function.name.lowercased()) && arguments.count == 1
        && arguments.allSatisfy(isElement)
    default: isSafePredicate(expression)
    }
  }

  private func isSafeList(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .constant(.list), .constant(.null): true
    case .list(let elements): elements.allSatisfy(isSafe)
    case .slot(let slot): slots.type(of: slot).isList
    case .parameter: true
    default: false
    }
  }

  private func hasProperties(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .slot(let slot): slots.type(of: slot).hasProperties
    case .parameter: true
    case .property(let base, _, _): hasProperties(base)
    default: isElement(expression)
    }
  }

  /// A node or a relationship for sure, as far as the value is not null.
  private func isElement(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .slot(let slot):
      switch slots.type(of: slot) {
      case .node, .relationship: true
      default: false
      }
    case .function(let function, let arguments, _):
      ["startnode", "endnode"].contains(function.name.lowercased())
        && arguments.allSatisfy(isElement)
    default: false
    }
  }

  /// True when running the plan never fails.
  private func isSafe(_ plan: LogicalOperator) -> Bool {
    switch plan {
    case .argument, .nodeScan, .unit: true
    case .nodeIndexSeek(let input, _, _, _, let value): isSafe(input) && isSafe(value)
    case .expand(let input, _), .expandIntersect(let input, _, _): isSafe(input)
    case .variableLengthExpand(let input, _, let length):
      isSafe(input) && length.predicate.map(isSafePredicate) ?? true
    case .filter(let input, let predicate): isSafe(input) && isSafePredicate(predicate)
    case .cartesianProduct(let left, let right): isSafe(left) && isSafe(right)
    case .hashJoin(let left, let right, let leftKeys, let rightKeys):
      isSafe(left) && isSafe(right) && leftKeys.allSatisfy(isSafe)
        && rightKeys.allSatisfy(isSafe)
    case .semiApply(let input, let right, _): isSafe(input) && isSafe(right)
    default: false
    }
  }
}
