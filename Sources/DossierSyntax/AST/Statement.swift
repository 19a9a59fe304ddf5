/// A name as written, with its place; quoted names are held without their backticks.
public struct Name: Hashable, Sendable {
  public var text: String
  public var range: SourceRange

  public init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// `<statement>`: a query or a procedure call on its own, with an optional `EXPLAIN` or `PROFILE`
/// and an optional `WHY`.
public struct Statement: Sendable {
  public enum Mode: Sendable { case run, explain, profile }

  public enum Body: Sendable {
    case query(Query)
    /// `CALL name` that stands alone: arguments may be implicit, all result columns are returned.
    case standaloneCall(ProcedureCall)
  }

  public var mode: Mode
  /// `WHY`: where it stands, when the answer is to say what each of its rows rests on.
  public var why: SourceRange?
  /// `FOR SYSTEM_TIME AS OF …`: when the graph stood as the statement reads it.
  public var systemTime: Expression?
  /// `FOR VALID_TIME …`: the restriction of the patterns that have none of their own.
  public var validTime: ValidTimeRestriction?
  public var body: Body
  public var range: SourceRange

  public init(
    mode: Mode, why: SourceRange? = nil, systemTime: Expression? = nil,
    validTime: ValidTimeRestriction? = nil, body: Body, range: SourceRange
  ) {
    self.mode = mode
    self.why = why
    self.systemTime = systemTime
    self.validTime = validTime
    self.body = body
    self.range = range
  }
}

/// `<query>`: single queries joined by `UNION` or `UNION ALL`.
public struct Query: Sendable {
  /// A union operator and its place; it joins `parts[i]` and `parts[i + 1]`.
  public struct Union: Sendable {
    public var all: Bool
    public var range: SourceRange
    public init(all: Bool, range: SourceRange) {
      self.all = all
      self.range = range
    }
  }

  /// At least one part.
  public var parts: [SingleQuery]
  /// `parts.count - 1` operators.
  public var unions: [Union]
  public var range: SourceRange

  public init(parts: [SingleQuery], unions: [Union], range: SourceRange) {
    self.parts = parts
    self.unions = unions
    self.range = range
  }
}

/// `<single query>`: clauses in the order in which they are written.
public struct SingleQuery: Sendable {
  public var clauses: [Clause]
  public var range: SourceRange

  public init(clauses: [Clause], range: SourceRange) {
    self.clauses = clauses
    self.range = range
  }
}
