/// The clause that a pattern belongs to; it decides what the pattern may hold.
enum PatternPlace {
  case match
  case create
  case merge
  case expression

  /// Properties may be given by a parameter.
  var allowsParameterMap: Bool { self == .create }

  /// A path may stand in `shortestPath(…)` or in parentheses.
  var allowsSelectors: Bool { self == .match }
}

extension Parser {
  /// `<graph pattern>`, `<insert graph pattern>`, `<path pattern list>`.
  mutating func parseGraphPattern(_ place: PatternPlace) throws(QueryError) -> Pattern {
    let start = token.start
    var paths: [PathPattern] = []
    repeat {
      paths.append(try parsePathPattern(place))
    } while consume(if: .comma)
    return Pattern(paths: paths, range: range(from: start))
  }

  /// `<path pattern>`, `<insert path pattern>`, `<merge path pattern>`, `<path variable
  /// declaration>`.
  mutating func parsePathPattern(_ place: PatternPlace) throws(QueryError) -> PathPattern {
    let start = token.start
    var variable: Name?
    if kind.isVariable, peek() == .equal {
      variable = takeName()
      advance()
    }
    var path = try parsePathPatternExpression(place)
    path.variable = variable
    path.range = range(from: start)
    return path
  }

  /// `<path pattern expression>`, `<parenthesized path pattern expression>`.
  private mutating func parsePathPatternExpression(
    _ place: PatternPlace
  ) throws(QueryError) -> PathPattern {
    if at(.shortestPath) || at(.allShortestPaths) {
      guard place.allowsSelectors else {
        throw unexpected("a node such as `(n)`", help: "`shortestPath` belongs in `MATCH`")
      }
      return try parseShortestPath()
    }
    guard place.allowsSelectors, kind == .leftParen,
      peek() == .leftParen || peek() == .leftBracket
    else {
      return try parsePathTerm(place)
    }
    try enter()
    let opening = index
    advance()
    let path = try parsePathPatternExpression(place)
    try expectClosing(.rightParen, of: opening)
    leave()
    return path
  }

  /// `<shortest path pattern>`.
  mutating func parseShortestPath() throws(QueryError) -> PathPattern {
    let start = token.start
    let selector: PathPattern.Selector = at(.shortestPath) ? .shortestPath : .allShortestPaths
    advance()
    let opening = index
    try expect(.leftParen, "`(`")
    var path = try parsePathTerm(.match)
    guard !path.relationships.isEmpty else { throw unexpected("a relationship such as `-[*]-`") }
    try expectClosing(.rightParen, of: opening)
    path.selector = selector
    path.range = range(from: start)
    return path
  }

  /// `<path term>`, `<relationship chain>`, `<insert relationship chain>`: nodes joined by
  /// relationships.
  mutating func parsePathTerm(_ place: PatternPlace) throws(QueryError) -> PathPattern {
    let start = token.start
    var nodes = [try parsePathElement(place)]
    var relationships: [RelationshipPattern] = []
    while startsRelationship(place) {
      relationships.append(try parseRelationshipPattern(place))
      nodes.append(try parsePathElement(place))
    }
    if relationships.isEmpty, nodes[0].standsForRelationship {
      throw unexpected(
        "a relationship such as `-[:type]->`", help: "`[r]` stands where a relationship begins")
    }
    return PathPattern(
      variable: nil, selector: .none, nodes: nodes, relationships: relationships,
      range: range(from: start))
  }

  /// `<path element>`, `<relationship reference>`: a node, or `[r]` for a relationship that others are
  /// about.
  private mutating func parsePathElement(_ place: PatternPlace) throws(QueryError) -> NodePattern {
    guard kind == .leftBracket else { return try parseNodePattern(place) }
    let start = token.start
    advance()
    guard kind.isVariable else {
      throw unexpected("a variable", help: "in `[r]-[:type]->(n)` a pattern must bind `r`")
    }
    let variable = takeName()
    guard consume(if: .rightBracket) else {
      throw unexpected("`]`", help: "`[r]` stands for a relationship that a pattern binds")
    }
    return NodePattern(
      variable: variable, labels: [], properties: nil, standsForRelationship: true,
      range: range(from: start))
  }

  /// `<node pattern>`, `<insert node pattern>`.
  private mutating func parseNodePattern(_ place: PatternPlace) throws(QueryError) -> NodePattern {
    let start = token.start
    let opening = index
    guard consume(if: .leftParen) else { throw unexpected("a node such as `(n)`") }
    let variable = kind.isVariable ? takeName() : nil
    let labels = try parseLabelSet()
    let properties = try parseElementProperties(place)
    guard consume(if: .rightParen) else {
      throw unfinishedNode(opening, hasVariable: variable != nil)
    }
    return NodePattern(
      variable: variable, labels: labels, properties: properties, range: range(from: start))
  }

  /// `<element property specification>`, `<insert property specification>`: a map; in `CREATE` also
  /// a parameter.
  private mutating func parseElementProperties(
    _ place: PatternPlace
  ) throws(QueryError) -> Expression? {
    if kind == .leftBrace { return try parseMap() }
    guard kind == .parameter else { return nil }
    guard place.allowsParameterMap else {
      throw QueryError(
        .invalidParameterUse, "a parameter cannot stand for the properties of a pattern here",
        at: token.range,
        help: "name the properties: `{key: $parameter.key}`; only `CREATE` takes a whole map")
    }
    return parseParameter()
  }

  /// `<relationship pattern>`, `<insert relationship pattern>`, `<left arrowhead>`, `<arrow line>`,
  /// `<right arrowhead>`.
  private mutating func parseRelationshipPattern(
    _ place: PatternPlace
  ) throws(QueryError) -> RelationshipPattern {
    let start = token.start
    let pointsLeft = consumeLeftArrowhead()
    guard consumeArrowLine() else { throw unexpected("`-`") }
    var relationship = RelationshipPattern(
      variable: nil, types: [], direction: .both, length: nil, properties: nil,
      range: token.range)
    if kind == .leftBracket { try parseRelationshipFiller(place, into: &relationship) }
    guard consumeArrowLine() else {
      throw unexpected("`-`", help: "a relationship is written `-[…]->`, `<-[…]-` or `-[…]-`")
    }
    let pointsRight = consumeRightArrowhead()
    if pointsLeft != pointsRight { relationship.direction = pointsLeft ? .left : .right }
    relationship.range = range(from: start)
    return relationship
  }

  /// `<relationship pattern filler>`, between brackets.
  private mutating func parseRelationshipFiller(
    _ place: PatternPlace, into relationship: inout RelationshipPattern
  ) throws(QueryError) {
    let opening = index
    advance()
    if kind.isVariable { relationship.variable = takeName() }
    if kind == .colon { relationship.types = try parseTypeExpression() }
    if kind == .asterisk { relationship.length = try parsePathLength() }
    relationship.properties = try parseElementProperties(place)
    guard consume(if: .rightBracket) else { throw unfinishedRelationship(opening) }
  }

  /// `<type expression>`: `:A|B` or `:A|:B`, hyphens allowed.
  private mutating func parseTypeExpression() throws(QueryError) -> [Name] {
    advance()
    var types = [try expectHyphenatedName("a relationship type")]
    while consume(if: .bar) {
      _ = consume(if: .colon)
      types.append(try expectHyphenatedName("a relationship type"))
    }
    return types
  }

  /// `<path length>`.
  private mutating func parsePathLength() throws(QueryError) -> RelationshipPattern.Length {
    let start = token.start
    advance()
    let minimum = try parsePathLengthBound()
    var maximum = minimum
    if consume(if: .doublePeriod) {
      maximum = try parsePathLengthBound()
    }
    return RelationshipPattern.Length(
      minimum: minimum, maximum: maximum, range: range(from: start))
  }

  /// `<path length bound>`.
  private mutating func parsePathLengthBound() throws(QueryError) -> Int? {
    switch kind {
    case .decimalInteger, .hexadecimalInteger, .octalInteger:
      return Int(try integerLiteral(isNegative: false))
    case .minus, .plus, .float:
      throw QueryError(
        .invalidRelationshipPattern, "the bound of a path length is a whole number without a sign",
        at: token.range, help: "write `*`, `*2`, `*1..3`, `*1..` or `*..3`")
    default: return nil
    }
  }

  private mutating func consumeArrowLine() -> Bool {
    consume(if: .minus) || consume(if: .unicodeDash)
  }

  private mutating func consumeLeftArrowhead() -> Bool {
    consume(if: .less) || consume(if: .unicodeLeftArrowhead)
  }

  private mutating func consumeRightArrowhead() -> Bool {
    consume(if: .greater) || consume(if: .unicodeRightArrowhead)
  }
}
