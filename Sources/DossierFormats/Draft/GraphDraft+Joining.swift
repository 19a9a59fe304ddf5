import Dossier
import DossierSyntax

/// The way of a draft into a graph.
extension GraphDraft {
  /// The builder's names for the draft's labels, types and keys, and the sets of labels.
  private struct Names {
    var labels: [GraphBuilder.LabelName]
    var types: [GraphBuilder.TypeName]
    var keys: [GraphBuilder.KeyName]
    var sets: [[GraphBuilder.LabelName]]
    /// The draft's number of the key `id`; nil when nobody has it.
    var identity: UInt32?

    init(_ draft: GraphDraft, _ builder: GraphBuilder) {
      let labels = draft.labelNames.names.map { builder.label($0.buffer) }
      self.labels = labels
      types = draft.typeNames.names.map { builder.type($0.buffer) }
      keys = draft.keyNames.names.map { builder.key($0.buffer) }
      sets = (0..<draft.labelSets.count).map { set in
        draft.labelSets.labels(of: UInt32(truncatingIfNeeded: set)).map { labels[Int($0)] }
      }
      identity = draft.keyNames.names.firstIndex { $0.equals("id") }.map { UInt32($0) }
    }
  }

  /// Adds all elements to the graph that `builder` builds. A node whose `id` the graph knows becomes
  /// that node: it gets the labels and the properties that it lacks.
  /// Bad records, of which only the property is left out: `conflictingProperty` where the graph has
  /// another value, `invalidPropertyType`.
  func add(
    to builder: inout GraphBuilder, report: inout LoadReport, _ bad: inout BadRecords
  ) throws(QueryError) {
    let names = Names(self, builder)
    var ids: [NodeID] = []
    ids.reserveCapacity(nodes.count)
    for number in nodes.indices {
      let number = UInt32(truncatingIfNeeded: number)
      ids.append(try addNode(number, names, to: &builder, report: &report, &bad))
    }
    let first = try addRelationships(names, ids, to: &builder)
    for (number, relationship) in relationships.enumerated() {
      let id = RelationshipID(rawValue: first.rawValue &+ UInt32(truncatingIfNeeded: number))
      var each = relationship.chain.first
      while each != Self.none {
        let property = properties[Int(each)]
        try located(at: property.place, &bad) { () throws(QueryError) in
          try builder.setProperty(id, names.keys[Int(property.key)], input(property.value))
        }
        each = property.next
      }
    }
    report.relationshipsCreated += relationships.count
    report.warnings += warnings
  }

  /// Adds the relationships without their properties, runs of one type at a time; returns the first.
  private func addRelationships(
    _ names: Names, _ ids: [NodeID], to builder: inout GraphBuilder
  ) throws(QueryError) -> RelationshipID {
    var first: RelationshipID?
    var next = 0
    while next < relationships.count {
      let type = relationships[next].type
      var (starts, ends): ([UInt32], [UInt32]) = ([], [])
      while next < relationships.count, relationships[next].type == type {
        starts.append(ids[Int(relationships[next].start)].rawValue)
        ends.append(ids[Int(relationships[next].end)].rawValue)
        next += 1
      }
      let added = try builder.addRelationships(
        type: names.types[Int(type)], starts: starts, ends: ends)
      first = first ?? added
    }
    return first ?? RelationshipID(rawValue: 0)
  }

  private func addNode(
    _ number: UInt32, _ names: Names, to builder: inout GraphBuilder, report: inout LoadReport,
    _ bad: inout BadRecords
  ) throws(QueryError) -> NodeID {
    let node = nodes[Int(number)]
    if let known = knownNode(number, names, in: &builder) {
      for label in names.sets[Int(node.labels)] { try builder.addLabel(known, label) }
      try addProperties(of: node, to: known, names, in: &builder, checking: true, &bad)
      report.nodesJoined += 1
      return known
    }
    let id = try builder.addNode(labels: names.sets[Int(node.labels)])
    try addProperties(of: node, to: id, names, in: &builder, checking: false, &bad)
    report.nodesCreated += 1
    return id
  }

  /// The graph's node with the same `id`.
  private func knownNode(
    _ number: UInt32, _ names: Names, in builder: inout GraphBuilder
  ) -> NodeID? {
    guard joinsByID, let identity = names.identity,
      let property = property(of: .node(number), key: identity)
    else { return nil }
    return builder.node(key: names.keys[Int(identity)], input(properties[Int(property)].value))
  }

  private func addProperties(
    of node: DraftNode, to id: NodeID, _ names: Names, in builder: inout GraphBuilder,
    checking: Bool, _ bad: inout BadRecords
  ) throws(QueryError) {
    var each = node.chain.first
    while each != Self.none {
      let property = properties[Int(each)]
      each = property.next
      let key = names.keys[Int(property.key)]
      if checking {
        let old = builder.property(id, key)
        if StoredValue.isSame(old, value(property.value)) { continue }
        guard case .null = old else {
          try bad.note(conflictWithGraph(property, of: node))
          continue
        }
      }
      try located(at: property.place, &bad) { () throws(QueryError) in
        try builder.setProperty(id, key, input(property.value))
      }
    }
  }

  private func input(_ value: PropertyValue) -> GraphBuilder.PropertyInput {
    switch value {
    case .null: .value(.null)
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .string(let bytes): .utf8(bytes.buffer)
    case .other(let index): .value(values[Int(index)])
    }
  }

  private func conflictWithGraph(_ property: Property, of node: DraftNode) -> QueryError {
    let name = keyNames.names[Int(property.key)].string
    return error(
      .conflictingProperty,
      "property `\(name)` differs from the one of the node with the same `id`",
      at: property.place,
      help: "give the nodes different `id`, or say the same of both")
  }

  /// Notes the error of a property, with a place where it has none.
  private func located(
    at place: Place, _ bad: inout BadRecords, _ body: () throws(QueryError) -> Void
  ) throws(QueryError) {
    do {
      try body()
    } catch {
      guard let first = error.diagnostics.first, first.file == nil else {
        return try bad.note(error)
      }
      try bad.note(self.error(first.code, first.message, at: place, help: first.help))
    }
  }
}
