/// A grammar without brackets: every rule is a list of productions, every production a list of
/// symbols.
///
/// Symbols are numbers: terminals from 0 to `terminals.count - 1`, nonterminals from there on.
public struct PlainGrammar: Sendable {
  /// A production: the nonterminal on the left, the symbols on the right.
  public struct Production: Sendable {
    public var left: Int
    public var right: [Int]
  }

  /// Keywords, tokens and the two classes of words.
  public let terminals: [String]
  /// Rules, and the parts of rules that stood in brackets: `<name>.1`.
  public private(set) var nonterminals: [String] = []
  public private(set) var productions: [Production] = []
  /// Indices into `productions` for each nonterminal.
  public private(set) var productionsOf: [[Int]] = []
  /// The symbol of the start rule.
  public private(set) var start = 0

  private var symbols: [String: Int] = [:]

  public init(_ files: GrammarFiles) {
    terminals =
      files.keywords.all + files.tokenNames + files.contextualTokenNames
      + [GrammarFiles.reservedWord, GrammarFiles.unreservedWord]
    for (index, terminal) in terminals.enumerated() { symbols[terminal] = index }
    for rule in files.rules { _ = addNonterminal(rule.name) }
    for rule in files.rules {
      guard let left = symbols[rule.name] else { continue }
      addProductions(of: left, rule.definition, named: rule.name)
    }
    start = symbols[GrammarFiles.startRule] ?? 0
  }

  /// The number of a terminal or rule.
  public func symbol(_ name: String) -> Int? { symbols[name] }

  public func isTerminal(_ symbol: Int) -> Bool { symbol < terminals.count }

  /// The productions of a nonterminal.
  public func alternatives(of symbol: Int) -> [Int] { productionsOf[symbol - terminals.count] }

  /// The name of a symbol, for messages.
  public func name(of symbol: Int) -> String {
    isTerminal(symbol) ? terminals[symbol] : nonterminals[symbol - terminals.count]
  }

  private mutating func addNonterminal(_ name: String) -> Int {
    let symbol = terminals.count + nonterminals.count
    nonterminals.append(name)
    productionsOf.append([])
    symbols[name] = symbol
    return symbol
  }

  private mutating func addProduction(_ left: Int, _ right: [Int]) {
    productionsOf[left - terminals.count].append(productions.count)
    productions.append(Production(left: left, right: right))
  }

  private mutating func addProductions(
    of left: Int, _ element: GrammarElement, named name: String
  ) {
    if case .choice(let alternatives) = element {
      for alternative in alternatives { addProductions(of: left, alternative, named: name) }
      return
    }
    let parts: [GrammarElement]
    if case .sequence(let elements) = element { parts = elements } else { parts = [element] }
    addProduction(left, parts.map { symbol(for: $0, in: name) })
  }

  private mutating func symbol(for element: GrammarElement, in name: String) -> Int {
    switch element {
    case .rule(let rule): return symbols[rule] ?? 0
    case .word(let word): return symbols[word] ?? 0
    default: break
    }
    let part = addNonterminal("\(name).\(nonterminals.count)")
    switch element {
    case .optional(let inner):
      addProduction(part, [])
      addProductions(of: part, inner, named: name)
    case .repeated(let inner):
      let once = symbol(for: inner, in: name)
      addProduction(part, [once])
      addProduction(part, [part, once])
    default:
      addProductions(of: part, element, named: name)
    }
    return part
  }
}
