import DossierSyntax

/// Expressions and patterns as plans show them: near to Cypher, shortened where they are long.
struct PlanText {
  /// What the slots are called.
  let names: [Slot: String]

  private static let deepest = 24
  private static let longestList = 6

  func name(of slot: Slot) -> String {
    names[slot] ?? "@\(slot.index)"
  }

  func text(_ expression: BoundExpression) -> String { text(expression, Self.deepest) }

  private func text(_ expression: BoundExpression, _ depth: Int) -> String {
    if depth == 0 { return "…" }
    let depth = depth - 1
    switch expression {
    case .constant(let value): return text(value)
    case .parameter(let name, _): return "$\(name)"
    case .slot(let slot): return name(of: slot)
    case .property(let base, let key, _): return "\(text(base, depth)).\(key)"
    case .index(let base, let index, _): return "\(text(base, depth))[\(text(index, depth))]"
    case .slice(let base, let from, let to, _):
      let bounds = [from, to].map { $0.map { text($0, depth) } ?? "" }
      return "\(text(base, depth))[\(bounds[0])..\(bounds[1])]"
    case .hasLabels(let base, let labels, _):
      return text(base, depth) + labels.map { ":\($0)" }.joined()
    case .isValid(let element, _, let window):
      return "\(text(element, depth)) VALID \(windowText(window))"
    case .isTrusted(let element, let mode): return "\(text(element, depth)) TRUST \(mode.rawValue)"
    case .areContemporaneous(let slots, _):
      return "CONTEMPORANEOUS \(slots.map(name).joined(separator: ", "))"
    case .isNull(let operand): return "\(text(operand, depth)) IS NULL"
    case .isNotNull(let operand): return "\(text(operand, depth)) IS NOT NULL"
    case .function(let function, let arguments, _):
      return "\(function.name)(\(list(arguments, depth)))"
    case .list(let elements): return "[\(list(elements, depth))]"
    default: return operatorText(expression, depth) ?? compositeText(expression, depth)
    }
  }

  /// `AS OF date('2021-03-01')`.
  func windowText(_ window: BoundExpression) -> String {
    guard case .function(let function, let bounds, _) = window else {
      return "AS OF \(text(window))"
    }
    let shown = bounds.map { text($0) }.joined(separator: " AND ")
    return "\(function.name) \(shown)"
  }

  private func operatorText(_ expression: BoundExpression, _ depth: Int) -> String? {
    switch expression {
    case .not(let operand, _): "NOT \(nested(operand, depth))"
    case .negate(let operand, _): "-\(nested(operand, depth))"
    case .and(let operands, _): joined(operands, " AND ", depth)
    case .or(let operands, _): joined(operands, " OR ", depth)
    case .xor(let left, let right, _): joined([left, right], " XOR ", depth)
    case .arithmetic(let op, let left, let right, _),
      .stringPredicate(let op, let left, let right, _):
      joined([left, right], " \(op.symbol) ", depth)
    case .comparison(let op, let left, let right):
      joined([left, right], " \(op.symbol) ", depth)
    case .in(let element, let list, _): joined([element, list], " IN ", depth)
    default: nil
    }
  }

  private func compositeText(_ expression: BoundExpression, _ depth: Int) -> String {
    switch expression {
    case .map(let entries):
      let shown = entries.prefix(Self.longestList).map { "\($0.key): \(text($0.value, depth))" }
      return "{\(shown.joined(separator: ", "))\(entries.count > shown.count ? ", …" : "")}"
    case .caseWhen: return "CASE … END"
    case .listComprehension(let variable, let list, _, _, _):
      return "[\(name(of: variable)) IN \(text(list, depth)) …]"
    case .quantifier(let quantifier, let variable, let list, let predicate, _):
      let condition = text(predicate, depth)
      return "\(quantifier)(\(name(of: variable)) IN \(text(list, depth)) WHERE \(condition))"
    case .reduce: return "reduce(…)"
    case .mapProjection(let base, _): return "\(text(base, depth)) {…}"
    case .path(let start, let steps):
      return "path(\(([start] + steps).map(name).joined(separator: ", ")))"
    case .exists: return "EXISTS {…}"
    case .count: return "COUNT {…}"
    case .patternCount(let root, let terms): return text(terms, at: root)
    case .validCount(let count, let window):
      return "\(text(count, depth)) VALID \(windowText(window))"
    case .endCount(let end): return text(end)
    case .collect(_, let projection): return "[(…) | \(text(projection, depth))]"
    default: return "…"
    }
  }

  /// The first term, which has all of the pattern, and how many others correct it.
  private func text(_ terms: [CountTerm], at root: Slot) -> String {
    let types = terms.first?.edges.map { edge in
      (edge.types.isEmpty ? "*" : edge.types.joined(separator: "|"))
        + (edge.length == nil ? "" : "*")
    }
    let rest = terms.count > 1 ? ", \(terms.count - 1) corrections" : ""
    return "matches(\(name(of: root)): \((types ?? []).joined(separator: ", "))\(rest))"
  }

  /// The steps with what is asked of the nodes that they find.
  private func text(_ end: CountedEnd) -> String {
    let steps = end.steps.map { text($0, length: nil) }.joined(separator: ", ")
    switch end.shape {
    case .step(let step, let op, let key, let value):
      return "matches(\(steps) WHERE \(name(of: step.to)).\(key) \(op.symbol) \(text(value)))"
    case .twoWays(let first, let second, let condition?):
      let (a, b) = (name(of: first.0.to), name(of: second.0.to))
      return "matches(\(steps) WHERE \(a).\(condition.firstKey) \(condition.op.symbol) "
        + "\(b).\(condition.secondKey))"
    case .intersection, .twoWays: return "matches(\(steps))"
    case .distinctEnds(let chain, let exceptStart):
      guard exceptStart, let first = chain.first, let last = chain.last else {
        return "ends(\(steps))"
      }
      return "ends(\(steps) WHERE \(name(of: last.to)) <> \(name(of: first.from)))"
    }
  }

  private func nested(_ expression: BoundExpression, _ depth: Int) -> String {
    switch expression {
    case .and, .or, .xor, .arithmetic, .comparison, .in, .stringPredicate:
      "(\(text(expression, depth)))"
    default: text(expression, depth)
    }
  }

  private func joined(
    _ operands: [BoundExpression], _ separator: String, _ depth: Int
  ) -> String {
    let shown = operands.prefix(Self.longestList).map { nested($0, depth) }
    let rest = operands.count > shown.count ? "\(separator)…" : ""
    return shown.joined(separator: separator) + rest
  }

  private func list(_ elements: [BoundExpression], _ depth: Int) -> String {
    let shown = elements.prefix(Self.longestList).map { text($0, depth) }
    return shown.joined(separator: ", ") + (elements.count > shown.count ? ", …" : "")
  }

  private func text(_ value: Value) -> String {
    if case .list(let elements) = value, elements.count > Self.longestList {
      let shown = elements.prefix(Self.longestList).map { text($0) }
      return "[\(shown.joined(separator: ", ")), …]"
    }
    return "\(value)"
  }
}

extension ComparisonOperator {
  /// The operator as it is written.
  var symbol: String {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
