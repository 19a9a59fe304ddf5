import Dossier
import DossierSyntax

/// Graphs made up from a seed: several labels or none, parallel relationships, loops, nodes without
/// anything, relationships about relationships, all types of values, names and strings that are hard to write.
struct GeneratedGraph {
  /// What the graph may hold.
  enum Contents {
    /// What every format can say.
    case common
    /// All that a graph can hold.
    case all
  }

  private var generator: SeededGenerator
  private let range: Contents
  /// Relationships may begin and end at relationships.
  private var mayHaveStatements = true

  private init(generator: SeededGenerator, range: Contents) {
    self.generator = generator
    self.range = range
  }

  /// A graph with up to 12 nodes and 16 relationships.
  static func database(
    seed: UInt64, _ range: Contents, statements: Bool = true
  ) throws -> Database {
    var graph = GeneratedGraph(generator: SeededGenerator(seed: seed), range: range)
    graph.mayHaveStatements = statements
    return try graph.build()
  }

  private mutating func build() throws -> Database {
    let database = Database()
    let nodeCount = number(below: 13)
    let relationshipCount = nodeCount == 0 ? 0 : number(below: 17)
    _ = try database.load { (builder) throws(QueryError) in
      var nodes: [NodeID] = []
      for _ in 0..<nodeCount {
        let labels = (0..<max(0, number(below: 5) - 1)).map { _ in one(of: self.labels) }
        nodes.append(try builder.addNode(labels: labels, properties: properties()))
      }
      var ends = nodes.map(ElementID.node)
      let hasStatements = number(below: 3) == 0 && mayHaveStatements
      for _ in 0..<relationshipCount {
        let relationship = try builder.addRelationship(
          type: one(of: types), from: one(of: ends), to: one(of: ends),
          properties: number(below: 2) == 0 ? [] : properties())
        if hasStatements { ends.append(.relationship(relationship)) }
      }
    }
    return database
  }

  private mutating func number(below limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &generator)
  }

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(below: elements.count)]
  }

  // MARK: Names

  private static let names = [
    "A", "B-C", "Long Label", "Ü", "d`e", "x.y@z", "type", "label", "id", "labels", "true", "null",
    "n0", "1st", "a'b", "a\"b", "\u{1F600}", "e\u{301}", "a,b", "a\\b", "<&>", "line\nbreak",
    "x-header", "a|b", "%41", "date",
  ]

  private var labels: [String] {
    Self.names + (range == .all ? ["a:b", "", " ", "a;b", "\u{1}", "\u{FFFF}"] : [])
  }

  private var types: [String] {
    Self.names + ["owns", "designated-by", "a:b", "a;b", "a/b#c"]
      + (range == .all ? ["", "\u{B}"] : [])
  }

  private var keys: [String] {
    Self.names + ["from", "to", "weight", "uri", "name", "spells", "a:b", "a;b", "a/b#c", "k@en"]
      + (range == .all ? ["", " a", "a{b}", "\u{0}"] : [])
  }

  // MARK: Values

  private mutating func properties() -> [(key: String, value: Value)] {
    var properties: [(key: String, value: Value)] = []
    for _ in 0..<number(below: 5) {
      let key = one(of: keys)
      if properties.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) { continue }
      let isName = key == "uri" && number(below: 2) == 0
      let name = Value.string(one(of: ["http://e/a", "http://e/b#c", "_:x", "urn:dossier:key:a"]))
      // An end before the start is no graph.
      let isBound = key == "from" || key == "to"
      let value =
        number(below: 4) == 0 || isBound ? list() : scalar(in: number(below: 12))
      properties.append((key, isName ? name : value))
    }
    if number(below: 3) == 0 { properties += validTime(besides: properties) }
    return properties
  }

  /// Valid time of several types: intervals, half-open ones, and what is no interval.
  private mutating func validTime(
    besides properties: [(key: String, value: Value)]
  ) -> [(key: String, value: Value)] {
    let kind = number(below: 5)
    let times = [("from", number(below: 9)), ("to", 8 + number(below: 12))].compactMap {
      (key, step) -> (key: String, value: Value)? in
      switch kind {
      case 0: (key, .date(DateValue(daysSinceEpoch: 18_000 + Int64(step))))
      case 1: (key, .integer(Int64(step)))
      case 2: (key, .float(Double(step) / 2))
      case 3:
        (
          key,
          .dateTime(
            DateTimeValue(
              secondsSinceEpoch: 1_600_000_000 + Int64(step), nanosecond: 0, zone: .utc))
        )
      default:
        step % 3 == 0
          ? nil
          : (
            key,
            .localDateTime(
              LocalDateTimeValue(secondsSinceEpoch: 1_600_000_000, nanosecond: Int32(step)))
          )
      }
    }
    return times.filter { time in !properties.contains { $0.key == time.key } }
  }

  private mutating func list() -> Value {
    let count = number(below: 4)
    if range == .all && number(below: 3) == 0 {
      return .list(
        (0..<count).map { _ in number(below: 6) == 0 ? .null : scalar(in: number(below: 12)) })
    }
    let kind = number(below: 12)
    var elements = (0..<count).map { _ in scalar(in: kind) }
    if range == .common, kind == 4 || kind == 5 {
      elements = elements.map { _ in .string(one(of: ["a", "b c", "d,e", "\"", "é"])) }
    }
    return .list(elements)
  }

  private mutating func scalar(in kind: Int) -> Value {
    switch kind {
    case 0: return .boolean(number(below: 2) == 0)
    case 1: return .integer(one(of: [0, 7, -7, .max, .min, 1 << 53 + 1]))
    case 2:
      return .float(
        one(of: [
          0, -0.0, 1.5, -2e-300, 1e300, 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1,
        ]))
    case 3: return .float(one(of: [.nan, .infinity, -.infinity]))
    case 4, 5: return .string(string())
    case 6: return .date(DateValue(daysSinceEpoch: one(of: [18_641, -800_000, 4_000_000, 0])))
    case 7: return .localTime(LocalTimeValue(nanosecondOfDay: one(of: [0, 58_140_000_000_001])))
    case 8:
      return .time(
        TimeValue(nanosecondOfDay: 58_140_000_000_000, offsetSeconds: one(of: [0, -18_000, 3_630])))
    case 9:
      return .localDateTime(
        LocalDateTimeValue(secondsSinceEpoch: one(of: [0, -99_999_999_999]), nanosecond: 5))
    case 10: return .dateTime(dateTime())
    default:
      return .duration(
        one(of: [
          DurationValue(months: 0, days: 0, seconds: 0, nanoseconds: 0),
          DurationValue(months: 14, days: -3, seconds: 4, nanoseconds: 500),
          DurationValue(months: -14, days: 3, seconds: -1, nanoseconds: 999_999_999),
          DurationValue(months: 1, days: 2, seconds: 3, nanoseconds: 4),
        ]))
    }
  }

  private mutating func dateTime() -> DateTimeValue {
    let zones = ["Z", "+02:00", "-17:59", "Europe/Stockholm", "America/New_York"]
    let zone = (try? TimeZoneID(one(of: zones))) ?? .utc
    return DateTimeValue(
      secondsSinceEpoch: one(of: [1_621_958_940, 1_635_640_200, 0]), nanosecond: one(of: [0, 7]),
      zone: zone)
  }

  private mutating func string() -> String {
    var pieces = [
      "a", "'", "\"", "\\", "\n", "\r", "\t", "é", "日本", "\u{1F600}", "<&>", "e\u{301}", "{}", "`",
      ";", "//", " ", "\u{7F}", "\u{85}", "\u{2028}", "]]>", "[1]", ",", "\\u0041", "%20", "null",
    ]
    if range == .all { pieces += ["\u{0}", "\u{1}", "\u{B}", "\u{1A}", "\u{1F}", "\u{FFFE}"] }
    return (0..<number(below: 6)).map { _ in one(of: pieces) }.joined()
  }
}
