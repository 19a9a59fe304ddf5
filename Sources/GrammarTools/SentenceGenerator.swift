/// Makes statements from the grammar alone.
public struct SentenceGenerator: Sendable {
  private let grammar: PlainGrammar
  private let analysis: GrammarAnalysis
  private let words: TokenTextGenerator
  /// One place for each nonterminal that a statement can hold, in the order of the grammar.
  private let places: [Place]

  /// A nonterminal and the symbols before and behind it in a short statement.
  private struct Place: Sendable {
    var symbol: Int
    var before: [Int]
    var after: [Int]
  }

  public init(_ files: GrammarFiles) {
    grammar = PlainGrammar(files)
    analysis = GrammarAnalysis(grammar)
    words = TokenTextGenerator(files)
    places = Self.shortestPlaces(grammar, analysis)
  }

  /// One short statement for each production: every alternative, and every bracket both empty and
  /// filled. Each comes as its tokens' texts.
  public func coveringSentences(seed: UInt64) -> [[String]] {
    var random = SplitMix64(seed: seed)
    return grammar.productions.indices.compactMap { index in
      let production = grammar.productions[index]
      guard let place = places.first(where: { $0.symbol == production.left }) else { return nil }
      let symbols = place.before + production.right + place.after
      return symbols.flatMap { symbol in
        expand(symbol, budget: 0, &random).map { words.text(of: $0, &random) }
      }
    }
  }

  /// A random statement of about `length` tokens, or more, as its tokens' texts: a short statement
  /// around a random sentence of some rule, each rule as likely as any other.
  public func randomSentence(length: Int, using random: inout SplitMix64) -> [String] {
    let index = Int.random(in: 0..<places.count, using: &random)
    let place = places[index]
    var terminals = place.before.flatMap { expand($0, budget: 0, &random) }
    terminals += expand(place.symbol, budget: length, &random)
    terminals += place.after.flatMap { expand($0, budget: 0, &random) }
    return terminals.map { words.text(of: $0, &random) }
  }

  /// A sentence of a symbol as terminals. While the budget lasts, alternatives are chosen at
  /// random, those that can use it before the others; then the shortest is taken.
  private func expand(_ symbol: Int, budget: Int, _ random: inout SplitMix64) -> [String] {
    if grammar.isTerminal(symbol) { return [grammar.terminals[symbol]] }
    let choice = chooseAlternative(of: symbol, budget: budget, &random)
    let right = grammar.productions[choice].right
    var rest = max(budget - analysis.shortestOfProduction[choice], 0)
    var open = right.filter { analysis.isUnbounded[$0] }.count
    var sentence: [String] = []
    for part in right {
      var share = 0
      if analysis.isUnbounded[part] {
        open -= 1
        share = open == 0 ? rest : Int.random(in: 0...rest, using: &random)
        rest -= share
      }
      sentence += expand(part, budget: analysis.shortest[part] + share, &random)
    }
    return sentence
  }

  private func chooseAlternative(
    of symbol: Int, budget: Int, _ random: inout SplitMix64
  ) -> Int {
    let alternatives = grammar.alternatives(of: symbol)
    let shortest =
      alternatives.min {
        analysis.shortestOfProduction[$0] < analysis.shortestOfProduction[$1]
      } ?? alternatives[0]
    guard budget > analysis.shortest[symbol] else { return shortest }
    let affordable = alternatives.filter { analysis.shortestOfProduction[$0] <= budget }
    let growing = affordable.filter { production in
      grammar.productions[production].right.contains { analysis.isUnbounded[$0] }
    }
    let isFrugal = Int.random(in: 0..<8, using: &random) == 0
    let choices = growing.isEmpty || isFrugal ? affordable : growing
    return choices.randomElement(using: &random) ?? shortest
  }

  private static func shortestPlaces(
    _ grammar: PlainGrammar, _ analysis: GrammarAnalysis
  ) -> [Place] {
    var places = [grammar.start: Place(symbol: grammar.start, before: [], after: [])]
    var lengths = [grammar.start: 0]
    var grows = true
    while grows {
      grows = false
      for production in grammar.productions {
        guard let outer = places[production.left], let length = lengths[production.left] else {
          continue
        }
        for (index, symbol) in production.right.enumerated() where !grammar.isTerminal(symbol) {
          let before = Array(production.right[..<index])
          let after = Array(production.right[(index + 1)...])
          let total = (before + after).reduce(length) { $0 + analysis.shortest[$1] }
          if let known = lengths[symbol], known <= total { continue }
          lengths[symbol] = total
          places[symbol] = Place(
            symbol: symbol, before: outer.before + before, after: after + outer.after)
          grows = true
        }
      }
    }
    return places.values.sorted { $0.symbol < $1.symbol }
  }
}
