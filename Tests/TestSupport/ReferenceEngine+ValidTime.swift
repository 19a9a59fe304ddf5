import DossierSyntax

/// From one day to another, half-open, by texts `YYYY-MM-DD`, which sort like days.
struct ReferencePeriod {
  var from: String
  var to: String

  static let always = ReferencePeriod(from: "", to: "~")

  init(from: String, to: String) {
    self.from = from
    self.to = to
  }

  /// The bounds among the properties of an element.
  init(_ properties: [String: ReferenceValue]) {
    self = .always
    if case .string(let text)? = properties["from"] { from = text }
    if case .string(let text)? = properties["to"] { to = text }
  }

  /// The instants of a restriction: up to the last one, which belongs to them.
  init(window: ValidTimeRestriction, _ engine: ReferenceEngine, _ row: ReferenceEngine.Row) throws {
    let instants =
      switch window.time {
      case .asOf(let instant): [instant]
      case .between(let first, let last): [first, last]
      }
    let texts = try instants.map { instant -> String in
      guard case .string(let text) = try engine.evaluate(instant, row) else {
        throw ReferenceError.type
      }
      return text
    }
    // Nothing is between a day and what sorts right behind it.
    self.init(from: texts[0], to: texts[texts.count - 1] + " ")
    if texts[texts.count - 1] < texts[0] { self.init(from: "~", to: "") }
  }

  var isEmpty: Bool { to <= from }

  func intersection(_ other: ReferencePeriod) -> ReferencePeriod {
    ReferencePeriod(from: max(from, other.from), to: min(to, other.to))
  }
}

/// Valid time: `AS OF`, `BETWEEN`, `CONTEMPORANEOUS`.
extension ReferenceEngine {
  /// Whether each element has an instant in a window, relationships of chains together with their
  /// ends.
  func areValid(
    _ ends: Set<Int>, _ relationships: Set<Int>, chained: Set<Int>, in window: ReferencePeriod
  ) -> Bool {
    let periods =
      ends.map { period(of: $0) }
      + relationships.map { position in
        chained.contains(position)
          ? period(of: ReferenceGraph.end(relationship: position))
          : ReferencePeriod(graph.relationships[position]?.properties ?? [:])
      }
    return periods.allSatisfy { period in
      !period.isEmpty && !period.intersection(window).isEmpty
    }
  }

  /// Whether all elements share an instant of a window.
  func areContemporaneous(
    _ ends: Set<Int>, _ relationships: Set<Int>, in window: ReferencePeriod
  ) -> Bool {
    let all = ends.union(relationships.map { ReferenceGraph.end(relationship: $0) })
    return !all.reduce(window) { $0.intersection(period(of: $1)) }.isEmpty
  }

  /// When an element is valid; a relationship when its ends are, too.
  private func period(of end: Int) -> ReferencePeriod {
    if end >= 0 { return ReferencePeriod(graph.nodes[end]?.properties ?? [:]) }
    guard let relationship = graph.relationships[-1 - end] else { return .always }
    return ReferencePeriod(relationship.properties).intersection(period(of: relationship.start))
      .intersection(period(of: relationship.end))
  }
}
