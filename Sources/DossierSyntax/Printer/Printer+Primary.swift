extension Printer {
  mutating func printPrimary(_ expression: Expression) {
    switch expression.kind {
    case .null: output += "null"
    case .boolean(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .float(let value): output += Spelling.float(value)
    case .string(let value): output += Spelling.string(value)
    case .parameter(let name): output += Spelling.parameter(name)
    case .variable(let name): output += Spelling.variable(name)
    case .list(let elements): printListLiteral(elements)
    case .map(let entries):
      output += "{"
      printList(entries) { $0.printEntry($1.key, $1.value) }
      output += "}"
    case .function(let call): printFunction(call)
    case .countAll: output += "count(*)"
    case .caseWhen(let expression): printCase(expression)
    case .listComprehension(let comprehension): printComprehension(comprehension)
    case .patternComprehension(let comprehension): printComprehension(comprehension)
    case .patternPredicate(let path), .shortestPath(let path): printPath(path)
    case .exists(let subquery): printSubquery("EXISTS", subquery)
    case .count(let subquery): printSubquery("COUNT", subquery)
    case .quantifier(let quantifier, let variable, let list, let predicate):
      output += quantifier.spelling + "(" + Spelling.variable(variable.text) + " IN "
      printExpression(list, at: .or)
      printWhere(predicate)
      output += ")"
    case .reduce(let reduce): printReduce(reduce)
    case .mapProjection(let projection): printMapProjection(projection)
    default: printExpression(expression, at: .or)
    }
  }

  private mutating func printEntry(_ key: Name, _ value: Expression) {
    output += Spelling.name(key.text) + ": "
    printExpression(value, at: .or)
  }

  /// `[x IN y]` alone would read as a comprehension.
  private mutating func printListLiteral(_ elements: [Expression]) {
    output += "["
    if elements.count == 1, elements[0].startsWithMembership {
      printExpression(elements[0], at: .never)
    } else {
      printList(elements) { $0.printExpression($1, at: .or) }
    }
    output += "]"
  }

  private mutating func printFunction(_ call: FunctionCall) {
    output += Spelling.function(call.name.text) + "("
    if call.distinct { output += call.arguments.isEmpty ? "DISTINCT" : "DISTINCT " }
    printList(call.arguments) { $0.printExpression($1, at: .or) }
    output += ")"
  }

  private mutating func printCase(_ expression: CaseExpression) {
    output += "CASE"
    if let operand = expression.operand {
      output += " "
      printExpression(operand, at: .or)
    }
    for alternative in expression.alternatives {
      output += " WHEN "
      printExpression(alternative.when, at: .or)
      output += " THEN "
      printExpression(alternative.then, at: .or)
    }
    if let otherwise = expression.otherwise {
      output += " ELSE "
      printExpression(otherwise, at: .or)
    }
    output += " END"
  }

  private mutating func printComprehension(_ comprehension: ListComprehension) {
    output += "[" + Spelling.variable(comprehension.variable.text) + " IN "
    printExpression(comprehension.list, at: .or)
    printWhere(comprehension.predicate)
    if let projection = comprehension.projection {
      output += " | "
      printExpression(projection, at: .or)
    }
    output += "]"
  }

  private mutating func printComprehension(_ comprehension: PatternComprehension) {
    output += "["
    printPath(comprehension.path)
    printValidTime(comprehension.validTime)
    printWhere(comprehension.predicate)
    output += " | "
    printExpression(comprehension.projection, at: .or)
    output += "]"
  }

  private mutating func printSubquery(_ keyword: String, _ subquery: Subquery) {
    output += keyword + " { "
    switch subquery {
    case .pattern(let pattern, let predicate):
      printPattern(pattern)
      printWhere(predicate)
    case .query(let query):
      printQuery(query, separator: " ")
    }
    output += " }"
  }

  private mutating func printReduce(_ reduce: ReduceExpression) {
    output += "reduce(" + Spelling.variable(reduce.accumulator.text) + " = "
    printExpression(reduce.initial, at: .or)
    output += ", " + Spelling.variable(reduce.variable.text) + " IN "
    printExpression(reduce.list, at: .or)
    output += " | "
    printExpression(reduce.step, at: .or)
    output += ")"
  }

  private mutating func printMapProjection(_ projection: MapProjection) {
    output += Spelling.variable(projection.variable.text) + " {"
    printList(projection.items) { printer, item in
      switch item {
      case .property(let key): printer.output += "." + Spelling.name(key.text)
      case .allProperties: printer.output += ".*"
      case .entry(let key, let value): printer.printEntry(key, value)
      case .variable(let variable): printer.output += Spelling.variable(variable.text)
      }
    }
    output += "}"
  }
}

extension Expression {
  /// The text of the expression starts with a variable and `IN`.
  var startsWithMembership: Bool {
    var expression = self
    while true {
      switch expression.kind {
      case .binary(let sign, let left, _):
        if sign == .in, case .variable = left.kind { return true }
        expression = left
      case .comparison(let first, _): expression = first
      case .isNull(let operand), .isNotNull(let operand): expression = operand
      default: return false
      }
    }
  }
}

extension Quantifier {
  /// The quantifier as it is written.
  public var spelling: String {
    switch self {
    case .all: "all"
    case .any: "any"
    case .none: "none"
    case .single: "single"
    }
  }
}
