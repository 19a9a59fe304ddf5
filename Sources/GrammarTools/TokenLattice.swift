/// The tokens of a text with all readings: an edge leads from the place of a token to the place of
/// the next one.
struct TokenLattice {
  /// A token in one of its readings.
  struct Edge {
    var terminal: Int
    /// Index of the node behind the token.
    var target: Int
  }

  /// For each node the edges that leave it; the last node is the end of the text.
  private(set) var edges: [[Edge]] = []
  /// A character that starts no token stands behind the last node.
  private(set) var isBroken = false

  init(_ text: String, scanner: TokenScanner, grammar: PlainGrammar, reserved: Set<String>) {
    let scalars = Array(text.unicodeScalars)
    var nodes = [scanner.skipSeparators(in: scalars, from: 0)]
    var tokens: [(from: Int, to: Int, terminal: Int)] = []
    var next = 0
    while next < nodes.count {
      let offset = nodes[next]
      next += 1
      guard offset < scalars.count else { continue }
      var found = scanner.contextualTokens(in: scalars, at: offset)
      if let token = scanner.token(in: scalars, at: offset) { found.append(token) }
      for token in found {
        let target = scanner.skipSeparators(in: scalars, from: token.end)
        if !nodes[(next - 1)...].contains(target) {
          let place = nodes.firstIndex { $0 > target } ?? nodes.count
          nodes.insert(target, at: place)
        }
        for terminal in Self.terminals(of: token, grammar, reserved) {
          tokens.append((offset, target, terminal))
        }
      }
    }
    isBroken = nodes.last != scalars.count
    let indices = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    edges = Array(repeating: [], count: nodes.count)
    for token in tokens {
      guard let from = indices[token.from], let target = indices[token.to] else { continue }
      edges[from].append(Edge(terminal: token.terminal, target: target))
    }
  }

  /// A keyword is itself and a member of its class.
  private static func terminals(
    of token: TokenScanner.Token, _ grammar: PlainGrammar, _ reserved: Set<String>
  ) -> [Int] {
    var names = [token.name]
    if token.isKeyword {
      let isReserved = reserved.contains(token.name)
      names.append(isReserved ? GrammarFiles.reservedWord : GrammarFiles.unreservedWord)
    }
    return names.compactMap { grammar.symbol($0) }
  }
}
