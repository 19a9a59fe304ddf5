import DossierSyntax

/// Procedures on the valid time of a graph.
enum ValidTimeProcedures {
  private typealias Field = ProcedureDefinition.Field

  /// Declares which two properties hold the valid time of elements; null keeps what is declared.
  static let validTime = ProcedureDefinition(
    name: "dossier.validTime",
    inputs: [
      Field(name: "from", type: .string, nullable: true),
      Field(name: "to", type: .string, nullable: true),
    ],
    outputs: [
      Field(name: "from", type: .string, nullable: false),
      Field(name: "to", type: .string, nullable: false),
    ],
    rows: { (_, graph) throws(QueryError) in [row(of: graph.validTimeKeys)] },
    change: { (arguments, graph) throws(QueryError) in
      var keys = graph.validTimeKeys
      if case .string(let from)? = arguments.first { keys.from = from }
      if case .string(let to)? = arguments.last { keys.to = to }
      guard !keys.from.utf8.elementsEqual(keys.to.utf8) else {
        throw QueryError(
          .invalidArgumentValue, "one property cannot hold both ends of a period",
          help: "name two properties: `CALL dossier.validTime('from', 'to')`")
      }
      graph.validTimeKeys = keys
      try graph.checkPeriods()
      return [row(of: keys)]
    })

  private static func row(of keys: ValidTimeKeys) -> [Value] {
    [.string(keys.from), .string(keys.to)]
  }

  /// What began or ended from one instant to another, both included, in the order of time.
  static let changes = ProcedureDefinition(
    name: "dossier.changes",
    inputs: [
      Field(name: "first", type: .any, nullable: false),
      Field(name: "last", type: .any, nullable: false),
    ],
    outputs: [
      Field(name: "date", type: .any, nullable: false),
      Field(name: "change", type: .string, nullable: false),
      Field(name: "element", type: .any, nullable: false),
      Field(name: "kind", type: .string, nullable: false),
    ],
    rows: { (arguments, graph) throws(QueryError) in
      guard arguments.count == 2 else { return [] }
      let first = try instant(arguments[0], .from)
      let last = try instant(arguments[1], .to)
      let index = graph.periodIndexes.bounds(of: graph)
      return index.entries(in: ValidTimeWindow(first: first, last: last)).map { entry in
        let row = UInt32(truncatingIfNeeded: entry.row)
        let element =
          entry.isRelationship
          ? Cell(RelationshipID(rawValue: row)) : Cell(NodeID(rawValue: row))
        return [
          value(of: index.bound(entry).cell, in: graph),
          .string(entry.begins ? "began" : "ended"),
          value(of: element, in: graph), .string(kind(of: element, in: graph)),
        ]
      }
    })

  /// The type of a relationship, or the labels of a node joined by colons.
  private static func kind(of element: Cell, in graph: Graph) -> String {
    if element.tag == .relationship {
      return graph.catalog.name(of: graph.ends(of: element.relationshipID).type)
    }
    return graph.labels(of: element.nodeID).map { graph.catalog.name(of: $0) }
      .joined(separator: ":")
  }

  /// A month or a year as the last instant means its last day.
  private static func instant(
    _ value: Value, _ side: PeriodBound.Side
  ) throws(QueryError) -> Instant {
    let arena = Arena()
    let cell = try arena.cell(value)
    guard let bound = PeriodBound(cell, side) else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "`dossier.changes` expects a date or a time with a date, found \(cell.tag.typeName)")
    }
    guard side == .to, cell.tag == .string, PartialDate(cell.bytes) != nil else {
      return bound.instant
    }
    return Instant(seconds: bound.instant.seconds - 1, nanosecond: 999_999_999)
  }
}
