/// One of the two ends of a relationship.
enum RelationshipEnd: Sendable { case start, end }

/// What is known of the relationships of one type without looking at them; kept up to date by writes.
struct RelationshipStatistics: Sendable {
  /// Relationships whose start node has a label, by label; labels beyond the end have none.
  var startLabels: ContiguousArray<Int> = []
  /// The same for end nodes.
  var endLabels: ContiguousArray<Int> = []
  /// Relationships that begin where they end.
  var loops = 0
}

extension Graph {
  /// Whether some relationship of the type begins where it ends. O(1).
  func hasLoops(_ type: RelationshipTypeID) -> Bool {
    let index = Int(type.rawValue)
    return index < relationshipStatistics.count && relationshipStatistics[index].loops > 0
  }

  /// How many relationships of the type begin where they end. O(1).
  func loopCount(_ type: RelationshipTypeID) -> Int {
    let index = Int(type.rawValue)
    return index < relationshipStatistics.count ? relationshipStatistics[index].loops : 0
  }

  /// Whether all nodes that a walk along the type in the direction leads to have the label. O(1).
  func allNeighbours(
    _ type: RelationshipTypeID, _ direction: AdjacencyDirection, have label: LabelID
  ) -> Bool {
    let index = Int(type.rawValue)
    guard index < relationshipStatistics.count else { return relationshipCount(type: type) == 0 }
    let statistics = relationshipStatistics[index]
    let labels = direction == .outgoing ? statistics.endLabels : statistics.startLabels
    let place = Int(label.rawValue)
    return (place < labels.count ? labels[place] : 0) == relationshipCount(type: type)
  }

  /// How many relationships of the type have a node with the label at an end. O(1).
  func relationshipCount(
    type: RelationshipTypeID, at end: RelationshipEnd, _ label: LabelID
  ) -> Int {
    let labels = labelCounts(of: type, at: end)
    let place = Int(label.rawValue)
    return place < labels.count ? labels[place] : 0
  }

  /// The living nodes with the rarest label that all nodes at an end of the type have; all nodes when
  /// there is no such label. O(labels).
  func nodeCount(at end: RelationshipEnd, of type: RelationshipTypeID) -> Int {
    let total = relationshipCount(type: type)
    var fewest = nodeCount
    for (label, count) in labelCounts(of: type, at: end).enumerated()
    where count == total && total > 0 {
      fewest = min(fewest, nodeCount(label: LabelID(rawValue: UInt32(truncatingIfNeeded: label))))
    }
    return fewest
  }

  private func labelCounts(
    of type: RelationshipTypeID, at end: RelationshipEnd
  ) -> ContiguousArray<Int> {
    let index = Int(type.rawValue)
    guard index < relationshipStatistics.count else { return [] }
    let statistics = relationshipStatistics[index]
    return end == .start ? statistics.startLabels : statistics.endLabels
  }

  // MARK: Keeping the numbers

  private mutating func change(
    _ type: RelationshipTypeID, _ body: (inout RelationshipStatistics) -> Void
  ) {
    let index = Int(type.rawValue)
    while relationshipStatistics.count <= index {
      relationshipStatistics.append(RelationshipStatistics())
    }
    body(&relationshipStatistics[index])
  }

  /// Counts a relationship that is made (`difference` 1) or deleted (-1).
  mutating func countEnds(
    _ type: RelationshipTypeID, from start: UInt32, to end: UInt32, _ difference: Int
  ) {
    let pages = nodePages
    let shape = shape(of: type)
    change(type) { statistics in
      if shape.start == .node {
        Self.forEachLabel(of: start, in: pages) {
          Self.add(difference, at: Int($0), to: &statistics.startLabels)
        }
      }
      if shape.end == .node {
        Self.forEachLabel(of: end, in: pages) {
          Self.add(difference, at: Int($0), to: &statistics.endLabels)
        }
      }
      if start == end, shape.start == shape.end { statistics.loops += difference }
    }
  }

  /// Counts a label that a node gets (`difference` 1) or loses (-1) for its relationships.
  mutating func countLabel(_ label: LabelID, of node: NodeID, _ difference: Int) {
    let row = Int(node.rawValue)
    for type in 0..<max(outgoing.count, incoming.count) {
      let id = RelationshipTypeID(rawValue: UInt32(type))
      let shape = shape(of: id)
      let starting = shape.start == .node ? Self.degree(row, type, outgoing) : 0
      let ending = shape.end == .node ? Self.degree(row, type, incoming) : 0
      guard starting + ending > 0 else { continue }
      change(id) { statistics in
        Self.add(difference * starting, at: Int(label.rawValue), to: &statistics.startLabels)
        Self.add(difference * ending, at: Int(label.rawValue), to: &statistics.endLabels)
      }
    }
  }

  private static func degree(
    _ row: Int, _ type: Int, _ directories: ContiguousArray<PageDirectory<AdjacencyPage>?>
  ) -> Int {
    guard type < directories.count, let pages = directories[type] else { return 0 }
    return AdjacencyPage.list(at: pages.address(row >> Page.shift), row & Page.mask).count
  }

  /// Counts relationships that were loaded at once, by the labels of their ends on one side.
  mutating func count(
    _ type: RelationshipTypeID, _ direction: AdjacencyDirection, labels: ContiguousArray<Int>,
    loops: Int
  ) {
    change(type) { statistics in
      for (label, count) in labels.enumerated() {
        if direction == .outgoing {
          Self.add(count, at: label, to: &statistics.startLabels)
        } else {
          Self.add(count, at: label, to: &statistics.endLabels)
        }
      }
      statistics.loops += loops
    }
  }

  /// Adds how often the near ends of entries, all of one page of nodes, have each label.
  func countLabels(
    ofEnds entries: UnsafeBufferPointer<AdjacencyBuild.Entry>, page: Int,
    in counts: inout ContiguousArray<Int>
  ) {
    if let labels = commonLabels(page: page) {
      for label in labels { Self.add(entries.count, at: Int(label), to: &counts) }
      return
    }
    let nodePages = nodePages
    for entry in entries {
      Self.forEachLabel(of: entry.near, in: nodePages) { Self.add(1, at: Int($0), to: &counts) }
    }
  }

  /// The labels of all nodes of a page; nil when some nodes have a label that others lack.
  private func commonLabels(page: Int) -> [UInt32]? {
    let address = nodePages.address(page)
    let existing = Bitmap.count(NodePage.existence(at: address))
    let ids = NodePage.labelIDs(at: address)
    var labels: [UInt32] = []
    for slot in 0..<NodePage.labelCount(at: address) {
      let count = Bitmap.count(NodePage.bitmap(at: address, slot: slot))
      if count == 0 { continue }
      guard count == existing else { return nil }
      labels.append(ids[slot])
    }
    return labels
  }

  private static func forEachLabel(
    of node: UInt32, in pages: PageDirectory<NodePage>, _ body: (UInt32) -> Void
  ) {
    let row = Int(node)
    let address = pages.address(row >> Page.shift)
    let ids = NodePage.labelIDs(at: address)
    for slot in 0..<NodePage.labelCount(at: address)
    where Bitmap.contains(NodePage.bitmap(at: address, slot: slot), row & Page.mask) {
      body(ids[slot])
    }
  }
}
