import Dossier
import DossierSyntax

/// The way of a draft into a graph: nodes in runs of equal labels, relationships in runs of one type,
/// then the properties in blocks of rows, and the nodes that another node is last.
extension GraphDraft {
  /// Adds all elements to the graph that `builder` builds. A node whose `id` the graph knows becomes
  /// that node: it gets the labels and the properties that it lacks.
  /// Bad records, of which only the property is left out: `conflictingProperty` where the graph has
  /// another value, `invalidPropertyType`.
  func add(
    to builder: inout GraphBuilder, report: inout LoadReport, _ bad: inout BadRecords
  ) throws(QueryError) {
    guard hasStatements else { return try addOrdered(to: &builder, report: &report, &bad) }
    var ordered = self
    if let circular = ordered.rearrange().first {
      throw error(
        .invalidData, "this relationship is about itself", at: circular.place,
        help: "a relationship is made after those that it is about")
    }
    try ordered.addOrdered(to: &builder, report: &report, &bad)
  }

  private func addOrdered(
    to builder: inout GraphBuilder, report: inout LoadReport, _ bad: inout BadRecords
  ) throws(QueryError) {
    declareValidTime(to: &builder)
    declareSources(to: &builder)
    let names = DraftNames(self, builder)
    let identities = DraftIdentities(self, names, &builder)
    let (first, ids, created) = try addNodes(names, identities, to: &builder)
    var properties = DraftProperties(self, names)
    try properties.add(ofNodes: created, from: first, to: &builder, &bad)
    for (number, known) in identities.joined {
      let id = identities.target(of: known, ids)
      try join(nodes[Int(number)], to: id, names, in: &builder, &bad)
    }
    var fresh = self
    try fresh.joinRelationships(names, ids, in: &builder, &bad)
    let firstRelationship = try fresh.addRelationships(names, ids, to: &builder)
    properties = DraftProperties(fresh, names)
    try properties.addOfRelationships(from: firstRelationship, to: &builder, &bad)
    report.nodesCreated += created.count
    report.nodesJoined += identities.joined.count
    try fresh.checkPeriods(ids, firstRelationship.rawValue, in: &builder, &bad)
    report.relationshipsCreated += fresh.relationships.count
    report.warnings += warnings
  }

  /// Adds the nodes that are new, without their properties; returns the first of them, the graph's id
  /// of each node of the draft, and the draft's numbers of the new ones.
  private func addNodes(
    _ names: DraftNames, _ identities: DraftIdentities, to builder: inout GraphBuilder
  ) throws(QueryError) -> (first: NodeID, ids: [UInt32], created: [UInt32]) {
    var ids: [UInt32] = []
    var created: [UInt32] = []
    ids.reserveCapacity(nodes.count)
    created.reserveCapacity(nodes.count - identities.joined.count)
    var joined = identities.joined[...]
    for number in 0..<UInt32(truncatingIfNeeded: nodes.count) {
      if joined.first?.node == number {
        joined.removeFirst()
      } else {
        created.append(number)
      }
    }
    var first: NodeID?
    var next = 0
    while next < created.count {
      let labels = nodes[Int(created[next])].labels
      let start = next
      while next < created.count, nodes[Int(created[next])].labels == labels { next += 1 }
      let node = try builder.addNodes(next - start, labels: names.sets[Int(labels)])
      first = first ?? node
    }
    joined = identities.joined[...]
    var nextID = first?.rawValue ?? 0
    for number in 0..<UInt32(truncatingIfNeeded: nodes.count) {
      if let known = joined.first, known.node == number {
        ids.append(identities.target(of: known.known, ids).rawValue)
        joined.removeFirst()
      } else {
        ids.append(nextID)
        nextID &+= 1
      }
    }
    return (first ?? NodeID(rawValue: 0), ids, created)
  }

  /// Adds the relationships without their properties, runs of one type at a time; returns the first.
  private func addRelationships(
    _ names: DraftNames, _ ids: [UInt32], to builder: inout GraphBuilder
  ) throws(QueryError) -> RelationshipID {
    if hasStatements { return try addStatements(names, ids, to: &builder) }
    let starts = relationships.map { ids[Int($0.start)] }
    let ends = relationships.map { ids[Int($0.end)] }
    var first: RelationshipID?
    var next = 0
    while next < relationships.count {
      let type = relationships[next].type
      let start = next
      while next < relationships.count, relationships[next].type == type { next += 1 }
      let run = start..<next
      let added = starts.withUnsafeBufferPointer { starts in
        ends.withUnsafeBufferPointer { ends in
          Result { () throws(QueryError) in
            try builder.addRelationships(
              type: names.types[Int(type)], starts: UnsafeBufferPointer(rebasing: starts[run]),
              ends: UnsafeBufferPointer(rebasing: ends[run]))
          }
        }
      }
      let relationship = try added.get()
      first = first ?? relationship
    }
    return first ?? RelationshipID(rawValue: 0)
  }

  /// Gives a node of the graph the labels and properties of a draft's node that it lacks.
  private func join(
    _ node: DraftNode, to id: NodeID, _ names: DraftNames, in builder: inout GraphBuilder,
    _ bad: inout BadRecords
  ) throws(QueryError) {
    for label in names.sets[Int(node.labels)] { try builder.addLabel(id, label) }
    var each = node.chain.first
    while each != Self.none {
      let property = properties[Int(each)]
      each = property.next
      let key = names.keys[Int(property.key)]
      guard try isMissing(property, builder.property(id, key), "node", &bad) else { continue }
      try located(at: property.place, &bad) { () throws(QueryError) in
        try builder.setProperty(id, key, input(property.value))
      }
    }
  }

  /// Whether an element of the graph lacks a property; another value is a bad record.
  func isMissing(
    _ property: Property, _ old: Value, _ kind: String, _ bad: inout BadRecords
  ) throws(QueryError) -> Bool {
    if StoredValue.isSame(old, value(property.value)) { return false }
    guard case .null = old else {
      let name = keyNames.names[Int(property.key)].string
      try bad.note(
        error(
          .conflictingProperty,
          "property `\(name)` differs from the one of the \(kind) with the same `id`",
          at: property.place,
          help: "give the \(kind)s different `id`, or say the same of both"))
      return false
    }
    return true
  }

  /// The value as a builder takes it.
  func input(_ value: PropertyValue) -> GraphBuilder.PropertyInput {
    switch value {
    case .null: .value(.null)
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .string(let bytes): .utf8(bytes.buffer)
    case .other(let index): .value(values[Int(index)])
    }
  }

  /// Notes the error of a property, with a place where it has none.
  func located(
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
