import DossierSyntax

/// Random read queries that are well formed and whose answer is determined up to the order of rows:
/// `LIMIT` stands only behind a total order, and lists whose order is open are compared as bags.
struct QueryGenerator {
  /// What a variable holds, as far as the generator cares.
  enum Kind: Equatable {
    case integer, float, string, boolean
    /// A scalar or a list, by row.
    case mixed
    case node, relationship, path
    case integers, strings, nodes, relationships
    /// A list whose order is open, of scalars.
    case bag
  }

  struct Variable {
    var name: String
    var kind: Kind
  }

  /// A query and the columns whose lists are compared as bags.
  struct Query {
    var text: String
    var bagColumns: Set<String>
  }

  var random: RandomSource
  var scope: [Variable] = []
  private var nextName = 0
  /// The relationships of the scope that the pattern at hand names already.
  var usedRelationships: Set<String> = []
  /// Whether the graph is so small that trails without an upper bound are harmless.
  let isTiny: Bool

  init(seed: UInt64, relationshipCount: Int) {
    random = RandomSource(seed: seed)
    isTiny = relationshipCount <= 6
  }

  mutating func query() -> Query {
    let columns = random.number(1...3)
    var query = part(columns: columns)
    if random.chance(12), query.bagColumns.isEmpty {
      let other = part(columns: columns)
      guard other.bagColumns.isEmpty else { return query }
      query.text += random.chance(50) ? "\nUNION\n" : "\nUNION ALL\n"
      query.text += other.text
    }
    return query
  }

  private mutating func part(columns: Int) -> Query {
    scope = []
    nextName = 0
    if columns == 1, random.chance(40) { return counting() }
    var clauses: [String] = []
    for _ in 0..<random.number(1...4) { clauses.append(clause(isFirst: clauses.isEmpty)) }
    let (text, bags) = returnClause(columns: columns)
    return Query(text: (clauses + [text]).joined(separator: "\n"), bagColumns: bags)
  }

  /// A pattern of which only the number of matches is asked, by itself or for each of some values.
  private mutating func counting() -> Query {
    var clauses = (0..<random.number(1...2)).map { _ in match(optional: random.chance(15)) }
    let argument = random.pickAny(scope)?.name ?? "1"
    let count = random.pick(["count(*)", "count(*)", "count(\(argument))"])
    let key = random.chance(35) ? expression(random.pick([.integer, .string]), 0) : ""
    if key.isEmpty {
      clauses.append("RETURN \(count) AS c0")
    } else {
      clauses.append("WITH \(key) AS k, \(count) AS c RETURN [k, c] AS c0")
    }
    return Query(text: clauses.joined(separator: "\n"), bagColumns: [])
  }

  mutating func fresh(_ stem: String) -> String {
    nextName += 1
    return "\(stem)\(nextName)"
  }

  // MARK: Clauses

  private mutating func clause(isFirst: Bool) -> String {
    switch random.below(isFirst ? 8 : 11) {
    case 0...4: return match(optional: false)
    case 5: return match(optional: true)
    case 6: return unwind()
    case 7: return isFirst ? match(optional: false) : match(optional: true)
    default: return with()
    }
  }

  private mutating func match(optional: Bool) -> String {
    let (pattern, new) = pattern(paths: random.chance(28) ? 2 : 1)
    scope += new
    let restriction = random.chance(25) ? validTime() : ""
    let keyword = random.chance(6) ? "MATCH CONTEMPORANEOUS " : "MATCH "
    var predicate = random.chance(32) ? " WHERE " + boolean(2, inPredicate: true) : ""
    if random.chance(12), let join = joinPredicate(new) {
      predicate += predicate.isEmpty ? " WHERE \(join)" : " AND \(join)"
    }
    return (optional ? "OPTIONAL " : "") + keyword + pattern + restriction + predicate
  }

  mutating func validTime() -> String {
    let years = [random.number(2018...2024), random.number(2018...2024)]
    if random.chance(75) { return " AS OF '\(years[0])-01-01'" }
    return " BETWEEN '\(years[0])-01-01' AND '\(years[1])-01-01'"
  }

  private mutating func unwind() -> String {
    let name = fresh("u")
    let choice = random.below(5)
    if choice == 0, let bag = random.pickAny(scope.filter { $0.kind == .bag }) {
      scope.append(Variable(name: name, kind: .mixed))
      return "UNWIND \(bag.name) AS \(name)"
    }
    if choice == 1, let list = random.pickAny(scope.filter { $0.kind == .nodes }) {
      scope.append(Variable(name: name, kind: .node))
      return "UNWIND \(list.name) AS \(name)"
    }
    if choice == 2 {
      let text = "UNWIND \(list(.strings, 1)) AS \(name)"
      scope.append(Variable(name: name, kind: .string))
      return text
    }
    let text = "UNWIND \(list(.integers, 2)) AS \(name)"
    scope.append(Variable(name: name, kind: .integer))
    return text
  }

  private mutating func with() -> String {
    if random.chance(35) { return aggregatingWith() }
    if random.chance(8), !scope.isEmpty {
      let name = fresh("x")
      let text = "WITH *, \(expression(.integer, 2)) AS \(name)"
      scope.append(Variable(name: name, kind: .integer))
      return text + tail(scope)
    }
    var items: [(text: String, variable: Variable)] = []
    for variable in scope where random.chance(75) { items.append((variable.name, variable)) }
    let distinct = random.chance(25)
    if !items.contains(where: { $0.variable.kind == .bag }) || !distinct, random.chance(60) {
      for _ in 0..<random.number(1...2) {
        let kind = random.pick([
          Kind.integer, .integer, .float, .string, .boolean, .mixed, .integers,
        ])
        let name = fresh("x")
        let text = kind == .integer && random.chance(5) ? risky() : expression(kind, 2)
        items.append(("\(text) AS \(name)", Variable(name: name, kind: kind)))
      }
    }
    if !distinct, random.chance(10) { swap(&items) }
    if distinct { items.removeAll { $0.variable.kind == .bag } }
    if items.isEmpty {
      let name = fresh("x")
      items.append(("\(expression(.integer, 1)) AS \(name)", Variable(name: name, kind: .integer)))
    }
    let variables = items.map(\.variable)
    scope = variables
    var text = "WITH " + (distinct ? "DISTINCT " : "") + items.map(\.text).joined(separator: ", ")
    text += tail(variables)
    if random.chance(22) { text += " WHERE " + boolean(2, inPredicate: true) }
    return text
  }

  /// Exchanges the names of two variables of one kind that are passed on.
  private mutating func swap(_ items: inout [(text: String, variable: Variable)]) {
    let plain = items.indices.filter { items[$0].text == items[$0].variable.name }
    for i in plain {
      for j in plain where j > i && items[i].variable.kind == items[j].variable.kind {
        let (a, b) = (items[i].variable.name, items[j].variable.name)
        items[i].text = "\(b) AS \(a)"
        items[j].text = "\(a) AS \(b)"
        return
      }
    }
  }

  /// An expression that fails for some values.
  private mutating func risky() -> String {
    let elements = scope.filter { $0.kind == .node || $0.kind == .relationship }
    guard random.chance(50), let element = random.pickAny(elements) else {
      return "6 / \(expression(.integer, 1))"
    }
    return "abs(\(element.name).m)"
  }

  private mutating func aggregatingWith() -> String {
    var items: [(text: String, variable: Variable)] = []
    for variable in scope where variable.kind != .bag && random.chance(40) {
      items.append((variable.name, variable))
    }
    if random.chance(30) {
      let name = fresh("k")
      let kind = random.pick([Kind.integer, .string, .boolean, .mixed])
      items.append(("\(expression(kind, 1)) AS \(name)", Variable(name: name, kind: kind)))
    }
    for _ in 0..<random.number(1...2) {
      let name = fresh("g")
      let (text, kind) = aggregate()
      items.append(("\(text) AS \(name)", Variable(name: name, kind: kind)))
    }
    let variables = items.map(\.variable)
    scope = variables
    var text = "WITH " + items.map(\.text).joined(separator: ", ") + tail(variables)
    if random.chance(25) { text += " WHERE " + boolean(1, inPredicate: true) }
    return text
  }

  private mutating func returnClause(columns: Int) -> (text: String, bags: Set<String>) {
    var items: [String] = []
    var variables: [Variable] = []
    let aggregates = random.chance(35)
    for column in 0..<columns {
      let name = "c\(column)"
      if aggregates, column == columns - 1 || random.chance(40) {
        let (text, kind) = aggregate()
        items.append("\(text) AS \(name)")
        variables.append(Variable(name: name, kind: kind))
      } else if let variable = random.pickAny(scope.filter { $0.kind != .bag || !aggregates }),
        random.chance(55)
      {
        items.append("\(variable.name) AS \(name)")
        variables.append(Variable(name: name, kind: variable.kind))
      } else {
        let kind = random.pick([
          Kind.integer, .integer, .float, .string, .boolean, .boolean, .mixed, .integers, .bag,
        ])
        let used = aggregates && kind == .bag ? .integer : kind
        let text = random.chance(3) && used == .integer ? risky() : expression(used, 3)
        items.append("\(text) AS \(name)")
        variables.append(Variable(name: name, kind: used))
      }
    }
    let bags = Set(variables.filter { $0.kind == .bag }.map(\.name))
    let distinct = bags.isEmpty && random.chance(20) ? "DISTINCT " : ""
    let list = "RETURN \(distinct)" + items.joined(separator: ", ")
    if !aggregates, distinct.isEmpty, random.chance(15) {
      let direction = random.chance(40) ? " DESC" : ""
      let key = expression(random.pick([.integer, .mixed]), 2)
      return ("\(list) ORDER BY \(key)\(direction)", bags)
    }
    let saved = scope
    scope = variables
    defer { scope = saved }
    return (list + tail(variables), bags)
  }

  /// `ORDER BY` over some columns, or over all with `SKIP` and `LIMIT`.
  private mutating func tail(_ variables: [Variable]) -> String {
    guard random.chance(30) else { return "" }
    let sortable = variables.filter { $0.kind != .bag }
    if random.chance(50), sortable.count == variables.count, !variables.isEmpty {
      let keys = variables.map { "\($0.name)\(random.chance(40) ? " DESC" : "")" }
      var text = " ORDER BY " + keys.joined(separator: ", ")
      if random.chance(40) { text += " SKIP \(random.below(3))" }
      if random.chance(80) { text += " LIMIT \(random.chance(5) ? 0 : random.number(1...5))" }
      return text
    }
    guard let key = random.pickAny(sortable) else { return "" }
    var text = " ORDER BY \(key.name)\(random.chance(40) ? " DESC" : "")"
    if key.kind == .integer, random.chance(30) { text = " ORDER BY \(key.name) % 2, -\(key.name)" }
    return text
  }

  /// An aggregate over the scope and the kind of its value.
  private mutating func aggregate() -> (text: String, kind: Kind) {
    let distinct = random.chance(25) ? "DISTINCT " : ""
    switch random.below(9) {
    case 0: return ("count(*)", .integer)
    case 1:
      let argument = random.pickAny(scope.filter { $0.kind != .bag })?.name ?? "1"
      return ("count(\(distinct)\(argument))", .integer)
    case 2: return ("sum(\(distinct)\(expression(.integer, 1)))", .integer)
    case 3: return ("sum(\(expression(.float, 1)))", .float)
    case 4: return ("min(\(expression(.mixed, 1)))", .mixed)
    case 5: return ("max(\(expression(random.pick([.mixed, .string]), 1)))", .mixed)
    case 6: return ("avg(\(expression(.integer, 1)))", .float)
    case 7: return ("(count(\(distinct)\(expression(.string, 1))) + 1)", .integer)
    default:
      let kind = random.pick([Kind.integer, .mixed, .string])
      return ("collect(\(distinct)\(expression(kind, 1)))", .bag)
    }
  }
}
