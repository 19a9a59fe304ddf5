import DossierSyntax

/// Aggregates over the rows of a group; nulls are left out.
extension ReferenceEngine {
  func aggregate(_ call: FunctionCall, _ group: [Row]) throws -> ReferenceValue {
    var values = try group.map { try evaluate(call.arguments[0], $0) }.filter { !$0.isNull }
    if call.distinct { values = Self.distinct(values) { [$0] } }
    switch call.name.text.lowercased() {
    case "count": return .integer(Int64(values.count))
    case "collect": return .list(values)
    case "sum": return try values.reduce(.integer(0)) { try arithmetic(.add, $0, $1) }
    case "avg":
      if values.isEmpty { return .null }
      let sum = try values.reduce(.float(0)) { try arithmetic(.add, $0, $1) }
      return try arithmetic(.divide, sum, .integer(Int64(values.count)))
    case "min": return values.min { ReferenceValue.order($0, $1) < 0 } ?? .null
    case "max": return values.max { ReferenceValue.order($0, $1) < 0 } ?? .null
    default: throw ReferenceError("Unsupported")
    }
  }
}

extension FunctionCall {
  var isAggregate: Bool {
    ["count", "collect", "sum", "avg", "min", "max"].contains(name.text.lowercased())
  }
}

extension Expression {
  /// Whether an aggregate stands somewhere in the expression.
  var aggregates: Bool {
    switch kind {
    case .countAll: return true
    case .function(let call):
      return call.isAggregate || call.arguments.contains(where: \.aggregates)
    default: return operands.contains(where: \.aggregates)
    }
  }

  /// The expressions that the expression is directly made of, without those of subqueries.
  public var operands: [Expression] {
    switch kind {
    case .list(let elements): return elements
    case .map(let entries): return entries.map(\.value)
    case .property(let base, _), .hasLabels(let base, _), .unary(_, let base), .isNull(let base),
      .isNotNull(let base):
      return [base]
    case .index(let base, let index): return [base, index]
    case .slice(let base, let from, let to): return [base] + [from, to].compactMap { $0 }
    case .binary(_, let left, let right): return [left, right]
    case .comparison(let first, let steps): return [first] + steps.map(\.operand)
    case .caseWhen(let choice):
      return [choice.operand, choice.otherwise].compactMap { $0 }
        + choice.alternatives.flatMap { [$0.when, $0.then] }
    case .listComprehension(let comprehension):
      return [comprehension.list]
        + [comprehension.predicate, comprehension.projection].compactMap { $0 }
    case .quantifier(_, _, let list, let predicate): return [list] + [predicate].compactMap { $0 }
    case .reduce(let reduce): return [reduce.initial, reduce.list, reduce.step]
    default: return []
    }
  }
}
