import DossierSyntax

/// What kind of word may come behind the tokens of an unfinished statement.
struct CompletionContext {
  enum Place: Equatable {
    case label
    case relationshipType
    /// Behind `variable.`; nil when no variable stands there.
    case propertyKey(String?)
    case parameter
    /// A name of the writer's own choice.
    case name
    /// A clause begins.
    case clause
    /// A value is expected.
    case operand
    /// Behind `LOAD`, `LOAD CSV`, `FOR` or `FOR VALID_TIME`: one of these words.
    case following([String])
    /// A value is whole: an operator or the next clause may follow.
    case continuation
  }

  private let tokens: [Token]
  private let text: SourceText
  let place: Place
  /// Variables that the statement names, each once, in order.
  let variables: [String]

  init(tokens: [Token], text: SourceText) {
    // Only the last statement counts.
    let start = tokens.lastIndex { $0.kind == .semicolon }.map { $0 + 1 } ?? 0
    self.tokens = Array(tokens[start...])
    self.text = text
    place = Self.place(self.tokens, text)
    variables = Self.variables(self.tokens, text)
  }

  private static func place(_ tokens: [Token], _ text: SourceText) -> Place {
    guard let last = tokens.last else { return .clause }
    let open = openBracket(tokens)
    switch last.kind {
    case .colon, .bar:
      let opens = open.map { tokens[$0].kind }
      if opens == .leftBracket { return .relationshipType }
      return opens == .leftBrace ? .operand : .label
    case .period: return .propertyKey(variable(before: tokens.count - 1, tokens, text))
    case .unknownCharacter, .dollar:
      return text.string(in: last.range) == "$" ? .parameter : .operand
    case .leftParen: return isPattern(tokens) ? .name : .operand
    case .leftBracket: return isArrow(tokens.dropLast().last?.kind) ? .name : .operand
    case .leftBrace: return .propertyKey(patternVariable(open, tokens, text))
    case .comma where open.map({ tokens[$0].kind }) == .leftBrace:
      return .propertyKey(patternVariable(open, tokens, text))
    case .identifier, .quotedName, .parameter, .string, .decimalInteger, .float, .rightParen,
      .rightBracket, .rightBrace:
      return .continuation
    case .keyword(let keyword):
      return fixedPlace(tokens.suffix(3).map(\.kind)) ?? place(behind: keyword)
    default: return .operand
    }
  }

  /// The next words of `LOAD CSV` and `FOR VALID_TIME`; nil elsewhere, where these may be names.
  private static func fixedPlace(_ last: [TokenKind]) -> Place? {
    switch last.suffix(3) {
    case [.keyword(.csv), .keyword(.with), .keyword(.headers)]: .following(["FROM"])
    case [.keyword(.load), .keyword(.csv), .keyword(.with)]: .following(["HEADERS"])
    default:
      switch last.suffix(2) {
      case [.keyword(.for), .keyword(.validTime)]: .following(["AS OF", "BETWEEN"])
      case [.keyword(.load), .keyword(.csv)]: .following(["FROM", "WITH HEADERS FROM"])
      default: fixedPlace(behind: last.last)
      }
    }
  }

  private static func fixedPlace(behind kind: TokenKind?) -> Place? {
    switch kind {
    case .keyword(.load): .following(["CSV"])
    case .keyword(.for): .following(["VALID_TIME"])
    default: nil
    }
  }

  private static func place(behind keyword: Keyword) -> Place {
    switch keyword {
    case .optional, .order, .detach, .union, .explain, .profile, .on, .all: .clause
    case .as: .name
    case .match, .merge, .contemporaneous: .name
    case .null, .true, .false, .end, .asc, .desc, .ascending, .descending: .continuation
    default: .operand
    }
  }

  /// The index of the innermost bracket that is open.
  private static func openBracket(_ tokens: [Token]) -> Int? {
    var closed = 0
    for index in tokens.indices.reversed() {
      switch tokens[index].kind {
      case .rightParen, .rightBracket, .rightBrace: closed += 1
      case .leftParen, .leftBracket, .leftBrace:
        if closed == 0 { return index }
        closed -= 1
      default: break
      }
    }
    return nil
  }

  private static func isArrow(_ kind: TokenKind?) -> Bool { kind == .minus }

  /// True when the last token, a parenthesis, begins a node pattern.
  private static func isPattern(_ tokens: [Token]) -> Bool {
    switch tokens.dropLast().last?.kind {
    case .keyword(.match), .keyword(.create), .keyword(.merge), .minus, .greater, .comma: true
    default: false
    }
  }

  private static func variable(
    before index: Int, _ tokens: [Token], _ text: SourceText
  ) -> String? {
    guard index > 0 else { return nil }
    switch tokens[index - 1].kind {
    case .identifier, .quotedName: return text.string(in: tokens[index - 1].range)
    default: return nil
    }
  }

  /// The variable, or else the first label, of the pattern element whose property map is open.
  private static func patternVariable(
    _ open: Int?, _ tokens: [Token], _ text: SourceText
  ) -> String? {
    guard let open, open > 0 else { return nil }
    var index = open - 1
    while index > 0, tokens[index].kind != .leftParen, tokens[index].kind != .leftBracket {
      index -= 1
    }
    return index + 1 < tokens.count ? text.string(in: tokens[index + 1].range) : nil
  }

  /// Names in front of `:` in patterns, behind `AS`, and alone in parentheses.
  private static func variables(_ tokens: [Token], _ text: SourceText) -> [String] {
    var names: [String] = []
    for index in tokens.indices.dropFirst() where tokens[index].kind == .identifier {
      switch tokens[index - 1].kind {
      case .leftParen, .leftBracket, .keyword(.as), .keyword(.unwind), .keyword(.match),
        .keyword(.contemporaneous):
        let name = text.string(in: tokens[index].range)
        let isCall = index + 1 < tokens.count && tokens[index + 1].kind == .leftParen
        if !isCall, !names.contains(name) { names.append(name) }
      default: break
      }
    }
    return names
  }

  /// The labels that patterns of the statement give a variable.
  func labels(of variable: String) -> [String] {
    var labels: [String] = []
    if variable == ":" { return labelsWithoutVariable() }
    for index in tokens.indices where text.string(in: tokens[index].range) == variable {
      var next = index + 1
      while next + 1 < tokens.count, tokens[next].kind == .colon {
        labels.append(name(tokens[next + 1]))
        next += 2
      }
    }
    return labels
  }

  /// Labels of the last pattern element, which has no variable: `(:Company {`.
  private func labelsWithoutVariable() -> [String] {
    guard let colon = tokens.lastIndex(where: { $0.kind == .colon }), colon + 1 < tokens.count
    else { return [] }
    return [name(tokens[colon + 1])]
  }

  private func name(_ token: Token) -> String {
    let name = text.string(in: token.range)
    return token.kind == .quotedName ? String(name.dropFirst().dropLast()) : name
  }

  // MARK: - Keywords

  static let clauseKeywords = [
    "MATCH", "OPTIONAL MATCH", "RETURN", "WITH", "UNWIND", "LOAD CSV", "CREATE", "MERGE", "SET",
    "REMOVE", "DELETE", "DETACH DELETE", "CALL", "EXPLAIN", "PROFILE", "FOR VALID_TIME", "BY",
    "ALL",
  ]
  static let operandKeywords = [
    "DISTINCT", "NOT", "CASE", "NULL", "TRUE", "FALSE", "EXISTS", "COUNT", "ALL", "ANY", "NONE",
    "SINGLE", "WITH", "BY", "MATCH", "WHEN", "THEN", "ELSE", "DELETE", "IN",
  ]
  static let continuationKeywords = [
    "WHERE", "RETURN", "WITH", "MATCH", "OPTIONAL MATCH", "UNWIND", "CREATE", "MERGE", "SET",
    "REMOVE", "DELETE", "DETACH DELETE", "ORDER BY", "SKIP", "LIMIT", "UNION", "AND", "OR", "XOR",
    "IN", "STARTS WITH", "ENDS WITH", "CONTAINS", "IS NULL", "IS NOT NULL", "AS", "ASC", "DESC",
    "THEN", "ELSE", "WHEN", "END", "ON CREATE SET", "ON MATCH SET", "CALL", "LOAD CSV",
    "FIELDTERMINATOR", "AS OF", "BETWEEN",
  ]
}
