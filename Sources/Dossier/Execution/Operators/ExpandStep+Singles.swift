/// Steps that lead from a node to another one at most: rows stay what they are, or go.
extension ExpandStep {
  /// The rows of a batch with the node that the step leads to, and the relationship if it is wanted.
  func followed(
    _ lists: AdjacencyLists, _ batch: Batch, _ nodes: Column, _ labels: LabelReader?,
    makesRelationships: Bool
  ) -> Batch {
    let count = batch.count
    let neighbours = Column(.node, count: count)
    let relationships = Column(.relationship, count: makesRelationships ? count : 0)
    var found =
      makesRelationships
      ? Self.follow(lists, nodes.ids, count, neighbours.ids, relationships.ids)
      : Self.follow(lists, nodes.ids, count, neighbours.ids, nil)
    if let labels { found = Self.keep(labels, neighbours.ids, count) }
    if found == count {
      let result = Batch(extending: batch)
      result.set(to, neighbours)
      if makesRelationships { result.set(relationship, relationships) }
      return result
    }
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    var kept = 0
    for row in 0..<count {
      rows[kept] = UInt32(truncatingIfNeeded: row)
      neighbours.ids[kept] = neighbours.ids[row]
      if makesRelationships { relationships.ids[kept] = relationships.ids[row] }
      kept &+= bit(neighbours.ids[row] != Self.nowhere)
    }
    let result = Batch(parent: batch, rows: RowIndices(adopting: rows, count: kept))
    result.set(to, Column(prefix: kept, of: neighbours))
    if makesRelationships { result.set(relationship, Column(prefix: kept, of: relationships)) }
    return result
  }

  /// Stands for the neighbour of nodes without any; no node has this id.
  private static let nowhere = UInt32.max

  /// Puts `nowhere` in place of nodes without the labels; gives how many are left.
  private static func keep(
    _ labels: LabelReader, _ nodes: UnsafeMutablePointer<UInt32>, _ count: Int
  ) -> Int {
    var kept = 0
    for row in 0..<count where nodes[row] != nowhere {
      if labels.accepts(nodes[row]) { kept &+= 1 } else { nodes[row] = nowhere }
    }
    return kept
  }

  /// Writes for each node its neighbour and the relationship to it, or `nowhere`; gives how many have
  /// one.
  @inline(__always)
  private static func follow(
    _ lists: AdjacencyLists, _ nodes: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ neighbours: UnsafeMutablePointer<UInt32>, _ relationships: UnsafeMutablePointer<UInt32>?
  ) -> Int {
    var found = 0
    for row in 0..<count {
      let list = lists.neighbours(of: nodes[row])
      if list.count == 0 {
        neighbours[row] = nowhere
        continue
      }
      neighbours[row] = list.neighbours[0]
      if let relationships { relationships[row] = list.relationships[0] }
      found &+= 1
    }
    return found
  }
}
