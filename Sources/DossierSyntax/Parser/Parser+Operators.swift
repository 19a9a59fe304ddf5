extension Parser {
  /// `<value expression>`.
  mutating func parseValueExpression() throws(QueryError) -> Expression {
    try parseOperators(.or)
  }

  /// `<arithmetic value expression>` that stands outside of comparisons.
  mutating func parseArithmeticExpression() throws(QueryError) -> Expression {
    try parseOperators(.additive)
  }

  /// `<boolean value expression>`, `<exclusive boolean term>`, `<boolean term>`,
  /// `<comparison predicate>`, `<predicate>`, `<arithmetic value expression>`, `<term>`, `<power>`:
  /// all operators that bind at least as tightly as `minimum`.
  ///
  /// One loop for all levels: a chain of equal operators takes no stack, a parenthesis takes few
  /// frames.
  private mutating func parseOperators(_ minimum: OperatorLevel) throws(QueryError) -> Expression {
    var left: Expression
    var maximum = OperatorLevel.sign
    if at(.not), minimum <= .not {
      left = try parseBooleanFactor()
      maximum = .not
    } else {
      left = try parseFactor()
    }
    var nullPredicates = 0
    while let infix = infixOperator(), infix.level >= minimum, infix.level <= maximum {
      switch infix {
      case .binary(let binary):
        try parseOperatorTokens(of: binary)
        let right = try parseOperators(binary.level.next)
        left = Expression(.binary(binary, left, right), left.range.union(right.range))
      case .comparison:
        left = try parseComparison(first: left)
      case .nullPredicate:
        nullPredicates += 1
        try limitChain(nullPredicates)
        left = try parseNullPredicate(of: left)
      }
      maximum = infix.level
    }
    return left
  }

  /// `<boolean factor>`: `NOT` and what it negates.
  private mutating func parseBooleanFactor() throws(QueryError) -> Expression {
    let start = token.start
    try enter()
    advance()
    let operand = try parseOperators(.not)
    leave()
    return Expression(.unary(.not, operand), range(from: start))
  }

  /// `<comparison operator>` and operands in a chain: `a < b <= c`.
  private mutating func parseComparison(first: Expression) throws(QueryError) -> Expression {
    var steps: [ComparisonStep] = []
    while case .comparison(let comparison)? = infixOperator() {
      advance()
      steps.append(ComparisonStep(comparison, try parseOperators(.predicate)))
    }
    return Expression(.comparison(first, steps), range(from: first.range.start))
  }

  /// `<null predicate part 2>`.
  private mutating func parseNullPredicate(of operand: Expression) throws(QueryError) -> Expression
  {
    advance()
    let isNegated = consume(if: .not)
    guard consume(if: .null) else {
      throw unexpected(isNegated ? "`NULL`" : "`NULL` or `NOT NULL`")
    }
    let range = range(from: operand.range.start)
    return Expression(isNegated ? .isNotNull(operand) : .isNull(operand), range)
  }

  /// `<predicate operator>`: the words or the sign of an operator.
  private mutating func parseOperatorTokens(of binary: BinaryOperator) throws(QueryError) {
    advance()
    if binary == .startsWith || binary == .endsWith { try expect(.with) }
  }

  /// The operator that the next token starts.
  private func infixOperator() -> InfixOperator? {
    switch kind {
    case .keyword(let keyword): wordOperator(keyword)
    case .plus: .binary(.add)
    case .minus: .binary(.subtract)
    case .asterisk: .binary(.multiply)
    case .solidus: .binary(.divide)
    case .percent: .binary(.modulo)
    case .circumflex: .binary(.power)
    case .regexMatch: .binary(.matches)
    case .equal: .comparison(.equal)
    case .notEqual: .comparison(.notEqual)
    case .less: .comparison(.less)
    case .lessOrEqual: .comparison(.lessOrEqual)
    case .greater: .comparison(.greater)
    case .greaterOrEqual: .comparison(.greaterOrEqual)
    default: nil
    }
  }

  private func wordOperator(_ keyword: Keyword) -> InfixOperator? {
    switch keyword {
    case .or: .binary(.or)
    case .xor: .binary(.xor)
    case .and: .binary(.and)
    case .in: .binary(.in)
    case .starts: .binary(.startsWith)
    case .ends: .binary(.endsWith)
    case .contains: .binary(.contains)
    case .is: .nullPredicate
    default: nil
    }
  }

  /// `<factor>`: signs and what they stand before; a minus before a number belongs to the number.
  private mutating func parseFactor() throws(QueryError) -> Expression {
    guard kind == .minus || kind == .plus else {
      return try parsePostfixChain(allowsLabels: true).expression
    }
    if kind == .minus, isNumber(peek()), !startsSuffix(peek(2)) {
      return try parseNegativeNumber()
    }
    let start = token.start
    let sign: UnaryOperator = kind == .minus ? .minus : .plus
    try enter()
    advance()
    let operand = try parseFactor()
    leave()
    return Expression(.unary(sign, operand), range(from: start))
  }

  private func isNumber(_ kind: TokenKind) -> Bool {
    switch kind {
    case .decimalInteger, .hexadecimalInteger, .octalInteger, .float: true
    default: false
    }
  }

  private func startsSuffix(_ kind: TokenKind) -> Bool {
    kind == .period || kind == .leftBracket || kind == .colon
  }

  /// Chains that make a tree as deep as they are long end at the nesting limit.
  func limitChain(_ length: Int) throws(QueryError) {
    guard length <= Parser.nestingLimit else {
      throw QueryError(
        .nestingTooDeep, "the chain has more than \(Parser.nestingLimit) links", at: token.range)
    }
  }
}
