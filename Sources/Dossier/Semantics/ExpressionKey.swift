import DossierSyntax

/// The structure of an expression without its places: equal keys mean the same expression.
///
/// `ORDER BY n.age + 1` finds the projected `n.age+1` by it.
struct ExpressionKey: Hashable, Sendable {
  private var bytes: [UInt8] = []

  /// O(size of the expression).
  init(_ expression: Expression) {
    append(expression)
  }

  private mutating func tag(_ letter: Unicode.Scalar) {
    bytes.append(UInt8(truncatingIfNeeded: letter.value))
  }

  private mutating func append(_ number: Int) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func append(_ text: String) {
    append(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func append(_ names: [Name]) {
    append(names.count)
    for name in names { append(name.text) }
  }

  private mutating func append(optional expression: Expression?) {
    if let expression {
      append(expression)
    } else {
      tag("~")
    }
  }

  private mutating func append(all expressions: [Expression]) {
    append(expressions.count)
    for expression in expressions { append(expression) }
  }

  /// Something that is equal to nothing else in the statement.
  private mutating func append(unique range: SourceRange) {
    tag("@")
    append(range.start)
    append(range.end)
  }

  private mutating func append(_ expression: Expression) {
    switch expression.kind {
    case .null: tag("0")
    case .boolean(let value): tag(value ? "t" : "f")
    case .integer(let value):
      tag("i")
      append(Int(value))
    case .float(let value):
      tag("d")
      append(Int(truncatingIfNeeded: value.bitPattern))
    case .string(let text):
      tag("s")
      append(text)
    case .parameter(let name):
      tag("$")
      append(name)
    case .variable(let name):
      tag("v")
      append(name)
    case .countAll: tag("*")
    case .binary: append(chain: expression)
    default: append(composite: expression)
    }
  }

  /// Chains of operators are left-deep and may be very long: the left operands are walked in a loop.
  private mutating func append(chain expression: Expression) {
    var steps: [(BinaryOperator, Expression)] = []
    var rest = expression
    while case .binary(let op, let left, let right) = rest.kind {
      steps.append((op, right))
      rest = left
    }
    tag("b")
    append(steps.count)
    append(rest)
    for (op, right) in steps.reversed() {
      append(op.ordinal)
      append(right)
    }
  }

  private mutating func append(composite expression: Expression) {
    switch expression.kind {
    case .property(let base, let key):
      tag(".")
      append(key.text)
      append(base)
    case .hasLabels(let base, let labels):
      tag(":")
      append(labels)
      append(base)
    case .unary(let op, let operand):
      tag(op == .not ? "!" : op == .minus ? "-" : "+")
      append(operand)
    case .isNull(let operand):
      tag("n")
      append(operand)
    case .isNotNull(let operand):
      tag("N")
      append(operand)
    case .comparison(let first, let steps):
      tag("<")
      append(first)
      append(steps.count)
      for step in steps {
        append(step.operator.ordinal)
        append(step.operand)
      }
    case .function(let call):
      tag(call.distinct ? "D" : "c")
      append(call.name.text.lowercased())
      append(all: call.arguments)
    default: append(collection: expression)
    }
  }

  private mutating func append(collection expression: Expression) {
    switch expression.kind {
    case .list(let elements):
      tag("[")
      append(all: elements)
    case .map(let entries):
      tag("{")
      append(entries.map(\.key))
      append(all: entries.map(\.value))
    case .index(let base, let index):
      tag("]")
      append(base)
      append(index)
    case .slice(let base, let from, let to):
      tag("/")
      append(base)
      append(optional: from)
      append(optional: to)
    case .caseWhen(let alternatives):
      tag("w")
      append(optional: alternatives.operand)
      append(all: alternatives.alternatives.flatMap { [$0.when, $0.then] })
      append(optional: alternatives.otherwise)
    default: append(scoped: expression)
    }
  }

  private mutating func append(scoped expression: Expression) {
    switch expression.kind {
    case .listComprehension(let comprehension):
      tag("l")
      append(comprehension.variable.text)
      append(comprehension.list)
      append(optional: comprehension.predicate)
      append(optional: comprehension.projection)
    case .quantifier(let quantifier, let variable, let list, let predicate):
      tag("q")
      append(quantifier.ordinal)
      append(variable.text)
      append(list)
      append(optional: predicate)
    case .reduce(let reduction):
      tag("r")
      append([reduction.accumulator, reduction.variable])
      append(all: [reduction.initial, reduction.list, reduction.step])
    default: append(unique: expression.range)
    }
  }
}

extension BinaryOperator {
  /// A number of its own for each operator.
  fileprivate var ordinal: Int {
    switch self {
    case .or: 0
    case .xor: 1
    case .and: 2
    case .add: 3
    case .subtract: 4
    case .multiply: 5
    case .divide: 6
    case .modulo: 7
    case .power: 8
    case .in: 9
    case .startsWith: 10
    case .endsWith: 11
    case .contains: 12
    case .matches: 13
    }
  }
}

extension ComparisonOperator {
  fileprivate var ordinal: Int {
    switch self {
    case .equal: 0
    case .notEqual: 1
    case .less: 2
    case .lessOrEqual: 3
    case .greater: 4
    case .greaterOrEqual: 5
    }
  }
}

extension Quantifier {
  fileprivate var ordinal: Int {
    switch self {
    case .all: 0
    case .any: 1
    case .none: 2
    case .single: 3
    }
  }
}
