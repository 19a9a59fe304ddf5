import DossierSyntax

/// Expressions by kind; `depth` bounds how deep they nest.
extension QueryGenerator {
  mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    switch kind {
    case .integer: integer(depth)
    case .float: float(depth)
    case .string: string(depth)
    case .boolean: boolean(depth, inPredicate: false)
    case .mixed: mixed(depth)
    case .integers, .strings: list(kind, depth)
    case .bag: bag(depth)
    case .node, .relationship, .path, .nodes, .relationships: variable(kind) ?? "null"
    }
  }

  private mutating func variable(_ kind: Kind) -> String? {
    random.pickAny(scope.filter { $0.kind == kind })?.name
  }

  private mutating func property(_ key: String) -> String? {
    let elements = scope.filter { $0.kind == .node || $0.kind == .relationship }
    return random.pickAny(elements).map { "\($0.name).\(key)" }
  }

  /// A variable or property of the kind, or a literal.
  private mutating func leaf(_ kind: Kind, key: String, literal: String) -> String {
    if random.chance(4) { return "null" }
    if random.chance(45), let variable = variable(kind) { return variable }
    if random.chance(70), let property = property(key) { return property }
    return literal
  }

  // MARK: Numbers

  private mutating func integer(_ depth: Int) -> String {
    let literal = "\(random.number(-3...6))"
    guard depth > 0, random.chance(60) else { return leaf(.integer, key: "i", literal: literal) }
    switch random.below(16) {
    case 0, 1: return "(\(integer(depth - 1)) + \(integer(depth - 1)))"
    case 2: return "(\(integer(depth - 1)) - \(integer(depth - 1)))"
    case 3: return "(\(integer(depth - 1)) * \(random.number(-2...3)))"
    case 4: return "(\(integer(depth - 1)) / \(random.number(1...3)))"
    case 5: return "(\(integer(depth - 1)) % \(random.number(2...4)))"
    case 6: return "size(\(list(.integers, depth - 1)))"
    case 7: return "size(\(string(depth - 1)))"
    case 8: return "coalesce(\(integer(depth - 1)), \(random.number(0...3)))"
    case 9:
      return
        "CASE WHEN \(boolean(depth - 1, inPredicate: false)) THEN \(integer(depth - 1)) "
        + "ELSE \(integer(depth - 1)) END"
    case 10: return "CASE \(integer(depth - 1)) WHEN 0 THEN 1 WHEN \(integer(depth - 1)) THEN 2 END"
    case 11:
      return "reduce(t = 0, y IN \(list(.integers, depth - 1)) | t + y * \(random.number(1...2)))"
    case 12: return "\(list(.integers, depth - 1))[\(random.number(-2...2))]"
    case 13: return "size(\(bag(depth - 1)))"
    case 14: return elementNumber() ?? "abs(\(integer(depth - 1)))"
    default: return "head(\(list(.integers, depth - 1)))"
    }
  }

  /// A number that belongs to an element or path of the scope.
  private mutating func elementNumber() -> String? {
    let usable = scope.filter {
      [.node, .path, .nodes, .relationship, .relationships].contains($0.kind)
    }
    guard let chosen = random.pickAny(usable) else { return nil }
    switch chosen.kind {
    case .node:
      return random.chance(50)
        ? "size(labels(\(chosen.name)))"
        : random.pick([
          "COUNT { (\(chosen.name))-->(:A) }", "size(keys(\(chosen.name)))",
          "\(chosen.name) {.i, .s}.i", "properties(\(chosen.name)).i", "\(chosen.name)['i']",
          "{first: \(chosen.name).i, second: 2}.first",
        ])
    case .path:
      return random.pick([
        "length(\(chosen.name))", "size(nodes(\(chosen.name)))",
        "reduce(t = 0, w IN nodes(\(chosen.name)) | t + coalesce(w.i, 1))",
        "last(nodes(\(chosen.name))).i", "size([w IN relationships(\(chosen.name)) WHERE w.i > 0])",
      ])
    case .relationship: return "startNode(\(chosen.name)).i"
    default: return "size(\(chosen.name))"
    }
  }

  private mutating func float(_ depth: Int) -> String {
    let literal = "\(random.number(-3...3)).5"
    guard depth > 0, random.chance(60) else { return leaf(.float, key: "f", literal: literal) }
    switch random.below(6) {
    case 0: return "(\(float(depth - 1)) + \(integer(depth - 1)))"
    case 1: return "(\(float(depth - 1)) - \(float(depth - 1)))"
    case 2: return "(\(float(depth - 1)) * 2)"
    case 3: return "(\(integer(depth - 1)) / 4.0)"
    case 4: return "abs(\(float(depth - 1)))"
    default: return "toFloat(\(integer(depth - 1)))"
    }
  }

  // MARK: Strings

  private mutating func string(_ depth: Int) -> String {
    let literal = Spelling.string(random.pick(GraphGenerator.strings))
    guard depth > 0, random.chance(55) else { return leaf(.string, key: "s", literal: literal) }
    switch random.below(9) {
    case 0, 1: return "(\(string(depth - 1)) + \(string(depth - 1)))"
    case 2: return "toUpper(\(string(depth - 1)))"
    case 3: return "toString(\(integer(depth - 1)))"
    case 4: return "substring(\(string(depth - 1)), \(random.below(2)), \(random.below(3)))"
    case 5: return "reverse(\(string(depth - 1)))"
    case 6: return "coalesce(\(string(depth - 1)), 'none')"
    case 7: return variable(.relationship).map { "type(\($0))" } ?? "'x'"
    default: return "head(\(list(.strings, depth - 1)))"
    }
  }

  /// A scalar, or what the property of any type holds.
  private mutating func mixed(_ depth: Int) -> String {
    if random.chance(50) { return leaf(.mixed, key: "m", literal: "1.5") }
    return expression(random.pick([.integer, .float, .string, .boolean]), depth)
  }

  // MARK: Lists

  mutating func list(_ kind: Kind, _ depth: Int) -> String {
    if kind == .strings { return strings(depth) }
    guard depth > 0, random.chance(70) else {
      if random.chance(30), let variable = variable(.integers) { return variable }
      return random.pick(["[1, 2, 3]", "[0, null, 2]", "[]", "range(1, 3)", "[3, 1]", "[2, 2, -1]"])
    }
    switch random.below(7) {
    case 0: return "[\(integer(depth - 1)), \(integer(depth - 1))]"
    case 1: return "range(\(random.number(-1...1)), \(random.number(0...3)))"
    case 2:
      return "[y IN \(list(kind, depth - 1)) WHERE y \(comparison()) \(integer(depth - 1)) | y + 1]"
    case 3: return "[y IN \(list(kind, depth - 1)) WHERE \(boolean(depth - 1, inPredicate: false))]"
    case 4: return "tail(\(list(kind, depth - 1)))"
    case 5: return "\(list(kind, depth - 1))[\(random.number(-2...1))..\(random.number(0...3))]"
    default: return "(\(list(kind, depth - 1)) + \(list(kind, depth - 1)))"
    }
  }

  private mutating func strings(_ depth: Int) -> String {
    if random.chance(30), let variable = variable(.strings) { return variable }
    if depth > 0, random.chance(40) { return "[\(string(depth - 1)), \(string(depth - 1))]" }
    if depth > 0, random.chance(30) { return "[y IN \(strings(depth - 1)) | y + 'z']" }
    return random.pick(["['a', 'b']", "['', null, 'ab']", "[]", "['é']"])
  }

  /// A list whose order is open.
  private mutating func bag(_ depth: Int) -> String {
    if random.chance(40), let variable = variable(.bag) { return variable }
    let name = fresh("b")
    guard depth > 0, let path = correlatedPath(to: name) else {
      return variable(.node).map { "labels(\($0))" } ?? "[]"
    }
    if random.chance(30) { return "[\(path) WHERE \(name).i \(comparison()) 1 | \(name).s]" }
    return "[\(path) | \(name).\(random.pick(["i", "s", "m"]))]"
  }

  // MARK: Booleans

  mutating func comparison() -> String { random.pick(["=", "<>", "<", "<=", ">", ">="]) }

  /// `inPredicate`: patterns may stand in the place of booleans.
  mutating func boolean(_ depth: Int, inPredicate: Bool) -> String {
    guard depth > 0 else {
      return random.chance(50)
        ? leaf(.boolean, key: "b", literal: random.pick(["true", "false"]))
        : "\(integer(0)) \(comparison()) \(integer(0))"
    }
    let inner = depth - 1
    switch random.below(inPredicate ? 22 : 18) {
    case 0, 1: return "(\(integer(inner)) \(comparison()) \(integer(inner)))"
    case 2: return "(\(string(inner)) \(comparison()) \(string(inner)))"
    case 3: return "(\(mixed(inner)) \(comparison()) \(mixed(inner)))"
    case 4: return "(\(integer(inner)) \(comparison()) \(float(inner)))"
    case 5, 6:
      let symbol = random.pick(["AND", "AND", "OR", "XOR"])
      return
        "(\(boolean(inner, inPredicate: inPredicate)) \(symbol) "
        + "\(boolean(inner, inPredicate: inPredicate)))"
    case 7: return "(NOT \(boolean(inner, inPredicate: inPredicate)))"
    case 8: return "(\(mixed(inner)) IS \(random.chance(50) ? "NOT " : "")NULL)"
    case 9: return "(\(integer(inner)) IN \(list(.integers, inner)))"
    case 10: return "(\(string(inner)) IN \(list(.strings, inner)))"
    case 11:
      let symbol = random.pick(["STARTS WITH", "ENDS WITH", "CONTAINS"])
      return "(\(string(inner)) \(symbol) \(string(inner)))"
    case 12: return elementBoolean() ?? "(\(integer(inner)) IN \(list(.integers, inner)))"
    case 13:
      let quantifier = random.pick(["all", "any", "none", "single"])
      let list = list(.integers, inner)
      return "\(quantifier)(q IN \(list) WHERE q \(comparison()) \(integer(inner)))"
    case 14: return "(\(list(.integers, inner)) \(comparison()) \(list(.integers, inner)))"
    case 15: return "(0 <= \(integer(inner)) < \(integer(inner)))"
    case 16: return "(\(mixed(inner)) IN \(bag(inner)))"
    case 17: return exists(inner)
    case 18, 19: return scope.contains { $0.kind == .node } ? anchoredPath() : "true"
    default: return exists(inner)
    }
  }

  private mutating func elementBoolean() -> String? {
    if random.chance(30), let path = random.pickAny(scope.filter { $0.kind == .path }) {
      let quantifier = random.pick(["all", "any", "none", "single"])
      return "\(quantifier)(w IN nodes(\(path.name)) WHERE w.i \(comparison()) 1)"
    }
    if random.chance(30), let list = random.pickAny(scope.filter { $0.kind == .relationships }) {
      return "all(w IN \(list.name) WHERE w.i \(comparison()) 1)"
    }
    let nodes = scope.filter { $0.kind == .node }
    guard let node = random.pickAny(nodes) else { return nil }
    if random.chance(50) {
      return "\(node.name):\(Spelling.name(random.pick(GraphGenerator.labels)))"
    }
    return "(\(node.name) \(random.pick(["=", "<>"])) \(random.pick(nodes).name))"
  }

  private mutating func exists(_ depth: Int) -> String {
    let name = fresh("e")
    guard let path = correlatedPath(to: name) else { return "true" }
    let saved = scope
    scope.append(Variable(name: name, kind: .node))
    defer { scope = saved }
    switch random.below(6) {
    case 0: return "EXISTS { \(path) }"
    case 4:
      return
        "EXISTS { MATCH \(path) WITH \(name).i AS z, count(*) AS rows WHERE rows > 1 RETURN z }"
    case 5:
      return
        "EXISTS { MATCH \(path) OPTIONAL MATCH (\(name))-->(e0:A) WITH e0 WHERE e0 IS NULL "
        + "RETURN 1 AS one }"
    case 1:
      let predicate = boolean(depth, inPredicate: true)
      return "EXISTS { MATCH \(path) WHERE \(predicate) RETURN \(name) }"
    case 2: return "(COUNT { \(path) WHERE \(boolean(depth, inPredicate: true)) } > 1)"
    default: return "EXISTS { \(path) WHERE \(boolean(depth, inPredicate: true)) }"
    }
  }
}
