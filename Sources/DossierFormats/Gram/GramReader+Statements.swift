import Dossier
import DossierSyntax

/// Relationships that begin or end at relationships: `[r]-[:type]->(a)`.
extension GramReader {
  /// An end of a relationship that is a relationship, known when the file ends.
  struct RelationshipReference {
    var identifier: UInt32
    var owner: UInt32
    var isStart: Bool
    var place: Place
  }

  /// Notes the ends of a relationship; those that are relationships are found when the file ends.
  mutating func setEnds(of relationship: UInt32, start: End, end: End) {
    var nodes: (start: UInt32, end: UInt32) = (0, 0)
    switch start {
    case .node(let node): nodes.start = node
    case .relationship(let identifier, let place):
      relationshipReferences.append(
        RelationshipReference(
          identifier: identifier, owner: relationship, isStart: true, place: place))
    }
    switch end {
    case .node(let node): nodes.end = node
    case .relationship(let identifier, let place):
      relationshipReferences.append(
        RelationshipReference(
          identifier: identifier, owner: relationship, isStart: false, place: place))
    }
    draft.setEnds(of: relationship, start: nodes.start, end: nodes.end)
  }

  /// Finds the relationships that others begin or end at.
  mutating func resolveRelationshipReferences(
    _ bad: inout BadRecords
  ) throws(QueryError) {
    var dangling: Set<UInt32> = []
    for reference in relationshipReferences {
      guard case .relationship(let target) = elements[Int(reference.identifier)] else {
        let name = identifiers.names[Int(reference.identifier)].string
        try bad.note(
          draft.error(
            .undefinedReference, "no relationship of the file is called `\(name)`",
            at: reference.place, help: "`[\(name)]` stands for the one in `-[\(name):type]->`"))
        dangling.insert(reference.owner)
        continue
      }
      if reference.isStart {
        draft.setStart(of: reference.owner, toRelationship: target)
      } else {
        draft.setEnd(of: reference.owner, toRelationship: target)
      }
    }
    if !dangling.isEmpty { draft.rearrange(omitting: dangling) }
  }
}
