/// A rule of a grammar file.
public struct GrammarRule: Sendable {
  /// The name between the angle brackets.
  public var name: String
  /// Where the rule comes from: the first word of the comment behind `::=`.
  public var origin: String
  public var definition: GrammarElement

  public init(name: String, origin: String, definition: GrammarElement) {
    self.name = name
    self.origin = origin
    self.definition = definition
  }
}

/// The right side of a rule, or a part of it.
public indirect enum GrammarElement: Sendable, Hashable {
  /// `<name>`.
  case rule(String)
  /// A word in capitals: a keyword, or a class of characters in the lexical rules.
  case word(String)
  /// `U+0041` or `U+0041-U+005A`.
  case characters(ClosedRange<UInt32>)
  /// `ANY_BUT U+0027 U+005C`.
  case anyBut([ClosedRange<UInt32>])
  case sequence([GrammarElement])
  case choice([GrammarElement])
  /// `[ … ]`.
  case optional(GrammarElement)
  /// `…...`: once or more.
  case repeated(GrammarElement)

  /// The elements that this one consists of.
  public var parts: [GrammarElement] {
    switch self {
    case .rule, .word, .characters, .anyBut: []
    case .sequence(let parts), .choice(let parts): parts
    case .optional(let part), .repeated(let part): [part]
    }
  }

  /// The names of all rules that the element refers to, in order.
  public var ruleNames: [String] {
    if case .rule(let name) = self { return [name] }
    return parts.flatMap(\.ruleNames)
  }

  /// All words that the element contains, in order.
  public var words: [String] {
    if case .word(let word) = self { return [word] }
    return parts.flatMap(\.words)
  }
}
