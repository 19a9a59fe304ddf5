/// The relationships of a graph on which sources disagree: one subject and one type, sources of which
/// none is the same, and either different objects at one time or different periods.
///
/// A relationship stands beside the first one that it contradicts, so that the list is no longer than
/// the graph. One without bounds contradicts no period. The bounds of the ends do not matter.
struct ConflictList {
  enum Reason: String {
    case object = "different objects"
    case period = "different periods"
  }

  struct Conflict {
    var first: RelationshipID
    var second: RelationshipID
    var reason: Reason
  }

  /// Sorted by the first and then by the second relationship.
  private(set) var conflicts: [Conflict] = []
  private let provenance: ProvenanceReader
  private let periods: GraphPeriods

  init(_ graph: Graph) {
    provenance = ProvenanceReader(graph)
    periods = GraphPeriods(graph)
    if provenance.isEmpty { return }
    for shape in RelationshipShape.allCases {
      let bound = shape.start == .node ? graph.nodeIDBound : graph.relationshipIDBound
      for type in graph.catalog.relationshipTypes(shape)
      where !graph.provenanceNames.hasSource(graph.catalog.name(of: type)) {
        guard let lists = graph.adjacency(type, .outgoing) else { continue }
        for subject in 0..<UInt32(truncatingIfNeeded: bound) where lists.degree(of: subject) > 1 {
          compare(lists, subject)
        }
      }
    }
    conflicts.sort { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// Something that a source says about the subject.
  private struct Statement {
    var relationship: UInt32
    var object: UInt32
    var period: Period
    var sources: [Source]
  }

  private enum Source: Equatable {
    case element(ElementID)
    /// The UTF-8 of a property `source`.
    case name([UInt8])
  }

  private mutating func compare(_ lists: AdjacencyReader, _ subject: UInt32) {
    let list = lists.neighbours(of: subject)
    var statements: [Statement] = []
    for i in 0..<list.count {
      let sources = sources(of: list.relationships[i])
      if sources.isEmpty { continue }
      statements.append(
        Statement(
          relationship: list.relationships[i], object: list.neighbours[i],
          period: periods.period(relationship: list.relationships[i]), sources: sources))
    }
    // Where one source says all, nothing has to be compared.
    guard let known = statements.first, !statements.allSatisfy({ $0.sources == known.sources })
    else { return }
    statements.sort { $0.relationship < $1.relationship }
    for (index, second) in statements.enumerated() {
      for first in statements[..<index] {
        guard let reason = Self.reason(first, second) else { continue }
        conflicts.append(
          Conflict(
            first: RelationshipID(rawValue: first.relationship),
            second: RelationshipID(rawValue: second.relationship), reason: reason))
        break
      }
    }
  }

  private static func reason(_ first: Statement, _ second: Statement) -> Reason? {
    if first.object == second.object {
      if first.period == second.period || first.period == .always || second.period == .always {
        return nil
      }
    } else if !first.period.overlaps(second.period) {
      return nil
    }
    if first.sources.contains(where: { second.sources.contains($0) }) { return nil }
    return first.object == second.object ? .period : .object
  }

  /// The elements that report a relationship, or else the name that its property `source` has.
  private func sources(of relationship: UInt32) -> [Source] {
    let element = ElementID.relationship(RelationshipID(rawValue: relationship))
    let elements = provenance.sources(of: element)
    if !elements.isEmpty { return elements.map { .element($0) } }
    let name = provenance.sourceName(of: element)
    return name.isNull ? [] : [.name(Array(name.bytes))]
  }
}
