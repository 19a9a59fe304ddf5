/// Tells whether a text is a sentence of the grammar, by Earley's algorithm.
///
/// Takes any context-free grammar, left recursive and ambiguous ones included. One token of
/// look-ahead keeps the item sets small. O(n³) at worst, near O(n) for this grammar.
public struct EarleyRecogniser: Sendable {
  private let scanner: TokenScanner
  private let grammar: PlainGrammar
  private let analysis: GrammarAnalysis
  private let reserved: Set<String>
  /// For each production the number of its first dotted form; the dot moves by adding one.
  private let dottedStart: [Int]
  /// The production of each dotted form.
  private let productionOf: [Int]
  /// The symbol behind the dot of each dotted form; -1 at the end of a production.
  private let symbolBehindDot: [Int]

  public init(_ files: GrammarFiles) {
    scanner = TokenScanner(files)
    grammar = PlainGrammar(files)
    analysis = GrammarAnalysis(grammar)
    reserved = Set(files.keywords.reserved)
    var starts: [Int] = []
    var productions: [Int] = []
    var symbols: [Int] = []
    for (index, production) in grammar.productions.enumerated() {
      starts.append(productions.count)
      for symbol in production.right + [-1] {
        productions.append(index)
        symbols.append(symbol)
      }
    }
    dottedStart = starts
    productionOf = productions
    symbolBehindDot = symbols
  }

  /// A dotted production and the node at which it started.
  private struct Item {
    var dotted: Int
    var origin: Int
  }

  /// The items of one node.
  private struct ItemSet {
    var items: [Item] = []
    var known: Set<Int> = []
    /// Items by the nonterminal behind their dot.
    var waiting: [Int: [Item]] = [:]
    var predicted: Set<Int> = []
  }

  /// The text is a statement of the language.
  public func recognises(_ text: String) -> Bool {
    let lattice = TokenLattice(text, scanner: scanner, grammar: grammar, reserved: reserved)
    guard !lattice.isBroken else { return false }
    let end = lattice.edges.count - 1
    var sets = [ItemSet](repeating: ItemSet(), count: lattice.edges.count)
    predict(grammar.start, at: 0, in: &sets, lattice)
    for node in 0...end {
      var next = 0
      while next < sets[node].items.count {
        let item = sets[node].items[next]
        next += 1
        advance(item, at: node, in: &sets, lattice)
      }
    }
    return sets[end].items.contains { item in
      item.origin == 0 && symbolBehindDot[item.dotted] < 0
        && grammar.productions[productionOf[item.dotted]].left == grammar.start
    }
  }

  private func advance(
    _ item: Item, at node: Int, in sets: inout [ItemSet], _ lattice: TokenLattice
  ) {
    let symbol = symbolBehindDot[item.dotted]
    if symbol < 0 {
      let left = grammar.productions[productionOf[item.dotted]].left
      for parent in sets[item.origin].waiting[left] ?? [] {
        add(Item(dotted: parent.dotted + 1, origin: parent.origin), at: node, in: &sets, lattice)
      }
    } else if grammar.isTerminal(symbol) {
      for edge in lattice.edges[node] where edge.terminal == symbol {
        add(
          Item(dotted: item.dotted + 1, origin: item.origin), at: edge.target, in: &sets, lattice)
      }
    } else {
      sets[node].waiting[symbol, default: []].append(item)
      predict(symbol, at: node, in: &sets, lattice)
      if analysis.isNullable[symbol] {
        add(Item(dotted: item.dotted + 1, origin: item.origin), at: node, in: &sets, lattice)
      }
    }
  }

  private func predict(
    _ symbol: Int, at node: Int, in sets: inout [ItemSet], _ lattice: TokenLattice
  ) {
    guard sets[node].predicted.insert(symbol).inserted else { return }
    for production in grammar.alternatives(of: symbol) {
      add(Item(dotted: dottedStart[production], origin: node), at: node, in: &sets, lattice)
    }
  }

  /// Adds an item that the next token does not rule out.
  private func add(
    _ item: Item, at node: Int, in sets: inout [ItemSet], _ lattice: TokenLattice
  ) {
    var dotted = item.dotted
    while symbolBehindDot[dotted] >= 0 {
      let symbol = symbolBehindDot[dotted]
      if lattice.edges[node].contains(where: { analysis.mayStart(symbol, with: $0.terminal) }) {
        break
      }
      guard analysis.isNullable[symbol] else { return }
      dotted += 1
    }
    guard sets[node].known.insert(item.dotted << 32 | item.origin).inserted else { return }
    sets[node].items.append(item)
  }
}
