import Dossier
import DossierSyntax

/// Relationships that begin or end at relationships.
extension GraphDraft {
  /// Makes the relationship begin, or end, at another relationship.
  mutating func setStart(of relationship: UInt32, toRelationship other: UInt32) {
    relationships[Int(relationship)].start = other
    relationships[Int(relationship)].startKind = .relationship
    hasStatements = true
  }

  mutating func setEnd(of relationship: UInt32, toRelationship other: UInt32) {
    relationships[Int(relationship)].end = other
    relationships[Int(relationship)].endKind = .relationship
    hasStatements = true
  }

  /// Leaves out relationships and what is said about them, and puts every other one behind those that
  /// it is about; gives what is left out because it is about itself.
  @discardableResult
  mutating func rearrange(omitting omitted: Set<UInt32> = []) -> [DraftRelationship] {
    var numbers = [UInt32](repeating: Self.none, count: relationships.count)
    var kept: [DraftRelationship] = []
    kept.reserveCapacity(relationships.count)
    var waiting = relationships.indices.filter { !omitted.contains(UInt32($0)) }
    while !waiting.isEmpty {
      let before = waiting.count
      waiting.removeAll { number in
        var relationship = relationships[number]
        if relationship.startKind == .relationship {
          relationship.start = numbers[Int(relationship.start)]
        }
        if relationship.endKind == .relationship {
          relationship.end = numbers[Int(relationship.end)]
        }
        if relationship.start == Self.none || relationship.end == Self.none { return false }
        numbers[number] = UInt32(kept.count)
        kept.append(relationship)
        return true
      }
      if waiting.count == before { break }
    }
    let circular = waiting.map { relationships[$0] }
    relationships = kept
    return omitted.isEmpty ? circular : []
  }
}

extension GraphDraft {
  /// Adds relationships of which some begin or end at relationships, as `rearrange` has ordered them;
  /// returns the first.
  func addStatements(
    _ names: DraftNames, _ ids: [UInt32], to builder: inout GraphBuilder
  ) throws(QueryError) -> RelationshipID {
    var first: RelationshipID?
    var next = 0
    while next < relationships.count {
      let head = relationships[next]
      let run = UInt32(truncatingIfNeeded: next)
      var (starts, ends): ([UInt32], [UInt32]) = ([], [])
      while next < relationships.count, relationships[next].belongs(behind: head),
        !relationships[next].isAboutRelationship(from: run)
      {
        let each = relationships[next]
        // What a relationship is about comes before it, so the first id is known here.
        let base = first?.rawValue ?? 0
        starts.append(
          each.startKind == .node
            ? ids[Int(each.start)] : each.startIsKnown ? each.start : base &+ each.start)
        ends.append(
          each.endKind == .node ? ids[Int(each.end)] : each.endIsKnown ? each.end : base &+ each.end
        )
        next += 1
      }
      let type = names.types[Int(head.type)]
      let added = try builder.addRelationships(
        type: head.isStatement ? builder.type(type, from: head.startKind, to: head.endKind) : type,
        starts: starts, ends: ends)
      first = first ?? added
    }
    return first ?? RelationshipID(rawValue: 0)
  }
}

extension GraphDraft.DraftRelationship {
  /// It begins or ends at a relationship.
  var isStatement: Bool { startKind == .relationship || endKind == .relationship }

  /// It begins or ends at a relationship of the draft with this number or a higher one.
  func isAboutRelationship(from number: UInt32) -> Bool {
    startKind == .relationship && !startIsKnown && start >= number
      || endKind == .relationship && !endIsKnown && end >= number
  }

  /// Whether both can be added in one run.
  func belongs(behind other: Self) -> Bool {
    type == other.type && startKind == other.startKind && endKind == other.endKind
  }
}
