import DossierSyntax

/// What kind of word may come behind the tokens of an unfinished statement.
struct CompletionContext {
  enum Place: Equatable {
    case label
    case relationshipType
    /// Behind `variable.` and in the property map of a pattern element.
    case propertyKey([PatternElement])
    case parameter
    /// The variable of a pattern element, new or known.
    case variable
    /// A name of the writer's own choice.
    case name
    /// A word that the parser expects.
    case word
  }

  private let tokens: [Token]
  let place: Place
  /// Variables that may be used at the cursor, each once, in order.
  let variables: [String]
  /// The words that the parser expects; only where the place is `word`.
  let expected: ExpectedWords

  init(tokens: [Token], text: SourceText) {
    // Only the last statement counts.
    let start = tokens.lastIndex { $0.kind == .semicolon }.map { $0 + 1 } ?? 0
    let tokens = Array(tokens[start...])
    self.tokens = tokens
    let elements = PatternElement.all(tokens, text)
    place = Self.place(tokens, text, elements)
    variables = VariableScope(tokens, text).names
    expected =
      place == .word
      ? Parser.expectedWords(
        after: text,
        in: SourceRange(start: tokens.first?.start ?? 0, end: tokens.last?.end ?? 0))
      : ExpectedWords()
  }

  /// The keyword that is followed by the cursor.
  var lastKeyword: Keyword? {
    if case .keyword(let keyword)? = tokens.last?.kind { keyword } else { nil }
  }

  private static func place(
    _ tokens: [Token], _ text: SourceText, _ elements: [PatternElement]
  ) -> Place {
    guard let last = tokens.last else { return .word }
    let open = openBracket(tokens)
    switch last.kind {
    case .colon, .bar:
      switch open.map({ tokens[$0].kind }) {
      case .leftBracket where isArrow(tokens, open): return .relationshipType
      case .leftBrace: return .word
      default: return last.kind == .colon ? .label : .word
      }
    case .period:
      return .propertyKey(owners(before: tokens.count - 1, open, tokens, text, elements))
    case .unknownCharacter, .dollar:
      return text.string(in: last.range) == "$" ? .parameter : .word
    case .leftParen: return isPattern(tokens) ? .variable : .word
    case .leftBracket: return isArrow(tokens, open) ? .variable : .word
    case .leftBrace, .comma:
      guard let open, tokens[open].kind == .leftBrace,
        let element = elements.last(where: { $0.properties == open })
      else { return .word }
      return .propertyKey([element])
    case .keyword(.as): return .name
    default: return .word
    }
  }

  /// The elements that a variable in front of a period stands for: `c.`, `c {.` and `c {.name, .`.
  private static func owners(
    before index: Int, _ open: Int?, _ tokens: [Token], _ text: SourceText,
    _ elements: [PatternElement]
  ) -> [PatternElement] {
    guard index > 0 else { return [] }
    var owner = index - 1
    if tokens[owner].kind == .leftBrace || tokens[owner].kind == .comma {
      guard let open, open > 0, tokens[open].kind == .leftBrace else { return [] }
      owner = open - 1
    }
    guard tokens[owner].kind.isName else { return [] }
    let name = VariableScope(tokens, text).origin(of: text.name(tokens[owner]))
    return elements.filter { $0.variable.map { $0.utf8.elementsEqual(name.utf8) } ?? false }
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

  /// True when a bracket opens a relationship pattern.
  private static func isArrow(_ tokens: [Token], _ open: Int?) -> Bool {
    guard let open, open > 0 else { return false }
    return tokens[open - 1].kind == .minus
  }

  /// True when the last token, a parenthesis, begins a node pattern.
  private static func isPattern(_ tokens: [Token]) -> Bool {
    switch tokens.dropLast().last?.kind {
    case .keyword(.match), .keyword(.contemporaneous), .keyword(.create), .keyword(.merge), .minus,
      .greater:
      true
    case .comma: tokens.lastClause.map { [.match, .create].contains($0) } ?? false
    default: false
    }
  }
}

/// A node or a relationship of a pattern, as far as it has been written.
struct PatternElement: Equatable {
  var variable: String?
  /// Labels of a node, or types of a relationship.
  var names: [String]
  var isRelationship: Bool
  /// The index of the brace that opens the property map.
  var properties: Int?

  /// The elements of all patterns of a statement, and what label tests as `c:Company` tell.
  static func all(_ tokens: [Token], _ text: SourceText) -> [PatternElement] {
    var elements: [PatternElement] = []
    for index in tokens.indices {
      var next = index
      switch tokens[index].kind {
      case .leftParen, .leftBracket: next += 1
      case .identifier, .quotedName:
        let opens = index > 0 ? tokens[index - 1].kind : .comma
        if opens == .leftParen || opens == .leftBracket || opens == .leftBrace { continue }
      default: continue
      }
      var element = PatternElement(
        names: [], isRelationship: tokens[index].kind == .leftBracket)
      if next < tokens.count, tokens[next].kind.isName {
        element.variable = text.name(tokens[next])
        next += 1
      }
      while next + 1 < tokens.count, tokens[next].kind == .colon || tokens[next].kind == .bar {
        next += 1
        if tokens[next].kind == .colon { continue }
        let name = text.hyphenatedName(tokens, at: &next)
        guard let name else { break }
        element.names.append(name)
      }
      while next < tokens.count, tokens[next].kind.isLength { next += 1 }
      let isPattern = tokens[index].kind == .leftParen || tokens[index].kind == .leftBracket
      if isPattern, next < tokens.count, tokens[next].kind == .leftBrace {
        element.properties = next
      }
      if !element.names.isEmpty || element.properties != nil { elements.append(element) }
    }
    return elements
  }
}

extension TokenKind {
  /// `*1..3`
  fileprivate var isLength: Bool {
    self == .asterisk || self == .decimalInteger || self == .doublePeriod
  }
}

extension SourceText {
  /// What a name token stands for, without backticks.
  func name(_ token: Token) -> String {
    let name = string(in: token.range)
    return token.kind == .quotedName ? String(name.dropFirst().dropLast()) : name
  }

  /// A label or type, which may have hyphens between its words; moves behind it. Nil where none is.
  fileprivate func hyphenatedName(_ tokens: [Token], at index: inout Int) -> String? {
    guard index < tokens.count, tokens[index].kind.isName else { return nil }
    var name = name(tokens[index])
    index += 1
    while index + 1 < tokens.count, tokens[index].kind == .minus, tokens[index + 1].kind.isName,
      tokens[index].start == tokens[index - 1].end, tokens[index + 1].start == tokens[index].end
    {
      name += "-" + self.name(tokens[index + 1])
      index += 2
    }
    return name
  }
}
