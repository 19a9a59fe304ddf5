/// Equality, comparability and orderability by the words of openCypher 9.
extension ReferenceValue {
  // MARK: Equality

  /// `a = b`: nil (null) when a null decides, false for different types.
  static func equal(_ a: ReferenceValue, _ b: ReferenceValue) -> Bool? {
    switch (a, b) {
    case (.null, _), (_, .null): return nil
    case (.boolean(let x), .boolean(let y)): return x == y
    case (.string(let x), .string(let y)): return x.utf8.elementsEqual(y.utf8)
    case (.list(let x), .list(let y)):
      if x.count != y.count { return false }
      return conjunction(zip(x, y).map { equal($0, $1) })
    case (.map(let x), .map(let y)):
      if x.keys.sorted() != y.keys.sorted() { return false }
      return conjunction(x.keys.sorted().map { equal(x[$0] ?? .null, y[$0] ?? .null) })
    case (.node(let x), .node(let y)): return x == y
    case (.relationship(let x), .relationship(let y)): return x == y
    case (.path(let x), .path(let y)):
      return x.nodes == y.nodes && x.relationships == y.relationships
    case (.integer(let x), .integer(let y)): return x == y
    default:
      guard let x = a.number, let y = b.number else { return false }
      return x == y
    }
  }

  /// Three-valued AND: false wins over null.
  static func conjunction(_ values: [Bool?]) -> Bool? {
    if values.contains(false) { return false }
    return values.contains(nil) ? nil : true
  }

  /// Three-valued OR: true wins over null.
  static func disjunction(_ values: [Bool?]) -> Bool? {
    if values.contains(true) { return true }
    return values.contains(nil) ? nil : false
  }

  // MARK: Comparability

  enum Comparison { case less, equal, greater, alwaysFalse, alwaysNull }

  /// What `<` and its siblings go by.
  static func compare(_ a: ReferenceValue, _ b: ReferenceValue) -> Comparison {
    switch (a, b) {
    case (.boolean(let x), .boolean(let y)): return compare(x ? 1 : 0, y ? 1 : 0)
    case (.string(let x), .string(let y)):
      if x.utf8.elementsEqual(y.utf8) { return .equal }
      return x.utf8.lexicographicallyPrecedes(y.utf8) ? .less : .greater
    case (.list(let x), .list(let y)):
      for (p, q) in zip(x, y) where equal(p, q) != true { return compare(p, q) }
      return compare(x.count, y.count)
    case (.integer(let x), .integer(let y)): return compare(x, y)
    default:
      guard let x = a.number, let y = b.number else { return .alwaysNull }
      return x.isNaN || y.isNaN ? .alwaysFalse : compare(x, y)
    }
  }

  private static func compare<T: Comparable>(_ a: T, _ b: T) -> Comparison {
    a < b ? .less : a > b ? .greater : .equal
  }

  /// A number as a float; the numbers of generated graphs are small.
  private var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  // MARK: Orderability

  /// Negative when `a` stands before `b` in ascending order. All values have a place:
  /// maps, nodes, relationships, lists, paths, strings, booleans, numbers, null.
  static func order(_ a: ReferenceValue, _ b: ReferenceValue) -> Int {
    if a.rank != b.rank { return a.rank - b.rank }
    switch (a, b) {
    case (.map(let x), .map(let y)):
      if x.count != y.count { return x.count - y.count }
      let keys = order(
        .list(x.keys.sorted().map { .string($0) }), .list(y.keys.sorted().map { .string($0) }))
      if keys != 0 { return keys }
      return order(
        .list(x.keys.sorted().map { x[$0] ?? .null }),
        .list(y.keys.sorted().map { y[$0] ?? .null }))
    case (.node(let x), .node(let y)), (.relationship(let x), .relationship(let y)): return x - y
    case (.list(let x), .list(let y)):
      for (p, q) in zip(x, y) where order(p, q) != 0 { return order(p, q) }
      return x.count - y.count
    case (.path(let x), .path(let y)): return order(.list(x.elements), .list(y.elements))
    default: break
    }
    switch compare(a, b) {
    case .less: return -1
    case .greater: return 1
    case .equal, .alwaysNull: return 0
    case .alwaysFalse: return (a.isNotANumber ? 1 : 0) - (b.isNotANumber ? 1 : 0)
    }
  }

  private var isNotANumber: Bool {
    if case .float(let value) = self { return value.isNaN }
    return false
  }

  private var rank: Int {
    switch self {
    case .map: 0
    case .node: 1
    case .relationship: 2
    case .list: 3
    case .path: 4
    case .string: 5
    case .boolean: 6
    case .integer, .float: 7
    case .null: 8
    }
  }
}

extension ReferencePath {
  /// Nodes and relationships in turn.
  var elements: [ReferenceValue] {
    var elements: [ReferenceValue] = [.node(nodes[0])]
    for (i, relationship) in relationships.enumerated() {
      elements += [.relationship(relationship), .node(nodes[i + 1])]
    }
    return elements
  }
}
