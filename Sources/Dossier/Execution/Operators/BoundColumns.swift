import DossierSyntax

/// A relationship of the rows of a batch, with its ends, from which counted ones must differ.
struct BoundColumns {
  private let relationships: Column
  private let from: Column
  private let to: Column
  private let direction: ExpandStep.Direction

  /// Errors: an end that is no node.
  init(_ bound: CountedEnd.BoundRelationship, _ batch: Batch) throws(QueryError) {
    relationships = batch.column(bound.slot)
    from = try batch.column(bound.from).nodeIDs()
    to = try batch.column(bound.to).nodeIDs()
    direction = bound.direction
  }

  /// The relationship of a row; nil where it is null.
  func relationship(_ row: Int) -> UInt32? {
    let cell = relationships.cell(row)
    return cell.tag == .relationship ? cell.relationshipID.rawValue : nil
  }

  /// The ends for steps in a direction, as long as these columns are held.
  func ends(seenBy step: ExpandStep.Direction) -> BoundEnds {
    BoundEnds(
      from: from.ids, to: to.ids,
      runsForward: direction != .incoming && step != .incoming
        || direction != .outgoing && step != .outgoing,
      runsBackward: direction != .incoming && step != .outgoing
        || direction != .outgoing && step != .incoming)
  }
}

/// The ends of a relationship of the rows as bare memory, and how another step could go along it.
struct BoundEnds {
  let from: UnsafeMutablePointer<UInt32>
  let to: UnsafeMutablePointer<UInt32>
  /// From its `from` to its `to`, or back.
  let runsForward: Bool
  let runsBackward: Bool

  /// Whether a step from the node may go along the relationship of a row.
  @inline(__always)
  func touches(_ node: UInt32, _ row: Int) -> Bool {
    runsForward && from[row] == node || runsBackward && to[row] == node
  }

  /// The nodes that a step from the node may lead to along the relationship of a row.
  func ends(beyond node: UInt32, _ row: Int) -> [UInt32] {
    var ends: [UInt32] = []
    if runsForward, from[row] == node { ends.append(to[row]) }
    if runsBackward, to[row] == node, ends.first != from[row] { ends.append(from[row]) }
    return ends
  }
}
