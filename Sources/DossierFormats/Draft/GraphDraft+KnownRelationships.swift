import Dossier
import DossierSyntax

/// Relationships that the graph has already.
extension GraphDraft {
  /// Takes out the relationships that the graph has: those whose `id` a relationship of the same type
  /// between the same nodes has. It gets the properties that it lacks, and what is said about them is
  /// about it. `ids` are the graph's ids of the draft's nodes.
  mutating func joinRelationships(
    _ names: DraftNames, _ ids: [UInt32], in builder: inout GraphBuilder, _ bad: inout BadRecords
  ) throws(QueryError) {
    let known = knownRelationships(names, ids, builder)
    if known.isEmpty { return }
    for (number, id) in known.sorted(by: { $0.key < $1.key }) {
      try join(relationships[Int(number)], to: id, names, in: &builder, &bad)
    }
    var numbers = [UInt32](repeating: Self.none, count: relationships.count)
    var kept: [DraftRelationship] = []
    kept.reserveCapacity(relationships.count - known.count)
    for number in relationships.indices where known[UInt32(truncatingIfNeeded: number)] == nil {
      var each = relationships[number]
      if each.startKind == .relationship {
        (each.start, each.startIsKnown) =
          known[each.start].map { ($0.rawValue, true) }
          ?? (numbers[Int(each.start)], false)
      }
      if each.endKind == .relationship {
        (each.end, each.endIsKnown) =
          known[each.end].map { ($0.rawValue, true) }
          ?? (numbers[Int(each.end)], false)
      }
      numbers[number] = UInt32(truncatingIfNeeded: kept.count)
      kept.append(each)
    }
    relationships = kept
  }

  /// The relationships that the graph has, by their numbers.
  private func knownRelationships(
    _ names: DraftNames, _ ids: [UInt32], _ builder: GraphBuilder
  ) -> [UInt32: RelationshipID] {
    guard joinsByID, let identity = names.identity, builder.relationshipCount > 0 else {
      return [:]
    }
    let key = names.keys[Int(identity)]
    var known: [UInt32: RelationshipID] = [:]
    for number in 0..<UInt32(truncatingIfNeeded: relationships.count) {
      let each = relationships[Int(number)]
      guard !each.isStatement,
        let property = property(of: .relationship(number), key: identity)
      else { continue }
      known[number] = builder.relationship(
        names.types[Int(each.type)], from: NodeID(rawValue: ids[Int(each.start)]),
        to: NodeID(rawValue: ids[Int(each.end)]), key: key,
        input(properties[Int(property)].value))
    }
    return known
  }

  private func join(
    _ relationship: DraftRelationship, to id: RelationshipID, _ names: DraftNames,
    in builder: inout GraphBuilder, _ bad: inout BadRecords
  ) throws(QueryError) {
    var each = relationship.chain.first
    while each != Self.none {
      let property = properties[Int(each)]
      each = property.next
      let key = names.keys[Int(property.key)]
      guard try isMissing(property, builder.property(id, key), "relationship", &bad) else {
        continue
      }
      try located(at: property.place, &bad) { () throws(QueryError) in
        try builder.setProperty(id, key, input(property.value))
      }
    }
  }
}
