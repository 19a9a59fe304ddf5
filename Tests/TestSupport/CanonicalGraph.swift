import Dossier

/// A text for a graph that does not depend on ids: two graphs with the same text are the same graph up
/// to the ids of their elements.
///
/// Nodes are told apart by their labels, properties and, round by round, their neighbours (colour
/// refinement). Nodes that this does not tell apart are taken in the order of their ids, which gives
/// one text wherever such nodes can change places; only graphs that are regular in large parts have
/// others.
public struct CanonicalGraph {
  private struct Arc {
    var start: Int
    var end: Int
    var text: String
  }

  private var nodeTexts: [String] = []
  private var arcs: [Arc] = []
  /// A number for each node; nodes that are told apart have different ones.
  private var colours: [Int] = []

  private init(_ view: GraphView) {
    var numbers: [NodeID: Int] = [:]
    for node in view.nodes {
      numbers[node.id] = nodeTexts.count
      let labels = node.labels.map { ":" + Self.quoted($0) }.sorted(by: Self.precedes)
      nodeTexts.append(labels.joined() + Self.text(node.properties))
    }
    if view.hasStatements {
      addRelationshipsAsNodes(view, numbers)
    } else {
      addRelationships(view, numbers)
    }
    colours = Self.ranks(nodeTexts)
  }

  private mutating func addRelationships(_ view: GraphView, _ numbers: [NodeID: Int]) {
    for relationship in view.relationships {
      arcs.append(
        Arc(
          start: relationship.start.node.flatMap { numbers[$0] } ?? 0,
          end: relationship.end.node.flatMap { numbers[$0] } ?? 0,
          text: Self.quoted(relationship.type) + Self.text(relationship.properties)))
    }
  }

  /// Where relationships stand at ends, each is a node between its ends.
  private mutating func addRelationshipsAsNodes(_ view: GraphView, _ nodes: [NodeID: Int]) {
    var numbers: [RelationshipID: Int] = [:]
    for relationship in view.relationships {
      let number = nodeTexts.count
      numbers[relationship.id] = number
      nodeTexts.append(
        "relationship " + Self.quoted(relationship.type) + Self.text(relationship.properties))
      for (end, text) in [(relationship.start, "start"), (relationship.end, "end")] {
        let place = end.node.flatMap { nodes[$0] } ?? end.relationship.flatMap { numbers[$0] }
        arcs.append(Arc(start: number, end: place ?? 0, text: text))
      }
    }
  }

  /// One line for each node and each relationship of a graph, sorted.
  public static func lines(of view: GraphView) -> [String] {
    var graph = CanonicalGraph(view)
    graph.refine()
    while let tied = graph.firstTie() {
      graph.colours[tied] = graph.colours.count
      graph.refine()
    }
    return graph.lines()
  }

  private func lines() -> [String] {
    let nodes = nodeTexts.indices.map { "(\(colours[$0])\(nodeTexts[$0]))" }
    let relationships = arcs.map { "(\(colours[$0.start]))-[\($0.text)]->(\(colours[$0.end]))" }
    return (nodes + relationships).sorted(by: Self.precedes)
  }

  private mutating func refine() {
    var count = 0
    while true {
      var surroundings = [[String]](repeating: [], count: nodeTexts.count)
      for arc in arcs {
        surroundings[arc.start].append(">\(colours[arc.end])\(arc.text)")
        surroundings[arc.end].append("<\(colours[arc.start])\(arc.text)")
      }
      let texts = nodeTexts.indices.map { node in
        let number = String(colours[node])
        return String(repeating: "0", count: 9 - number.count) + number
          + surroundings[node].sorted(by: Self.precedes).joined(separator: "\n")
      }
      colours = Self.ranks(texts)
      let classes = Set(colours).count
      if classes == count { return }
      count = classes
    }
  }

  /// The node with the smallest id among those of the smallest colour that several nodes have.
  private func firstTie() -> Int? {
    var members: [Int: Int] = [:]
    for colour in colours { members[colour, default: 0] += 1 }
    guard let tied = members.filter({ $0.value > 1 }).keys.min() else { return nil }
    return colours.firstIndex(of: tied)
  }

  /// The place of each text among the sorted distinct texts.
  private static func ranks(_ texts: [String]) -> [Int] {
    let sorted = texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    var ranks: [[UInt8]: Int] = [:]
    for text in sorted where ranks[text] == nil { ranks[text] = ranks.count }
    return texts.map { ranks[Array($0.utf8)] ?? 0 }
  }

  private static func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  // MARK: Values

  private static func text(_ properties: MapValue) -> String {
    let entries = properties.entries.map { quoted($0.key) + ": " + text($0.value) }
    return entries.isEmpty
      ? "" : " {" + entries.sorted(by: precedes).joined(separator: ", ") + "}"
  }

  /// A value with its type; exact to the last bit.
  public static func text(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .float(let value): value.isNaN ? "float NaN" : "float \(value)"
    case .string(let value): quoted(value)
    case .list(let values): "[" + values.map { text($0) }.joined(separator: ", ") + "]"
    case .date(let value): "date \(value)"
    case .localTime(let value): "localtime \(value)"
    case .time(let value): "time \(value)"
    case .localDateTime(let value): "localdatetime \(value)"
    case .dateTime(let value): "datetime \(value)"
    case .duration(let value):
      "duration \(value.months) \(value.days) \(value.seconds) \(value.nanoseconds)"
    case .map, .node, .relationship, .path: "not storable"
    }
  }

  /// A string in quotes; all but printable ASCII as numbers, so that no two strings look alike.
  private static func quoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "'" && scalar != "\\" {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\" + String(scalar.value, radix: 16) + ";"
      }
    }
    return result + "'"
  }
}
