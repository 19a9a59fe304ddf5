/// One clause of a query.
public indirect enum Clause: Sendable {
  case match(MatchClause)
  case unwind(UnwindClause)
  case loadCSV(LoadCSVClause)
  case with(ProjectionClause)
  case `return`(ProjectionClause)
  case create(CreateClause)
  case merge(MergeClause)
  case set(SetClause)
  case remove(RemoveClause)
  case delete(DeleteClause)
  case call(ProcedureCall)

  /// Where the clause stands, keyword included.
  public var range: SourceRange {
    switch self {
    case .match(let c): c.range
    case .unwind(let c): c.range
    case .loadCSV(let c): c.range
    case .with(let c), .return(let c): c.range
    case .create(let c): c.range
    case .merge(let c): c.range
    case .set(let c): c.range
    case .remove(let c): c.range
    case .delete(let c): c.range
    case .call(let c): c.range
    }
  }
}

/// `[OPTIONAL] MATCH [CONTEMPORANEOUS] pattern [AS OF instant] [WHERE predicate]`.
public struct MatchClause: Sendable {
  public var optional: Bool
  /// All elements of a match are valid at one and the same time.
  public var contemporaneous: Bool
  public var pattern: Pattern
  /// When the elements of a match are valid; nil where the clause does not say.
  public var validTime: ValidTimeRestriction?
  public var predicate: Expression?
  public var range: SourceRange

  public init(
    optional: Bool, contemporaneous: Bool = false, pattern: Pattern,
    validTime: ValidTimeRestriction? = nil, predicate: Expression?, range: SourceRange
  ) {
    self.optional = optional
    self.contemporaneous = contemporaneous
    self.pattern = pattern
    self.validTime = validTime
    self.predicate = predicate
    self.range = range
  }
}

/// `AS OF instant` or `BETWEEN start AND end`: when elements of a pattern are to be valid.
public struct ValidTimeRestriction: Sendable {
  public enum Time: Sendable {
    /// At this instant.
    case asOf(Expression)
    /// At some time from the first to the second instant, both included.
    case between(Expression, Expression)
  }

  public var time: Time
  public var range: SourceRange

  public init(_ time: Time, _ range: SourceRange) {
    self.time = time
    self.range = range
  }

  /// The one instant, or both.
  public var instants: [Expression] {
    switch time {
    case .asOf(let instant): [instant]
    case .between(let first, let last): [first, last]
    }
  }
}

/// `UNWIND list AS variable`.
public struct UnwindClause: Sendable {
  public var list: Expression
  public var variable: Name
  public var range: SourceRange

  public init(list: Expression, variable: Name, range: SourceRange) {
    self.list = list
    self.variable = variable
    self.range = range
  }
}

/// `LOAD CSV [WITH HEADERS] FROM source AS variable [FIELDTERMINATOR terminator]`.
public struct LoadCSVClause: Sendable {
  /// The first record of the file names the fields of the others.
  public var hasHeaders: Bool
  /// The path of the file, or its `file:` URL.
  public var source: Expression
  public var variable: Name
  /// A string literal; nil for a comma.
  public var fieldTerminator: Expression?
  public var range: SourceRange

  public init(
    hasHeaders: Bool, source: Expression, variable: Name, fieldTerminator: Expression?,
    range: SourceRange
  ) {
    self.hasHeaders = hasHeaders
    self.source = source
    self.variable = variable
    self.fieldTerminator = fieldTerminator
    self.range = range
  }
}

/// The body of `WITH` and `RETURN`.
public struct ProjectionClause: Sendable {
  public var distinct: Bool
  /// `*` stands first: all variables in scope.
  public var includesAll: Bool
  public var items: [ProjectionItem]
  public var orderBy: [SortItem]
  public var skip: Expression?
  public var limit: Expression?
  /// `WHERE` behind `WITH`; always nil for `RETURN`.
  public var predicate: Expression?
  public var range: SourceRange

  public init(
    distinct: Bool, includesAll: Bool, items: [ProjectionItem], orderBy: [SortItem],
    skip: Expression?, limit: Expression?, predicate: Expression?, range: SourceRange
  ) {
    self.distinct = distinct
    self.includesAll = includesAll
    self.items = items
    self.orderBy = orderBy
    self.skip = skip
    self.limit = limit
    self.predicate = predicate
    self.range = range
  }
}

/// `expression [AS alias]`.
public struct ProjectionItem: Sendable {
  public var expression: Expression
  public var alias: Name?
  /// The expression's source text exactly as written; the column's name where no alias is given.
  public var text: String

  public init(expression: Expression, alias: Name?, text: String) {
    self.expression = expression
    self.alias = alias
    self.text = text
  }
}

/// `expression [ASC|DESC]`.
public struct SortItem: Sendable {
  public var expression: Expression
  public var descending: Bool

  public init(expression: Expression, descending: Bool) {
    self.expression = expression
    self.descending = descending
  }
}

/// `CREATE pattern`.
public struct CreateClause: Sendable {
  public var pattern: Pattern
  public var range: SourceRange

  public init(pattern: Pattern, range: SourceRange) {
    self.pattern = pattern
    self.range = range
  }
}

/// `MERGE path [ON CREATE SET …] [ON MATCH SET …]`.
public struct MergeClause: Sendable {
  public var path: PathPattern
  public var onCreate: [SetItem]
  public var onMatch: [SetItem]
  public var range: SourceRange

  public init(path: PathPattern, onCreate: [SetItem], onMatch: [SetItem], range: SourceRange) {
    self.path = path
    self.onCreate = onCreate
    self.onMatch = onMatch
    self.range = range
  }
}

/// `SET item, …`.
public struct SetClause: Sendable {
  public var items: [SetItem]
  public var range: SourceRange

  public init(items: [SetItem], range: SourceRange) {
    self.items = items
    self.range = range
  }
}

/// One assignment of `SET`.
public enum SetItem: Sendable {
  /// `element.key = value`; the element may be any expression.
  case property(element: Expression, key: Name, value: Expression)
  /// `variable = map`: replaces all properties.
  case replace(variable: Name, value: Expression)
  /// `variable += map`: adds and overwrites.
  case merge(variable: Name, value: Expression)
  /// `variable:Label:…`.
  case labels(variable: Name, labels: [Name])
}

/// `REMOVE item, …`.
public struct RemoveClause: Sendable {
  public var items: [RemoveItem]
  public var range: SourceRange

  public init(items: [RemoveItem], range: SourceRange) {
    self.items = items
    self.range = range
  }
}

/// One item of `REMOVE`.
public enum RemoveItem: Sendable {
  case property(element: Expression, key: Name)
  case labels(variable: Name, labels: [Name])
}

/// `[DETACH] DELETE expression, …`.
public struct DeleteClause: Sendable {
  public var detach: Bool
  public var expressions: [Expression]
  public var range: SourceRange

  public init(detach: Bool, expressions: [Expression], range: SourceRange) {
    self.detach = detach
    self.expressions = expressions
    self.range = range
  }
}

/// `CALL name[(argument, …)] [YIELD item, … [WHERE predicate]]`.
public struct ProcedureCall: Sendable {
  /// `field [AS alias]`.
  public struct YieldItem: Sendable {
    public var field: Name
    public var alias: Name?
    public init(field: Name, alias: Name?) {
      self.field = field
      self.alias = alias
    }
  }

  /// The qualified name, parts joined by dots.
  public var name: Name
  /// nil when no parentheses are written: arguments come from parameters of the same name.
  public var arguments: [Expression]?
  /// nil when there is no `YIELD`.
  public var yields: [YieldItem]?
  /// `YIELD *`; `yields` is empty then.
  public var yieldsAll: Bool
  public var predicate: Expression?
  public var range: SourceRange

  public init(
    name: Name, arguments: [Expression]?, yields: [YieldItem]?, yieldsAll: Bool,
    predicate: Expression?, range: SourceRange
  ) {
    self.name = name
    self.arguments = arguments
    self.yields = yields
    self.yieldsAll = yieldsAll
    self.predicate = predicate
    self.range = range
  }
}
