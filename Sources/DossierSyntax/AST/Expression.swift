/// An expression and its place.
public struct Expression: Sendable {
  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  /// What an expression can be.
  public indirect enum Kind: Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case float(Double)
    case string(String)
    case parameter(String)
    case variable(String)
    case list([Expression])
    /// Keys in the order in which they are written.
    case map([MapEntry])
    case property(Expression, Name)
    /// `base[index]`.
    case index(Expression, Expression)
    /// `base[from..to]`; either bound may be absent.
    case slice(Expression, from: Expression?, to: Expression?)
    /// `base:Label:…`: true when the node has all labels (a relationship: its type).
    case hasLabels(Expression, [Name])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `first < a <= b …`: each neighbouring pair is compared, the results are joined by AND.
    case comparison(Expression, [ComparisonStep])
    case isNull(Expression)
    case isNotNull(Expression)
    case function(FunctionCall)
    /// `count(*)`.
    case countAll
    case caseWhen(CaseExpression)
    case listComprehension(ListComprehension)
    case patternComprehension(PatternComprehension)
    /// A path pattern in the place of a boolean.
    case patternPredicate(PathPattern)
    /// `EXISTS { [MATCH] pattern [WHERE predicate] }` or `EXISTS { query }`.
    case exists(Subquery)
    /// `COUNT { … }`.
    case count(Subquery)
    /// `all(x IN list WHERE predicate)` and its three siblings.
    case quantifier(Quantifier, variable: Name, list: Expression, predicate: Expression?)
    case reduce(ReduceExpression)
    case mapProjection(MapProjection)
    /// `shortestPath((a)-[*]-(b))` in the place of a value.
    case shortestPath(PathPattern)
  }
}

public struct MapEntry: Sendable {
  public var key: Name
  public var value: Expression
  public init(key: Name, value: Expression) {
    self.key = key
    self.value = value
  }
}

public enum UnaryOperator: Sendable { case not, plus, minus }

/// Operators of two operands but the comparisons, which may be chained.
public enum BinaryOperator: Sendable {
  case or, xor, and
  case add, subtract, multiply, divide, modulo, power
  case `in`, startsWith, endsWith, contains, matches
}

public enum ComparisonOperator: Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

public struct ComparisonStep: Sendable {
  public var `operator`: ComparisonOperator
  public var operand: Expression
  public init(_ operator: ComparisonOperator, _ operand: Expression) {
    self.operator = `operator`
    self.operand = operand
  }
}

public struct FunctionCall: Sendable {
  /// Parts joined by dots, as written.
  public var name: Name
  public var distinct: Bool
  public var arguments: [Expression]
  public init(name: Name, distinct: Bool, arguments: [Expression]) {
    self.name = name
    self.distinct = distinct
    self.arguments = arguments
  }
}

public struct CaseExpression: Sendable {
  public struct Alternative: Sendable {
    public var when: Expression
    public var then: Expression
    public init(when: Expression, then: Expression) {
      self.when = when
      self.then = then
    }
  }
  /// The operand of a simple `CASE x WHEN …`; nil for the searched form.
  public var operand: Expression?
  public var alternatives: [Alternative]
  public var otherwise: Expression?
  public init(operand: Expression?, alternatives: [Alternative], otherwise: Expression?) {
    self.operand = operand
    self.alternatives = alternatives
    self.otherwise = otherwise
  }
}

/// `[variable IN list WHERE predicate | projection]`.
public struct ListComprehension: Sendable {
  public var variable: Name
  public var list: Expression
  public var predicate: Expression?
  public var projection: Expression?
  public init(
    variable: Name, list: Expression, predicate: Expression?, projection: Expression?
  ) {
    self.variable = variable
    self.list = list
    self.predicate = predicate
    self.projection = projection
  }
}

/// `[path AS OF instant WHERE predicate | projection]`; the path may carry a variable.
public struct PatternComprehension: Sendable {
  public var path: PathPattern
  /// When the elements of the path are to be valid.
  public var validTime: ValidTimeRestriction?
  public var predicate: Expression?
  public var projection: Expression
  public init(
    path: PathPattern, validTime: ValidTimeRestriction? = nil, predicate: Expression?,
    projection: Expression
  ) {
    self.path = path
    self.validTime = validTime
    self.predicate = predicate
    self.projection = projection
  }
}

/// What stands between the braces of `EXISTS` and `COUNT`.
public enum Subquery: Sendable {
  /// `[MATCH] pattern [WHERE predicate]`.
  case pattern(Pattern, predicate: Expression?)
  case query(Query)
}

public enum Quantifier: Sendable { case all, any, none, single }

/// `reduce(accumulator = initial, variable IN list | step)`.
public struct ReduceExpression: Sendable {
  public var accumulator: Name
  public var initial: Expression
  public var variable: Name
  public var list: Expression
  public var step: Expression
  public init(
    accumulator: Name, initial: Expression, variable: Name, list: Expression, step: Expression
  ) {
    self.accumulator = accumulator
    self.initial = initial
    self.variable = variable
    self.list = list
    self.step = step
  }
}

/// `variable {.key, .*, key: value, variable}`.
public struct MapProjection: Sendable {
  public enum Item: Sendable {
    case property(Name)
    case allProperties
    case entry(Name, Expression)
    case variable(Name)
  }
  public var variable: Name
  public var items: [Item]
  public init(variable: Name, items: [Item]) {
    self.variable = variable
    self.items = items
  }
}
