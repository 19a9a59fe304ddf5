import TestSupport

/// Small random graphs over few names, so that patterns often match.
struct GraphGenerator {
  static let labels = ["A", "B", "Shell-Co"]
  static let types = ["T", "owned-by", "part-of"]
  static let strings = ["", "a", "b", "ab", "Ba", "é"]

  private var random: RandomSource
  /// Elements have periods.
  private var isDated = false

  init(seed: UInt64) {
    random = RandomSource(seed: seed &+ 0x6EAF)
  }

  /// A graph as `graph()` gives it, often with periods, and with relationships about relationships.
  mutating func graphOfStatements() -> ReferenceGraph {
    isDated = random.chance(60)
    var graph = graph()
    graph.hasDates = random.chance(50)
    guard !graph.relationships.isEmpty, random.chance(50) else { return graph }
    for _ in 0..<random.number(1...5) {
      let about = ReferenceGraph.end(relationship: random.below(graph.relationships.count))
      let other =
        random.chance(25)
        ? ReferenceGraph.end(relationship: random.below(graph.relationships.count))
        : random.below(graph.nodes.count)
      let isStart = random.chance(70)
      graph.relationships.append(
        ReferenceGraph.Relationship(
          type: random.pick(Self.types), start: isStart ? about : other,
          end: isStart ? other : about, properties: properties()))
    }
    return graph
  }

  /// 0 to 12 nodes and 0 to 25 relationships.
  mutating func graph() -> ReferenceGraph {
    var graph = ReferenceGraph()
    let isTiny = random.chance(40)
    for _ in 0..<random.number(random.chance(6) ? 0...1 : 2...(isTiny ? 4 : 12)) {
      let labels = Self.labels.filter { _ in random.chance(50) }
      graph.nodes.append(
        ReferenceGraph.Node(labels: Set(labels), properties: properties()))
    }
    if graph.nodes.isEmpty { return graph }
    for _ in 0..<random.number(isTiny ? 1...6 : 6...25) {
      graph.relationships.append(
        ReferenceGraph.Relationship(
          type: random.pick(Self.types), start: random.below(graph.nodes.count),
          end: random.below(graph.nodes.count), properties: properties()))
    }
    return graph
  }

  /// Each key has values of one type, `m` of any; floats are never whole, and their sums are exact.
  private mutating func properties() -> [String: ReferenceValue] {
    var properties: [String: ReferenceValue] = [:]
    if random.chance(60) { properties["i"] = .integer(Int64(random.number(-2...4))) }
    if random.chance(30) { properties["f"] = .float(Double(random.number(-4...4)) + 0.25) }
    if random.chance(50) { properties["s"] = .string(random.pick(Self.strings)) }
    if random.chance(40) { properties["b"] = .boolean(random.chance(50)) }
    if random.chance(40) { properties["m"] = mixed() }
    if isDated {
      let from = random.number(2019...2023)
      if random.chance(45) { properties["from"] = .string("\(from)-01-01") }
      if random.chance(30) { properties["to"] = .string("\(random.number(from...2024))-01-01") }
    }
    return properties
  }

  private mutating func mixed() -> ReferenceValue {
    switch random.below(6) {
    case 0: .integer(Int64(random.number(-1...2)))
    case 1: .float(Double(random.number(-1...1)) + 0.5)
    case 2: .string(random.pick(Self.strings))
    case 3: .boolean(random.chance(50))
    case 4: .list((0..<random.below(3)).map { .integer(Int64($0)) })
    default: .list([.string(random.pick(Self.strings))])
    }
  }
}
