import DossierSyntax
import TestSupport

/// Trees that are one step smaller. Not all of them are well formed; the caller tries them.
extension Query {
  var smaller: [Query] {
    if parts.count > 1 {
      return parts.map { Query(parts: [$0], unions: [], range: range) } + smallerParts
    }
    return smallerParts
  }

  private var smallerParts: [Query] {
    parts.indices.flatMap { i in
      parts[i].smaller.map { part in
        var query = self
        query.parts[i] = part
        return query
      }
    }
  }
}

extension SingleQuery {
  var smaller: [SingleQuery] {
    var smaller: [SingleQuery] = []
    for i in clauses.indices.dropLast() {
      var query = self
      query.clauses.remove(at: i)
      smaller.append(query)
    }
    for i in clauses.indices {
      for clause in clauses[i].smaller {
        var query = self
        query.clauses[i] = clause
        smaller.append(query)
      }
    }
    return smaller
  }
}

extension Clause {
  fileprivate var smaller: [Clause] {
    switch self {
    case .match(let match): match.smaller.map { .match($0) }
    case .with(let projection): projection.smaller.map { .with($0) }
    case .return(let projection): projection.smaller.map { .return($0) }
    case .unwind(let unwind):
      unwind.list.smaller.map {
        var unwind = unwind
        unwind.list = $0
        return .unwind(unwind)
      }
    default: []
    }
  }
}

extension MatchClause {
  fileprivate var smaller: [MatchClause] {
    var smaller: [MatchClause] = []
    let add = { (change: (inout MatchClause) -> Void) in
      var match = self
      change(&match)
      smaller.append(match)
    }
    if predicate != nil { add { $0.predicate = nil } }
    for expression in predicate?.smaller ?? [] { add { $0.predicate = expression } }
    if optional { add { $0.optional = false } }
    for i in pattern.paths.indices where pattern.paths.count > 1 {
      add { $0.pattern.paths.remove(at: i) }
    }
    for i in pattern.paths.indices {
      for path in pattern.paths[i].smaller { add { $0.pattern.paths[i] = path } }
    }
    return smaller
  }
}

extension PathPattern {
  fileprivate var smaller: [PathPattern] {
    var smaller: [PathPattern] = []
    let add = { (change: (inout PathPattern) -> Void) in
      var path = self
      change(&path)
      smaller.append(path)
    }
    if variable != nil { add { $0.variable = nil } }
    if !relationships.isEmpty {
      add {
        $0.relationships.removeLast()
        $0.nodes.removeLast()
      }
      add {
        $0.relationships.removeFirst()
        $0.nodes.removeFirst()
      }
    }
    for i in nodes.indices {
      if nodes[i].variable != nil { add { $0.nodes[i].variable = nil } }
      if !nodes[i].labels.isEmpty { add { $0.nodes[i].labels.removeLast() } }
      if nodes[i].properties != nil { add { $0.nodes[i].properties = nil } }
    }
    for i in relationships.indices {
      if relationships[i].variable != nil { add { $0.relationships[i].variable = nil } }
      if !relationships[i].types.isEmpty { add { $0.relationships[i].types.removeLast() } }
      if relationships[i].properties != nil { add { $0.relationships[i].properties = nil } }
      if relationships[i].length != nil { add { $0.relationships[i].length = nil } }
      if relationships[i].direction == .left { add { $0.relationships[i].direction = .right } }
    }
    return smaller
  }
}

extension ProjectionClause {
  fileprivate var smaller: [ProjectionClause] {
    var smaller: [ProjectionClause] = []
    let add = { (change: (inout ProjectionClause) -> Void) in
      var projection = self
      change(&projection)
      smaller.append(projection)
    }
    if distinct { add { $0.distinct = false } }
    if predicate != nil { add { $0.predicate = nil } }
    for expression in predicate?.smaller ?? [] { add { $0.predicate = expression } }
    if !orderBy.isEmpty {
      add {
        $0.orderBy = []
        $0.skip = nil
        $0.limit = nil
      }
    }
    if skip != nil { add { $0.skip = nil } }
    if limit != nil { add { $0.limit = nil } }
    for i in items.indices where items.count > 1 { add { $0.items.remove(at: i) } }
    for i in items.indices where items[i].alias != nil {
      for expression in items[i].expression.smaller { add { $0.items[i].expression = expression } }
    }
    return smaller
  }
}

extension Expression {
  /// The parts of the expression, the expression with one of its operands smaller, and literals.
  fileprivate var smaller: [Expression] {
    switch kind {
    case .null, .boolean, .integer, .float, .string, .variable: return []
    default: break
    }
    var smaller = operands
    for i in operands.indices {
      for operand in operands[i].smaller {
        if let whole = replacing(operand: i, by: operand) { smaller.append(whole) }
      }
    }
    for subquery in smallerSubqueries { smaller.append(subquery) }
    for literal in [Kind.null, .boolean(true), .integer(1), .string("a"), .list([])] {
      smaller.append(Expression(literal, range))
    }
    return smaller
  }

  private var smallerSubqueries: [Expression] {
    switch kind {
    case .exists(.pattern(let pattern, let predicate?)):
      return [Expression(.exists(.pattern(pattern, predicate: nil)), range)]
        + predicate.smaller.map { Expression(.exists(.pattern(pattern, predicate: $0)), range) }
    case .count(.pattern(let pattern, let predicate?)):
      return [Expression(.count(.pattern(pattern, predicate: nil)), range)]
        + predicate.smaller.map { Expression(.count(.pattern(pattern, predicate: $0)), range) }
    case .exists(.query(let query)):
      return query.smaller.map { Expression(.exists(.query($0)), range) }
    case .patternPredicate(let path):
      return path.smaller.filter { !$0.relationships.isEmpty }
        .map { Expression(.patternPredicate($0), range) }
    case .patternComprehension(let comprehension):
      return comprehension.path.smaller.filter { !$0.relationships.isEmpty }.map {
        var comprehension = comprehension
        comprehension.path = $0
        return Expression(.patternComprehension(comprehension), range)
      }
    default: return []
    }
  }

  /// The expression with one of its `operands` exchanged; nil for kinds that are not shrunk inside.
  private func replacing(operand i: Int, by operand: Expression) -> Expression? {
    var parts = operands
    parts[i] = operand
    switch kind {
    case .list: return Expression(.list(parts), range)
    case .property(_, let key): return Expression(.property(operand, key), range)
    case .unary(let symbol, _): return Expression(.unary(symbol, operand), range)
    case .isNull: return Expression(.isNull(operand), range)
    case .isNotNull: return Expression(.isNotNull(operand), range)
    case .index: return Expression(.index(parts[0], parts[1]), range)
    case .binary(let symbol, _, _): return Expression(.binary(symbol, parts[0], parts[1]), range)
    case .comparison(_, var steps):
      for step in steps.indices { steps[step].operand = parts[step + 1] }
      return Expression(.comparison(parts[0], steps), range)
    case .function(var call):
      call.arguments = parts
      return Expression(.function(call), range)
    default: return nil
    }
  }
}
