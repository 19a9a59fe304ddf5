/// Checks that hold for every grammar.
enum GrammarSoundness {
  static let origins: Set<String> = ["openCypher", "GQL", "Dossier"]

  static func complaints(
    about rules: [GrammarRule], roots: [String], terminals: Set<String>
  ) -> [String] {
    var complaints: [String] = []
    var definitions: [String: GrammarElement] = [:]
    for rule in rules {
      if definitions.updateValue(rule.definition, forKey: rule.name) != nil {
        complaints.append("<\(rule.name)> is defined twice")
      }
      if !origins.contains(rule.origin) { complaints.append("<\(rule.name)> has no origin") }
      if terminals.contains(rule.name) { complaints.append("<\(rule.name)> is a token, too") }
    }
    for rule in rules {
      for name in rule.definition.ruleNames
      where definitions[name] == nil && !terminals.contains(name) {
        complaints.append("<\(rule.name)> uses <\(name)>, which is not defined")
      }
    }
    let reachable = reachableNames(from: roots, definitions)
    let productive = productiveNames(rules, terminals)
    for rule in rules {
      if !reachable.contains(rule.name) { complaints.append("<\(rule.name)> is not reachable") }
      if !productive.contains(rule.name) { complaints.append("<\(rule.name)> has no sentence") }
    }
    return complaints
  }

  private static func reachableNames(
    from roots: [String], _ definitions: [String: GrammarElement]
  ) -> Set<String> {
    var reached = Set(roots)
    var open = roots
    while let name = open.popLast() {
      for next in definitions[name]?.ruleNames ?? [] where reached.insert(next).inserted {
        open.append(next)
      }
    }
    return reached
  }

  private static func productiveNames(
    _ rules: [GrammarRule], _ terminals: Set<String>
  ) -> Set<String> {
    var productive = terminals
    var grows = true
    while grows {
      grows = false
      for rule in rules where !productive.contains(rule.name) {
        if isProductive(rule.definition, productive) {
          productive.insert(rule.name)
          grows = true
        }
      }
    }
    return productive
  }

  private static func isProductive(_ element: GrammarElement, _ known: Set<String>) -> Bool {
    switch element {
    case .rule(let name): known.contains(name)
    case .word, .characters, .anyBut, .optional: true
    case .sequence(let parts): parts.allSatisfy { isProductive($0, known) }
    case .choice(let parts): parts.contains { isProductive($0, known) }
    case .repeated(let part): isProductive(part, known)
    }
  }
}
