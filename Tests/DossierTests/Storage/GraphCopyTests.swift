import Testing

@testable import Dossier

/// Copies of a graph share pages and never see each other's writes.
struct GraphCopyTests {
  private let knows = RelationshipTypeID(rawValue: 0)
  private let age = PropertyKeyID(rawValue: 0)

  private func sample() throws -> Graph {
    var loader = BulkLoader(Graph())
    let first = try loader.addNodes(10_000, labels: [LabelID(rawValue: 0)])
    try loader.setProperties(from: first, age, (0..<10_000).map(Int64.init)) { .integers($0) }
    let starts = (0..<40_000).map { UInt32($0 % 10_000) }
    let ends = (0..<40_000).map { UInt32($0 &* 7_919 % 10_000) }
    try loader.addRelationships(knows, starts: starts, ends: ends)
    return loader.finish()
  }

  /// The memory of all rows that readers of a graph may read, as it is now.
  private func memory(_ graph: Graph) throws -> [[UInt8]] {
    var bytes: [[UInt8]] = []
    func add(_ address: UnsafeRawPointer, _ count: Int) {
      bytes.append(Array(UnsafeRawBufferPointer(start: address, count: count)))
    }
    for page in 0..<graph.nodePages.pageCount { add(graph.nodePages.address(page), 320 + 2 * 256) }
    for page in 0..<graph.relationshipPages.pageCount {
      let rows = min(Page.rows, graph.relationshipIDBound - page * Page.rows)
      let columns = graph.relationshipColumns(page: page)
      add(graph.relationshipBitmap(page: page), Page.bitmapBytes)
      for column in [columns.types, columns.starts, columns.ends] { add(column, rows * 4) }
    }
    let column = try #require(graph.nodeProperties(age))
    for page in 0..<column.pageCount {
      let stride = column.kind(page: page).stride
      add(column.validity(page: page), Page.bitmapBytes)
      for row in 0..<Page.rows where Bitmap.contains(column.validity(page: page), row) {
        add(column.values(page: page) + row * stride, stride)
      }
    }
    for direction in [AdjacencyDirection.outgoing, .incoming] {
      let reader = try #require(graph.adjacency(knows, direction))
      for node in 0..<UInt32(graph.nodeIDBound) {
        let list = reader.neighbours(of: node)
        add(list.neighbours, list.count * 4)
        add(list.relationships, list.count * 4)
      }
    }
    return bytes
  }

  @Test func anOldCopyIsUnchangedBitByBit() throws {
    var graph = try sample()
    let copy = graph
    let before = try memory(copy)
    let image = try GraphImage(copy)
    for round in 0..<300 {
      let node = try graph.createNode(labels: [LabelID(rawValue: UInt32(round % 3))])
      try graph.setProperty(node, age, Cell(Int64(round)))
      let other = NodeID(rawValue: UInt32(round &* 37 % 10_000))
      _ = try graph.createRelationship(type: knows, from: other, to: node)
      _ = try graph.createRelationship(type: knows, from: node, to: NodeID(rawValue: 5))
      try graph.setProperty(other, age, round % 2 == 0 ? .null : Cell(0.5))
      graph.deleteRelationship(RelationshipID(rawValue: UInt32(round &* 101)))
      try graph.addLabel(other, LabelID(rawValue: 4))
    }
    #expect(try memory(copy) == before)
    #expect(try GraphImage(copy) == image)
    #expect(try image.differences(from: copy) == [])
    graph.checkInvariants()
  }

  @Test func readersKeepSeeingTheGraphTheyWereTakenFrom() throws {
    var graph = try sample()
    let column = try #require(graph.nodeProperties(age))
    let adjacency = try #require(graph.adjacency(knows, .outgoing))
    let before = Array(UnsafeBufferPointer(start: adjacency.neighbours(of: 3).neighbours, count: 4))
    for i in 0..<200 as Range<UInt32> {
      try graph.setProperty(NodeID(rawValue: i), age, .null)
      _ = try graph.createRelationship(
        type: knows, from: NodeID(rawValue: 3), to: NodeID(rawValue: i))
    }
    #expect(column.values(page: 0).assumingMemoryBound(to: Int64.self)[100] == 100)
    let list = adjacency.neighbours(of: 3)
    #expect(list.count == 4)
    #expect(Array(UnsafeBufferPointer(start: list.neighbours, count: 4)) == before)
    #expect(graph.adjacency(knows, .outgoing)?.degree(of: 3) == 204)
  }

  @Test func onlyTouchedPagesAreCopied() throws {
    var graph = try sample()
    let copy = graph
    try graph.setProperty(NodeID(rawValue: 5_000), age, Cell(1 as Int64))
    let (new, old) = (graph.nodeColumns[0], copy.nodeColumns[0])
    for page in 0..<5 {
      #expect((new?.pages.address(page) == old?.pages.address(page)) == (page != 2))
    }
    #expect(graph.nodePages === copy.nodePages)
  }

  @Test func anUnsharedGraphIsWrittenInPlace() throws {
    var graph = try sample()
    try graph.setProperty(NodeID(rawValue: 0), age, Cell(9 as Int64))
    let address = try #require(graph.nodeColumns[0]).pages.address(0)
    let directory = ObjectIdentifier(graph.nodePages)
    for i in 0..<100 as Range<UInt32> {
      try graph.setProperty(NodeID(rawValue: i), age, Cell(Int64(i)))
      _ = try graph.createNode(labels: [])
    }
    #expect(try #require(graph.nodeColumns[0]).pages.address(0) == address)
    #expect(ObjectIdentifier(graph.nodePages) == directory)
  }

  @Test func twoCopiesMayBothAppendToOneList() throws {
    var left = Graph()
    for _ in 0..<100 { _ = try left.createNode(labels: []) }
    let hub = NodeID(rawValue: 0)
    for i in 1..<4 as Range<UInt32> {
      _ = try left.createRelationship(type: knows, from: hub, to: NodeID(rawValue: i))
    }
    var right = left
    for i in 10..<20 as Range<UInt32> {
      _ = try left.createRelationship(type: knows, from: hub, to: NodeID(rawValue: i))
      _ = try right.createRelationship(type: knows, from: hub, to: NodeID(rawValue: i + 50))
    }
    func neighbours(_ graph: Graph) throws -> [UInt32] {
      let list = try #require(graph.adjacency(knows, .outgoing)).neighbours(of: 0)
      return Array(UnsafeBufferPointer(start: list.neighbours, count: list.count))
    }
    #expect(try neighbours(left) == [1, 2, 3] + (10..<20).map(UInt32.init))
    #expect(try neighbours(right) == [1, 2, 3] + (60..<70).map(UInt32.init))
  }

  @Test func versionsThatOnlyAddShareTheValuesOfAPage() throws {
    var graph = try sample()
    let first = try graph.createNode(labels: [])
    try graph.setProperty(first, age, Cell(1 as Int64))
    let old = graph
    let second = try graph.createNode(labels: [])
    try graph.setProperty(second, age, Cell(2 as Int64))
    let page = Int(second.rawValue) >> Page.shift
    let (newReader, oldReader) = (
      try #require(graph.nodeProperties(age)), try #require(old.nodeProperties(age))
    )
    #expect(newReader.values(page: page) == oldReader.values(page: page))
    #expect(newReader.validity(page: page) != oldReader.validity(page: page))
    #expect(newReader.contains(row: Int(second.rawValue)))
    #expect(!oldReader.contains(row: Int(second.rawValue)))
    #expect(oldReader.count(page: page) == newReader.count(page: page) - 1)
  }

  @Test func aPlaceIsGivenToOneCopyOnly() throws {
    var left = try sample()
    var right = left
    for round in 0..<100 as Range<Int64> {
      for (sign, isLeft) in [(1 as Int64, true), (-1, false)] {
        var graph = isLeft ? left : right
        // Nothing else may refer to the pages while they are written.
        if isLeft { left = Graph() } else { right = Graph() }
        let node = try graph.createNode(labels: [])
        try graph.setProperty(node, age, Cell(sign * round))
        _ = try graph.createRelationship(
          type: knows, from: node, to: NodeID(rawValue: isLeft ? 1 : 2))
        if isLeft { left = graph } else { right = graph }
      }
    }
    for (graph, sign, end) in [(left, 1 as Int64, 1 as UInt32), (right, -1, 2)] {
      let reader = try #require(graph.nodeProperties(age))
      for round in 0..<100 {
        #expect(reader.borrowedCell(row: 10_000 + round).integer == sign * Int64(round))
        let ends = graph.ends(of: RelationshipID(rawValue: UInt32(40_000 + round)))
        #expect(ends.start.rawValue == UInt32(10_000 + round))
        #expect(ends.end.rawValue == end)
      }
      graph.checkInvariants()
    }
  }

  @Test func whatADroppedCopyWroteIsNeverSeen() throws {
    var graph = try sample()
    let node = try graph.createNode(labels: [])
    var dropped = graph
    let lost = try dropped.createNode(labels: [])
    try dropped.setProperty(lost, age, Cell(7 as Int64))
    dropped = graph
    let kept = try graph.createNode(labels: [])
    #expect(kept == lost)
    let reader = try #require(graph.nodeProperties(age))
    #expect(!reader.contains(row: Int(kept.rawValue)))
    try graph.setProperty(node, age, Cell(8 as Int64))
    try graph.setProperty(kept, age, Cell(9 as Int64))
    let after = try #require(graph.nodeProperties(age))
    #expect(after.borrowedCell(row: Int(node.rawValue)).integer == 8)
    #expect(after.borrowedCell(row: Int(kept.rawValue)).integer == 9)
  }

  @Test func copiesAreReadByOtherTasksWhileOneIsWritten() async throws {
    var graph = try sample()
    let snapshot = graph
    let image = try GraphImage(snapshot)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<2 { group.addTask { try image.differences(from: snapshot).isEmpty } }
      for i in 0..<2_000 as Range<UInt32> {
        try graph.setProperty(NodeID(rawValue: i), age, .null)
        _ = try graph.createRelationship(
          type: knows, from: NodeID(rawValue: i), to: NodeID(rawValue: i % 7))
      }
      for try await same in group { #expect(same) }
    }
  }
}
