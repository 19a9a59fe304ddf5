import DossierSyntax

/// Procedures on who says what a graph holds.
enum ProvenanceProcedures {
  private typealias Field = ProcedureDefinition.Field

  /// Declares which relationships lead to sources and which property holds modes; null keeps what is
  /// declared.
  static let sources = ProcedureDefinition(
    name: "dossier.sources",
    inputs: [
      Field(name: "types", type: .any, nullable: true, isOptional: true),
      Field(name: "mode", type: .string, nullable: true, isOptional: true),
    ],
    outputs: [
      Field(name: "types", type: .list(.string), nullable: false),
      Field(name: "mode", type: .string, nullable: false),
    ],
    rows: { (_, graph) throws(QueryError) in [row(of: graph.provenanceNames)] },
    change: { (arguments, graph) throws(QueryError) in
      var names = graph.provenanceNames
      if let types = arguments.first, let declared = try types.relationshipTypes {
        names.sources = declared
      }
      if case .string(let mode)? = arguments.last { names.mode = mode }
      graph.provenanceNames = names
      return [row(of: names)]
    })

  private static func row(of names: ProvenanceNames) -> [Value] {
    [.list(names.sources.map { .string($0) }), .string(names.mode)]
  }

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

extension Value {
  /// The types that a string or a list of strings names, each once; nil for null.
  ///
  /// Errors: any other value, and a list without elements.
  fileprivate var relationshipTypes: [String]? {
    get throws(QueryError) {
      let values: [Value]
      switch self {
      case .null: return nil
      case .list(let elements): values = elements
      default: values = [self]
      }
      var types: [String] = []
      for value in values {
        guard case .string(let type) = value, !type.utf8.isEmpty else { throw Self.noTypes }
        if !types.contains(where: { $0.utf8.elementsEqual(type.utf8) }) { types.append(type) }
      }
      guard !types.isEmpty else { throw Self.noTypes }
      return types
    }
  }

  private static var noTypes: QueryError {
    QueryError(
      .invalidArgumentValue, "`dossier.sources` expects a relationship type or a list of them",
      help: "for example `CALL dossier.sources('stated-in')`")
  }
}
