import DossierSyntax

/// Patterns over the scope, with new variables.
extension QueryGenerator {
  /// Path patterns and the variables that they bind.
  mutating func pattern(paths: Int) -> (text: String, new: [Variable]) {
    var new: [Variable] = []
    var texts: [String] = []
    usedRelationships = []
    for _ in 0..<paths {
      let length = random.pick(paths == 1 ? [0, 1, 1, 2, 2, 3] : [0, 1, 1, 2])
      texts.append(path(length: length, &new, binds: true))
    }
    if random.chance(18), let text = statement(&new) { texts.append(text) }
    return (texts.joined(separator: ", "), new)
  }

  /// What is said about a relationship that the pattern or the scope binds; nil when there is none.
  private mutating func statement(_ new: inout [Variable]) -> String? {
    let known = (scope + new).filter { $0.kind == .relationship }
    guard let subject = random.pickAny(known) else { return nil }
    var inside = ""
    if random.chance(50) {
      inside = fresh("r")
      new.append(Variable(name: inside, kind: .relationship))
    }
    if random.chance(30) {
      inside += ":" + Spelling.hyphenated(random.pick(GraphGenerator.types))
    }
    let step = random.pick(["-[\(inside)]->", "<-[\(inside)]-", "-[\(inside)]-"])
    if random.chance(15), let other = random.pickAny(known) {
      return "[\(subject.name)]\(step)[\(other.name)]"
    }
    let node = node(&new, binds: true, isFirst: false)
    return random.chance(70)
      ? "[\(subject.name)]\(step)\(node)" : "\(node)\(step)[\(subject.name)]"
  }

  /// A path that binds nothing and starts, where one is in scope, at a node of the scope.
  mutating func anchoredPath() -> String {
    var new: [Variable] = []
    return path(length: random.number(1...2), &new, binds: false)
  }

  /// A path with one new variable at its end; nil when there is no node to start at.
  mutating func correlatedPath(to name: String) -> String? {
    guard let start = random.pickAny(scope.filter { $0.kind == .node }) else { return nil }
    var new: [Variable] = []
    let path = "(\(start.name))\(relationship(&new, binds: false))(\(name)\(labels(20)))"
    return path + (random.chance(20) ? validTime() : "")
  }

  /// Equal properties of a new node and another one; nil when there are not two.
  mutating func joinPredicate(_ new: [Variable]) -> String? {
    guard let a = random.pickAny(new.filter { $0.kind == .node }),
      let b = random.pickAny(scope.filter { $0.kind == .node && $0.name != a.name })
    else { return nil }
    let key = random.pick(["i", "i", "s", "m", "b"])
    let other = random.chance(80) ? key : "m"
    if random.chance(20) { return "\(a.name).i + 1 = \(b.name).i" }
    return "\(a.name).\(key) = \(b.name).\(other)"
  }

  private mutating func path(length: Int, _ new: inout [Variable], binds: Bool) -> String {
    var text = node(&new, binds: binds, isFirst: true)
    for _ in 0..<length {
      text += relationship(&new, binds: binds) + node(&new, binds: binds, isFirst: false)
    }
    guard binds, random.chance(15) else { return text }
    let name = fresh("p")
    new.append(Variable(name: name, kind: .path))
    return "\(name) = \(text)"
  }

  private mutating func node(
    _ new: inout [Variable], binds: Bool, isFirst: Bool
  ) -> String {
    let known = (scope + new).filter { $0.kind == .node }
    var name = ""
    if let variable = random.pickAny(known), random.chance(isFirst || !binds ? 60 : 25) {
      name = variable.name
    } else if binds, random.chance(70) {
      name = fresh("n")
      new.append(Variable(name: name, kind: .node))
    }
    return "(\(name)\(labels(14))\(properties(6)))"
  }

  private mutating func labels(_ percent: Int) -> String {
    guard random.chance(percent) else { return "" }
    var names = [random.pick(GraphGenerator.labels)]
    if random.chance(15) { names.append(random.pick(GraphGenerator.labels)) }
    return names.map { ":" + Spelling.hyphenated($0) }.joined()
  }

  /// A property map that reads only variables from before the pattern.
  private mutating func properties(_ percent: Int) -> String {
    guard random.chance(percent) else { return "" }
    switch random.below(4) {
    case 0: return " {i: \(expression(.integer, 1))}"
    case 1: return " {s: \(Spelling.string(random.pick(GraphGenerator.strings)))}"
    case 2: return " {b: \(random.chance(50)), i: \(random.number(0...2))}"
    default: return " {i: \(random.number(-1...3))}"
    }
  }

  private mutating func relationship(_ new: inout [Variable], binds: Bool) -> String {
    var name = ""
    let bound = scope.filter { variable in
      variable.kind == .relationship && !usedRelationships.contains(variable.name)
    }
    if binds, random.chance(6), let known = random.pickAny(bound) {
      usedRelationships.insert(known.name)
      return random.pick(["-[\(known.name)]->", "<-[\(known.name)]-", "-[\(known.name)]-"])
    }
    var length = ""
    if random.chance(14) {
      length = random.pick(["*1..2", "*0..1", "*2", "*..2", "*0..2", isTiny ? "*" : "*1..3"])
    }
    if binds, random.chance(40) {
      name = fresh("r")
      new.append(Variable(name: name, kind: length.isEmpty ? .relationship : .relationships))
    }
    var types = ""
    if random.chance(28) {
      types = ":" + Spelling.hyphenated(random.pick(GraphGenerator.types))
      if random.chance(25) {
        types += "|" + Spelling.hyphenated(random.pick(GraphGenerator.types))
      }
    }
    let inside = name + types + length + (random.chance(4) ? " {i: \(random.number(0...2))}" : "")
    let middle = inside.isEmpty ? "-" : "[\(inside)]"
    let body = inside.isEmpty ? "--" : "-\(middle)-"
    switch random.below(5) {
    case 0, 1: return "\(body)>"
    case 2, 3: return "<\(body)"
    default: return body
    }
  }
}
