/// Facts about a grammar that the recogniser and the generator share.
public struct GrammarAnalysis: Sendable {
  /// For each symbol: it has the empty sentence.
  public let isNullable: [Bool]
  /// For each symbol and terminal: a sentence of the symbol may start with the terminal.
  private let first: [Bool]
  private let terminalCount: Int
  /// For each symbol: the number of tokens of its shortest sentence.
  public let shortest: [Int]
  /// For each production: the number of tokens of its shortest sentence.
  public let shortestOfProduction: [Int]
  /// For each symbol: its sentences may be of any length.
  public let isUnbounded: [Bool]

  public init(_ grammar: PlainGrammar) {
    let terminalCount = grammar.terminals.count
    let symbolCount = terminalCount + grammar.nonterminals.count
    var nullable = [Bool](repeating: false, count: symbolCount)
    var first = [Bool](repeating: false, count: symbolCount * terminalCount)
    var shortest = [Int](repeating: 1_000_000, count: symbolCount)
    for terminal in 0..<terminalCount {
      first[terminal * terminalCount + terminal] = true
      shortest[terminal] = 1
    }
    var grows = true
    while grows {
      grows = false
      for production in grammar.productions {
        let left = production.left
        var isEmpty = true
        var length = 0
        for symbol in production.right {
          length = min(length + shortest[symbol], 1_000_000)
          guard isEmpty else { continue }
          for terminal in 0..<terminalCount
          where first[symbol * terminalCount + terminal] && !first[left * terminalCount + terminal]
          {
            first[left * terminalCount + terminal] = true
            grows = true
          }
          isEmpty = nullable[symbol]
        }
        if isEmpty, !nullable[left] {
          nullable[left] = true
          grows = true
        }
        if length < shortest[left] {
          shortest[left] = length
          grows = true
        }
      }
    }
    isNullable = nullable
    self.first = first
    self.terminalCount = terminalCount
    self.shortest = shortest
    shortestOfProduction = grammar.productions.map { production in
      production.right.reduce(0) { $0 + shortest[$1] }
    }
    isUnbounded = Self.unboundedSymbols(grammar)
  }

  /// Symbols that lead back to themselves, and those that lead to such ones.
  private static func unboundedSymbols(_ grammar: PlainGrammar) -> [Bool] {
    let symbolCount = grammar.terminals.count + grammar.nonterminals.count
    var reached = [Set<Int>](repeating: [], count: symbolCount)
    var grows = true
    while grows {
      grows = false
      for production in grammar.productions {
        let before = reached[production.left].count
        for symbol in production.right where !grammar.isTerminal(symbol) {
          reached[production.left].formUnion(reached[symbol])
          reached[production.left].insert(symbol)
        }
        if reached[production.left].count > before { grows = true }
      }
    }
    let cyclic = Set((0..<symbolCount).filter { reached[$0].contains($0) })
    return (0..<symbolCount).map { !reached[$0].isDisjoint(with: cyclic) }
  }

  /// A sentence of the symbol may start with the terminal.
  public func mayStart(_ symbol: Int, with terminal: Int) -> Bool {
    first[symbol * terminalCount + terminal]
  }
}
