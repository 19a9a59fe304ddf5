import DossierSyntax

/// Procedures on who says what a graph holds.
enum ProvenanceProcedures {
  private typealias Field = ProcedureDefinition.Field

  /// The dated events of an element, in the order of time.
  static let timeline = ProcedureDefinition(
    name: "dossier.timeline",
    inputs: [Field(name: "element", type: .any, nullable: true)],
    outputs: [
      Field(name: "date", type: .any, nullable: false),
      Field(name: "event", type: .string, nullable: false),
      Field(name: "element", type: .any, nullable: false),
      Field(name: "source", type: .any, nullable: true),
    ]
  ) { (arguments, graph) throws(QueryError) in
    let subject: ElementID
    switch arguments.first {
    case .node(let node)?: subject = .node(node.id)
    case .relationship(let relationship)?: subject = .relationship(relationship.id)
    case .null?, nil: return []
    default:
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "`dossier.timeline` expects a node or a relationship")
    }
    let provenance = ProvenanceReader(graph)
    return Timeline(of: subject, in: graph).events.map { event in
      let source = provenance.sources(of: event.element).first.map { Cell($0) }
      return [
        value(of: event.bound.cell, in: graph),
        .string("\(name(of: event.element, in: graph)) \(event.begins ? "began" : "ended")"),
        value(of: Cell(event.element), in: graph),
        value(of: source ?? provenance.sourceName(of: event.element), in: graph),
      ]
    }
  }

  /// The type of a relationship, or the labels of a node joined by colons.
  private static func name(of element: ElementID, in graph: Graph) -> String {
    switch element {
    case .relationship(let id): graph.catalog.name(of: graph.ends(of: id).type)
    case .node(let id):
      graph.labels(of: id).map { graph.catalog.name(of: $0) }.joined(separator: ":")
    }
  }

  /// The relationships on which sources disagree, each with the first that it contradicts.
  static let conflicts = ProcedureDefinition(
    name: "dossier.conflicts", inputs: [],
    outputs: [
      Field(name: "subject", type: .any, nullable: false),
      Field(name: "relation", type: .string, nullable: false),
      Field(name: "first", type: .relationship, nullable: false),
      Field(name: "second", type: .relationship, nullable: false),
      Field(name: "reason", type: .string, nullable: false),
    ]
  ) { (_, graph) throws(QueryError) in
    ConflictList(graph).conflicts.map { conflict in
      let type = graph.ends(of: conflict.first).type
      return [
        value(of: Cell(graph.endElements(of: conflict.first).start), in: graph),
        .string(graph.catalog.name(of: type)),
        value(of: Cell(conflict.first), in: graph), value(of: Cell(conflict.second), in: graph),
        .string(conflict.reason.rawValue),
      ]
    }
  }
}

/// When an element, its relationships, and what is said about them began and ended.
private struct Timeline {
  struct Event {
    var bound: PeriodBound
    var begins: Bool
    var element: ElementID
  }

  private(set) var events: [Event] = []

  init(of subject: ElementID, in graph: Graph) {
    let periods = GraphPeriods(graph)
    for element in Self.elements(around: subject, in: graph) {
      let reader = element.kind == .node ? periods.nodes : periods.relationships
      guard let bounds = reader?.bounds(row: Int(element.rawValue)) else { continue }
      add(bounds.from, begins: true, element)
      add(bounds.to, begins: false, element)
    }
    // What ends at an instant stands before what begins then, nodes before relationships.
    events.sort { a, b in
      if a.bound.instant != b.bound.instant { return a.bound.instant < b.bound.instant }
      if a.begins != b.begins { return !a.begins }
      return (a.element.kind.rawValue, a.element.rawValue)
        < (b.element.kind.rawValue, b.element.rawValue)
    }
  }

  private mutating func add(_ bound: PeriodBound, begins: Bool, _ element: ElementID) {
    if bound.cell.isNull { return }
    events.append(Event(bound: bound, begins: begins, element: element))
  }

  /// The element, its relationships, what is said about these, what is said about that, and so on.
  private static func elements(around subject: ElementID, in graph: Graph) -> [ElementID] {
    guard graph.contains(subject) else { return [] }
    var seen: Set<ElementID> = [subject]
    var elements = [subject]
    var next = 0
    while next < elements.count {
      for id in graph.relationships(of: elements[next])
      where seen.insert(.relationship(id)).inserted { elements.append(.relationship(id)) }
      next += 1
    }
    return elements
  }
}
