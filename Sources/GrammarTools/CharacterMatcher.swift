/// Matches lexical rules against characters. The rules must not be recursive.
struct CharacterMatcher: Sendable {
  /// What a rule may start with: ASCII characters one by one, all others together.
  struct FirstSet: Sendable {
    var ascii = [Bool](repeating: false, count: 128)
    var others = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII ? ascii[Int(scalar.value)] : others
    }
  }

  private let definitions: [String: GrammarElement]

  init(_ rules: [GrammarRule]) {
    var definitions: [String: GrammarElement] = [:]
    for rule in rules { definitions[rule.name] = rule.definition }
    var inlined: [String: GrammarElement] = [:]
    for rule in rules {
      inlined[rule.name] = Self.inline(rule.definition, definitions, depth: 0)
    }
    self.definitions = inlined
  }

  /// Rule names replaced by what they stand for.
  private static func inline(
    _ element: GrammarElement, _ definitions: [String: GrammarElement], depth: Int
  ) -> GrammarElement {
    guard depth < 100 else { return element }
    switch element {
    case .rule(let name):
      guard let definition = definitions[name] else { return element }
      return inline(definition, definitions, depth: depth + 1)
    case .sequence(let parts):
      return .sequence(parts.map { inline($0, definitions, depth: depth + 1) })
    case .choice(let parts):
      return .choice(parts.map { inline($0, definitions, depth: depth + 1) })
    case .optional(let part): return .optional(inline(part, definitions, depth: depth + 1))
    case .repeated(let part): return .repeated(inline(part, definitions, depth: depth + 1))
    default: return element
    }
  }

  /// The furthest offset at which a match of a rule ends.
  func longestMatch(of name: String, in text: [Unicode.Scalar], at start: Int) -> Int? {
    guard let definition = definitions[name] else { return nil }
    return ends(of: definition, in: text, from: [start]).last
  }

  /// All offsets at which matches end that start at one of `starts`; sorted.
  private func ends(
    of element: GrammarElement, in text: [Unicode.Scalar], from starts: [Int]
  ) -> [Int] {
    switch element {
    case .word, .characters, .anyBut:
      return starts.compactMap { offset in
        offset < text.count && Self.accepts(element, text[offset]) ? offset + 1 : nil
      }
    case .sequence(let parts):
      var offsets = starts
      for part in parts where !offsets.isEmpty { offsets = ends(of: part, in: text, from: offsets) }
      return offsets
    case .choice(let parts):
      return merged(parts.map { ends(of: $0, in: text, from: starts) })
    case .optional(let part):
      return merged([starts, ends(of: part, in: text, from: starts)])
    case .repeated(let part):
      var reached: Set<Int> = []
      var latest = starts
      while !latest.isEmpty {
        latest = ends(of: part, in: text, from: latest).filter { reached.insert($0).inserted }
      }
      return reached.sorted()
    case .rule: return []
    }
  }

  private func merged(_ lists: [[Int]]) -> [Int] {
    let filled = lists.filter { !$0.isEmpty }
    if filled.count <= 1 { return filled.first ?? [] }
    return Set(filled.joined()).sorted()
  }

  static func accepts(_ element: GrammarElement, _ scalar: Unicode.Scalar) -> Bool {
    switch element {
    case .characters(let range): range.contains(scalar.value)
    case .anyBut(let ranges): !ranges.contains { $0.contains(scalar.value) }
    case .word("XID_START"): scalar.properties.isXIDStart
    case .word("XID_CONTINUE"): scalar.properties.isXIDContinue
    case .word("CONNECTOR_PUNCTUATION"):
      scalar.properties.generalCategory == .connectorPunctuation
    default: false
    }
  }

  /// What the texts of a rule may start with.
  func firstSet(of name: String) -> FirstSet {
    var set = FirstSet()
    if let definition = definitions[name] { _ = add(definition, to: &set) }
    return set
  }

  /// Adds what an element starts with; true where the element may be empty.
  private func add(_ element: GrammarElement, to set: inout FirstSet) -> Bool {
    switch element {
    case .word, .characters, .anyBut:
      for value in UInt8(0)..<128 where Self.accepts(element, Unicode.Scalar(value)) {
        set.ascii[Int(value)] = true
      }
      if case .characters(let range) = element {
        set.others = set.others || range.upperBound >= 128
      } else {
        set.others = true
      }
      return false
    case .sequence(let parts):
      for part in parts where !add(part, to: &set) { return false }
      return true
    case .choice(let parts):
      var mayBeEmpty = false
      for part in parts where add(part, to: &set) { mayBeEmpty = true }
      return mayBeEmpty
    case .optional(let part):
      _ = add(part, to: &set)
      return true
    case .repeated(let part): return add(part, to: &set)
    case .rule: return false
    }
  }
}
