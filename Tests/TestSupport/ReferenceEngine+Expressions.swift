import DossierSyntax

/// Expressions over one row; aggregates over the rows of its group.
extension ReferenceEngine {
  /// The value of an expression. Errors: `ReferenceError`.
  func evaluate(
    _ expression: Expression, _ row: Row, group: [Row]? = nil
  ) throws -> ReferenceValue {
    try countStep()
    let value = { (e: Expression) throws -> ReferenceValue in
      try self.evaluate(e, row, group: group)
    }
    switch expression.kind {
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .float(let value): return .float(value)
    case .string(let value): return .string(value)
    case .parameter: throw ReferenceError("MissingParameter")
    case .variable(let name):
      guard let value = row[name] else { throw ReferenceError("UndefinedVariable") }
      return value
    case .list(let elements): return .list(try elements.map(value))
    case .map(let entries):
      var map: [String: ReferenceValue] = [:]
      for entry in entries { map[entry.key.text] = try value(entry.value) }
      return .map(map)
    case .property(let base, let key): return try property(try value(base), key.text)
    case .index(let base, let index): return try element(try value(base), try value(index))
    case .slice(let base, let from, let to):
      return try slice(try value(base), try from.map(value), try to.map(value))
    case .hasLabels(let base, let labels):
      return try hasLabels(try value(base), labels.map(\.text))
    case .isNull(let operand): return .boolean(try value(operand).isNull)
    case .isNotNull(let operand): return .boolean(!(try value(operand).isNull))
    case .unary(let symbol, let operand): return try apply(symbol, try value(operand))
    case .binary(let symbol, let left, let right):
      return try apply(symbol, left, right, value)
    case .comparison(let first, let steps): return try compare(first, steps, value)
    case .countAll:
      guard let group else { throw ReferenceError("InvalidAggregation") }
      return .integer(Int64(group.count))
    case .function(let call):
      guard call.isAggregate else { return try apply(call, try call.arguments.map(value)) }
      guard let group else { throw ReferenceError("InvalidAggregation") }
      return try aggregate(call, group)
    case .caseWhen(let choice): return try choose(choice, value)
    default: return try evaluateBinding(expression, row, group: group)
    }
  }

  func isTrue(_ predicate: Expression, _ row: Row) throws -> Bool {
    try truth(try evaluate(predicate, row)) == true
  }

  /// A boolean or null. Errors: anything else.
  func truth(_ value: ReferenceValue) throws -> Bool? {
    switch value {
    case .null: return nil
    case .boolean(let value): return value
    default: throw ReferenceError.type
    }
  }

  // MARK: Expressions that bind variables

  private func evaluateBinding(
    _ expression: Expression, _ row: Row, group: [Row]?
  ) throws -> ReferenceValue {
    switch expression.kind {
    case .listComprehension(let comprehension):
      guard let elements = try list(comprehension.list, row, group) else { return .null }
      var made: [ReferenceValue] = []
      for element in elements {
        let inner = row.merging([comprehension.variable.text: element]) { _, new in new }
        if let predicate = comprehension.predicate, try !isTrue(predicate, inner) { continue }
        made.append(
          try comprehension.projection.map { try evaluate($0, inner, group: group) } ?? element)
      }
      return .list(made)
    case .quantifier(let quantifier, let variable, let list, let predicate):
      guard let elements = try self.list(list, row, group) else { return .null }
      let truths = try elements.map { element in
        let inner = row.merging([variable.text: element]) { _, new in new }
        return try predicate.map { try truth(try evaluate($0, inner, group: group)) } ?? true
      }
      return Self.quantify(quantifier, truths).map { .boolean($0) } ?? .null
    case .reduce(let reduce):
      guard let elements = try list(reduce.list, row, group) else { return .null }
      var accumulator = try evaluate(reduce.initial, row, group: group)
      for element in elements {
        let inner = row.merging([
          reduce.accumulator.text: accumulator, reduce.variable.text: element,
        ]) { _, new in new }
        accumulator = try evaluate(reduce.step, inner, group: group)
      }
      return accumulator
    case .patternComprehension(let comprehension):
      let found = try matches(
        [comprehension.path], comprehension.predicate, row, validTime: comprehension.validTime)
      return .list(try found.map { try evaluate(comprehension.projection, $0) })
    case .patternPredicate(let path): return .boolean(try !matches([path], nil, row).isEmpty)
    case .exists(let subquery): return .boolean(try !rows(of: subquery, row).isEmpty)
    case .count(let subquery): return .integer(Int64(try rows(of: subquery, row).count))
    case .mapProjection(let projection): return try project(projection, row)
    default: throw ReferenceError("Unsupported")
    }
  }

  private func list(
    _ expression: Expression, _ row: Row, _ group: [Row]?
  ) throws -> [ReferenceValue]? {
    switch try evaluate(expression, row, group: group) {
    case .null: return nil
    case .list(let elements): return elements
    default: throw ReferenceError.type
    }
  }

  private static func quantify(_ quantifier: Quantifier, _ truths: [Bool?]) -> Bool? {
    switch quantifier {
    case .all: return ReferenceValue.conjunction(truths)
    case .any: return ReferenceValue.disjunction(truths)
    case .none: return ReferenceValue.disjunction(truths).map { !$0 }
    case .single:
      let holding = truths.filter { $0 == true }.count
      if holding > 1 { return false }
      return truths.contains(nil) ? nil : holding == 1
    }
  }

  private func rows(of subquery: Subquery, _ row: Row) throws -> [Row] {
    switch subquery {
    case .pattern(let pattern, let predicate): return try matches(pattern.paths, predicate, row)
    case .query(let query):
      let start = Table(variables: row.keys.sorted(), rows: [row])
      let parts = try query.parts.map { try run($0, from: start) }
      guard query.unions.contains(where: { !$0.all }) else { return parts.flatMap(\.rows) }
      return Self.distinct(parts.flatMap(\.rows)) { row in
        row.keys.sorted().map { row[$0] ?? .null }
      }
    }
  }

  private func project(_ projection: MapProjection, _ row: Row) throws -> ReferenceValue {
    let base = row[projection.variable.text] ?? .null
    if base.isNull { return .null }
    var map: [String: ReferenceValue] = [:]
    for item in projection.items {
      switch item {
      case .property(let key): map[key.text] = try property(base, key.text)
      case .allProperties: map.merge(try properties(of: base)) { _, new in new }
      case .entry(let key, let expression): map[key.text] = try evaluate(expression, row)
      case .variable(let name): map[name.text] = row[name.text] ?? .null
      }
    }
    return .map(map)
  }

  // MARK: Parts of values

  func property(_ base: ReferenceValue, _ key: String) throws -> ReferenceValue {
    if base.isNull { return .null }
    return try properties(of: base)[key] ?? .null
  }

  /// The properties of an element or the entries of a map.
  func properties(of value: ReferenceValue) throws -> [String: ReferenceValue] {
    switch value {
    case .map(let entries): return entries
    case .node(let position):
      guard let node = graph.nodes[position] else { throw ReferenceError("DeletedEntityAccess") }
      return node.properties
    case .relationship(let position):
      guard let relationship = graph.relationships[position] else {
        throw ReferenceError("DeletedEntityAccess")
      }
      return relationship.properties
    default: throw ReferenceError.type
    }
  }

  private func hasLabels(_ value: ReferenceValue, _ labels: [String]) throws -> ReferenceValue {
    switch value {
    case .null: return .null
    case .node(let position):
      guard let node = graph.nodes[position] else { throw ReferenceError("DeletedEntityAccess") }
      return .boolean(labels.allSatisfy { node.labels.contains($0) })
    case .relationship(let position):
      guard let relationship = graph.relationships[position] else {
        throw ReferenceError("DeletedEntityAccess")
      }
      return .boolean(labels.allSatisfy { relationship.type == $0 })
    default: throw ReferenceError.type
    }
  }

  private func element(
    _ base: ReferenceValue, _ index: ReferenceValue
  ) throws -> ReferenceValue {
    switch (base, index) {
    case (.null, _): return .null
    case (.list(let elements), .integer(let index)):
      let position = index < 0 ? Int(index) + elements.count : Int(index)
      return elements.indices.contains(position) ? elements[position] : .null
    case (.map, .string(let key)), (.node, .string(let key)), (.relationship, .string(let key)):
      return try property(base, key)
    case (.map, .null), (.node, .null), (.relationship, .null), (.list, .null): return .null
    case (.map, _): throw ReferenceError("MapElementAccessByNonString")
    default: throw ReferenceError.type
    }
  }

  private func slice(
    _ base: ReferenceValue, _ from: ReferenceValue?, _ to: ReferenceValue?
  ) throws -> ReferenceValue {
    if base.isNull || from?.isNull == true || to?.isNull == true { return .null }
    guard case .list(let elements) = base else { throw ReferenceError.type }
    let bound = { (value: ReferenceValue?, absent: Int) throws -> Int in
      guard let value else { return absent }
      guard case .integer(let number) = value else { throw ReferenceError.type }
      let position = number < 0 ? Int(number) + elements.count : Int(number)
      return min(max(position, 0), elements.count)
    }
    let start = try bound(from, 0)
    let end = try bound(to, elements.count)
    return .list(start < end ? Array(elements[start..<end]) : [])
  }

  private func choose(
    _ choice: CaseExpression, _ value: (Expression) throws -> ReferenceValue
  ) throws -> ReferenceValue {
    let operand = try choice.operand.map(value)
    for alternative in choice.alternatives {
      let when = try value(alternative.when)
      let holds =
        try operand.map { ReferenceValue.equal($0, when) == true } ?? (try truth(when) == true)
      if holds { return try value(alternative.then) }
    }
    return try choice.otherwise.map(value) ?? .null
  }
}
