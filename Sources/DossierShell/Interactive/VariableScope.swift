import DossierSyntax

/// The variables that may be used at the end of an unfinished statement.
struct VariableScope {
  /// Each once, in the order in which they were named.
  private(set) var names: [String] = []
  /// What `WITH a AS b` renamed: `b` and its `a`.
  private var origins: [(name: String, origin: String)] = []

  init(_ tokens: [Token], _ text: SourceText) {
    var depth = 0
    var projection: Int?
    for index in tokens.indices {
      switch tokens[index].kind {
      case .leftParen, .leftBracket, .leftBrace: depth += 1
      case .rightParen, .rightBracket, .rightBrace: depth -= 1
      case .keyword(.union): names = []
      case .keyword(.with) where depth == 0 && Self.isClause(index, tokens):
        endProjection(projection, index, tokens, text)
        projection = index
      case .keyword(let keyword) where depth == 0 && Self.endsProjection.contains(keyword):
        endProjection(projection, index, tokens, text)
        projection = nil
      case .identifier, .quotedName:
        if projection == nil, Self.isNamed(index, tokens) { add(text.name(tokens[index])) }
      default: break
      }
    }
  }

  /// The variable that another one was named after, over all `WITH`; the variable itself mostly.
  func origin(of name: String) -> String {
    var name = name
    for renamed in origins.reversed() where renamed.name.utf8.elementsEqual(name.utf8) {
      name = renamed.origin
    }
    return name
  }

  private static let endsProjection: Set<Keyword> = [
    .match, .optional, .unwind, .create, .merge, .set, .remove, .delete, .detach, .return, .call,
    .load, .where, .order, .skip, .limit,
  ]

  /// True for a `WITH` that is no part of `STARTS WITH`, `ENDS WITH` or `LOAD CSV WITH`.
  private static func isClause(_ index: Int, _ tokens: [Token]) -> Bool {
    guard index > 0, case .keyword(let keyword) = tokens[index - 1].kind else { return true }
    return ![.starts, .ends, .csv].contains(keyword)
  }

  /// True for a name that the token in front of it makes a variable.
  private static func isNamed(_ index: Int, _ tokens: [Token]) -> Bool {
    guard index > 0 else { return false }
    let isCall = index + 1 < tokens.count && tokens[index + 1].kind == .leftParen
    switch tokens[index - 1].kind {
    case .leftParen, .leftBracket, .keyword(.as), .keyword(.match), .keyword(.contemporaneous),
      .keyword(.create), .keyword(.merge), .keyword(.yield):
      return !isCall
    case .comma: return index + 1 < tokens.count && tokens[index + 1].kind == .equal
    default: return false
    }
  }

  private mutating func add(_ name: String) {
    if !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { names.append(name) }
  }

  /// Behind a projection only its columns are known.
  private mutating func endProjection(
    _ start: Int?, _ end: Int, _ tokens: [Token], _ text: SourceText
  ) {
    guard let start else { return }
    var depth = 0
    var item: [Token] = []
    var columns: [String] = []
    var isStar = false
    for token in tokens[(start + 1)..<end] + [Token(kind: .comma, start: 0, end: 0)] {
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace: depth += 1
      case .rightParen, .rightBracket, .rightBrace: depth -= 1
      case .asterisk where item.isEmpty: isStar = true
      case .keyword(.distinct) where item.isEmpty: continue
      case .comma where depth == 0:
        if let last = item.last, last.kind.isName {
          let isRenamed = item.count > 2 && item[item.count - 2].kind == .keyword(.as)
          if isRenamed || item.count == 1 { columns.append(text.name(last)) }
          if isRenamed, item.count == 3 {
            origins.append((text.name(last), text.name(item[0])))
          }
        }
        item = []
        continue
      default: break
      }
      item.append(token)
    }
    if !isStar { names = [] }
    for column in columns { add(column) }
  }
}

extension [Token] {
  /// The keyword of the clause that the tokens end in.
  var lastClause: Keyword? {
    for token in reversed() {
      guard case .keyword(let keyword) = token.kind else { continue }
      switch keyword {
      case .match, .create, .merge, .return, .with, .where, .set, .remove, .delete, .unwind, .order:
        return keyword
      default: continue
      }
    }
    return nil
  }
}
