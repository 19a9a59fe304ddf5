/// The relationships of one type that are valid in a window: neighbour lists of their own, with the
/// numbers that a graph keeps of a type.
struct ValidRelationships: Sendable {
  fileprivate var outgoing = PageDirectory<AdjacencyPage>()
  fileprivate var incoming = PageDirectory<AdjacencyPage>()
  fileprivate var count = 0
  fileprivate var statistics = RelationshipStatistics()

  /// O(relationships of the type + nodes).
  init(_ type: RelationshipTypeID, among valid: ValidElements, of graph: Graph) {
    let index = Int(type.rawValue)
    if index < graph.outgoing.count, let pages = graph.outgoing[index] {
      count = Self.copy(pages, among: valid, to: &outgoing) { page, row, list in
        graph.addLabels(page, row, list.count, to: &statistics.startLabels)
        let node = UInt32(truncatingIfNeeded: page << Page.shift | row)
        for i in 0..<list.count where list.neighbours[i] == node { statistics.loops += 1 }
      }
    }
    if index < graph.incoming.count, let pages = graph.incoming[index] {
      _ = Self.copy(pages, among: valid, to: &incoming) { page, row, list in
        graph.addLabels(page, row, list.count, to: &statistics.endLabels)
      }
    }
  }

  private typealias List = (neighbours: UnsafePointer<UInt32>, count: Int)

  /// Copies the valid entries of all lists; gives their number.
  private static func copy(
    _ pages: PageDirectory<AdjacencyPage>, among valid: ValidElements,
    to copies: inout PageDirectory<AdjacencyPage>,
    _ note: (_ page: Int, _ row: Int, _ list: List) -> Void
  ) -> Int {
    var total = 0
    for page in 0..<pages.pageCount {
      let address = pages.address(page)
      let kept = keptCount(address, valid)
      if kept == 0 { continue }
      total += kept
      let block = AdjacencyBlock(count: kept)
      var end = 0
      for row in 0..<Page.rows {
        let list = AdjacencyPage.list(at: address, row)
        let start = end
        for i in 0..<list.count where valid.contains(list.relationships[i]) {
          block.neighbours[end] = list.neighbours[i]
          block.relationships[end] = list.relationships[i]
          end &+= 1
        }
        block.offsets[row + 1] = UInt32(truncatingIfNeeded: end)
        if end > start {
          note(page, row, (UnsafePointer(block.neighbours + start), end - start))
        }
      }
      PageDirectory.replace(page, with: AdjacencyPage(block), in: &copies)
    }
    return total
  }

  private static func keptCount(_ address: UnsafeRawPointer, _ valid: ValidElements) -> Int {
    var kept = 0
    for row in 0..<Page.rows {
      let list = AdjacencyPage.list(at: address, row)
      for i in 0..<list.count { kept &+= valid.contains(list.relationships[i]) ? 1 : 0 }
    }
    return kept
  }
}

extension Graph {
  /// The graph without the relationships of some types that are not valid in a window. Only their
  /// neighbour lists and the numbers of their types are other ones; for reading.
  func restricted(to window: ValidTimeWindow, types: [RelationshipTypeID]) -> Graph {
    var graph = self
    for type in types {
      let index = Int(type.rawValue)
      let valid = periodIndexes.relationships(type, in: window, of: self)
      if index < outgoing.count { graph.outgoing[index] = valid.outgoing }
      if index < incoming.count { graph.incoming[index] = valid.incoming }
      if index < typeCounts.count { graph.typeCounts[index] = valid.count }
      if index < relationshipStatistics.count {
        graph.relationshipStatistics[index] = valid.statistics
      }
    }
    return graph
  }

  /// Adds relationships of a node to the numbers by label.
  fileprivate func addLabels(
    _ page: Int, _ row: Int, _ count: Int, to counts: inout ContiguousArray<Int>
  ) {
    let address = nodePages.address(page)
    let ids = NodePage.labelIDs(at: address)
    for slot in 0..<NodePage.labelCount(at: address)
    where Bitmap.contains(NodePage.bitmap(at: address, slot: slot), row) {
      let label = Int(ids[slot])
      while counts.count <= label { counts.append(0) }
      counts[label] += count
    }
  }
}
