import DossierSyntax

/// A property graph as a value: copies share pages until one of them writes a page.
///
/// Copying costs one reference count. A write on a graph whose pages nobody else holds is in
/// place; else it copies the pages it touches, and no more. A write that fails changes nothing.
/// Readers (`AdjacencyReader`, `PropertyReader`) taken from a graph keep seeing it as it was.
///
/// Sendable because everything it refers to is immutable while shared (pages, directories,
/// columns) or locked (catalog, strings).
struct Graph: Sendable {
  /// The highest number of elements of a kind; the id 2^32 - 1 stands for "none" in columns.
  static let elementLimit = Int(UInt32.max)

  /// Written only while uniquely referenced.
  private nonisolated(unsafe) var storage: GraphStorage

  /// A graph without elements.
  init(catalog: Catalog = Catalog(), strings: StringDictionary = StringDictionary()) {
    storage = GraphStorage.make(GraphParts(catalog: catalog, strings: strings))
  }

  /// The parts for reading, as long as the graph is held.
  var parts: UnsafePointer<GraphParts> {
    @inline(__always) get { UnsafePointer(storage.parts) }
  }

  /// The parts for writing, which no other graph has then.
  var ownParts: UnsafeMutablePointer<GraphParts> {
    @inline(__always) mutating get {
      if !isKnownUniquelyReferenced(&storage) { storage = GraphStorage.make(storage.parts.pointee) }
      return storage.parts
    }
  }

  /// Keeps the parts alive up to here.
  @inline(__always)
  func holdParts() { withExtendedLifetime(storage) {} }

  // MARK: Elements

  @inline(__always)
  func contains(_ node: NodeID) -> Bool {
    let row = Int(node.rawValue)
    return Bitmap.contains(
      NodePage.existence(at: nodePages.address(row >> Page.shift)), row & Page.mask)
  }

  @inline(__always)
  func contains(_ relationship: RelationshipID) -> Bool {
    let row = Int(relationship.rawValue)
    return Bitmap.contains(
      RelationshipPage.existence(at: relationshipPages.address(row >> Page.shift)), row & Page.mask)
  }

  func contains(_ element: ElementID) -> Bool {
    switch element {
    case .node(let id): contains(id)
    case .relationship(let id): contains(id)
    }
  }

  // MARK: Labels

  @inline(__always)
  func hasLabel(_ node: NodeID, _ label: LabelID) -> Bool {
    let row = Int(node.rawValue)
    guard let bits = labelBitmap(page: row >> Page.shift, label) else { return false }
    return Bitmap.contains(bits, row & Page.mask)
  }

  /// The labels of a node, ascending ids; empty for a node that does not exist.
  func labels(of node: NodeID) -> [LabelID] {
    let row = Int(node.rawValue)
    let address = nodePages.address(row >> Page.shift)
    let ids = NodePage.labelIDs(at: address)
    var labels: [LabelID] = []
    for slot in 0..<NodePage.labelCount(at: address)
    where Bitmap.contains(NodePage.bitmap(at: address, slot: slot), row & Page.mask) {
      labels.append(LabelID(rawValue: ids[slot]))
    }
    return labels
  }

  /// How many living nodes have a label. O(1).
  func nodeCount(label: LabelID) -> Int {
    let index = Int(label.rawValue)
    return index < labelCounts.count ? labelCounts[index] : 0
  }

  /// Pages of nodes, 2,048 ids each.
  var nodePageCount: Int { (nodeIDBound + Page.mask) >> Page.shift }

  /// Which nodes of a page have a label, 32 words; nil when none has. Valid until the graph is
  /// written.
  @inline(__always)
  func labelBitmap(page: Int, _ label: LabelID) -> UnsafePointer<UInt64>? {
    NodePage.bitmap(at: nodePages.address(page), label: label.rawValue)
  }

  /// Which nodes of a page exist, 32 words. Valid until the graph is written.
  @inline(__always)
  func nodeBitmap(page: Int) -> UnsafePointer<UInt64> {
    NodePage.existence(at: nodePages.address(page))
  }

  /// Writes the living nodes that have all labels to `ids`, from the next page that has such nodes, and
  /// moves on behind it; returns how many, 0 when there are no more.
  func scanNodes(
    from page: inout Int, labels: [LabelID], into ids: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let end = nodePageCount
    while page < end {
      let found = scanNodes(page: page, labels: labels, into: ids)
      page += 1
      if found > 0 { return found }
    }
    return 0
  }

  /// Writes the living nodes of a page that have all labels to `ids`, ascending; returns how many,
  /// at most 2,048.
  func scanNodes(page: Int, labels: [LabelID], into ids: UnsafeMutablePointer<UInt32>) -> Int {
    let base = UInt32(truncatingIfNeeded: page << Page.shift)
    guard let first = labels.first else {
      return Bitmap.emit(nodeBitmap(page: page), base: base, into: ids)
    }
    guard let firstBits = labelBitmap(page: page, first) else { return 0 }
    if labels.count == 1 { return Bitmap.emit(firstBits, base: base, into: ids) }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Page.words) { words in
      guard let all = words.baseAddress else { return 0 }
      all.initialize(from: firstBits, count: Page.words)
      for label in labels.dropFirst() {
        guard let bits = labelBitmap(page: page, label) else { return 0 }
        for i in 0..<Page.words { all[i] &= bits[i] }
      }
      return Bitmap.emit(all, base: base, into: ids)
    }
  }

  // MARK: Relationships

  /// Type and ends of a relationship, also of a deleted one. Zeros for an id never given out.
  /// Whether the ends are nodes the shape of the type says.
  @inline(__always)
  func ends(
    of relationship: RelationshipID
  ) -> (type: RelationshipTypeID, start: NodeID, end: NodeID) {
    let row = Int(relationship.rawValue)
    let page = relationshipPages.address(row >> Page.shift)
    let place = row & Page.mask
    return (
      RelationshipTypeID(rawValue: RelationshipPage.types(at: page)[place]),
      NodeID(rawValue: RelationshipPage.starts(at: page)[place]),
      NodeID(rawValue: RelationshipPage.ends(at: page)[place])
    )
  }

  /// What stands at the ends of a relationship. O(1).
  func endElements(of relationship: RelationshipID) -> (start: ElementID, end: ElementID) {
    let (type, start, end) = ends(of: relationship)
    let shape = shape(of: type)
    return (
      ElementID(shape.start, rawValue: start.rawValue), ElementID(shape.end, rawValue: end.rawValue)
    )
  }

  /// What stands at the ends of the relationships of a type.
  func shape(of type: RelationshipTypeID) -> RelationshipShape {
    catalog.shape(of: type)
  }

  /// The living relationships that have a relationship at an end. O(types).
  var statementCount: Int {
    guard catalog.hasShapes else { return 0 }
    return typeCounts.indices.reduce(0) { sum, index in
      let type = RelationshipTypeID(rawValue: UInt32(truncatingIfNeeded: index))
      return shape(of: type) == .betweenNodes ? sum : sum + typeCounts[index]
    }
  }

  /// How many living relationships have a type. O(1).
  func relationshipCount(type: RelationshipTypeID) -> Int {
    let index = Int(type.rawValue)
    return index < typeCounts.count ? typeCounts[index] : 0
  }

  /// Pages of relationships, 2,048 ids each.
  var relationshipPageCount: Int { (relationshipIDBound + Page.mask) >> Page.shift }

  /// Which relationships of a page exist, 32 words. Valid until the graph is written.
  func relationshipBitmap(page: Int) -> UnsafePointer<UInt64> {
    RelationshipPage.existence(at: relationshipPages.address(page))
  }

  /// Writes the living relationships of a page to `ids`, ascending; returns how many.
  func scanRelationships(page: Int, into ids: UnsafeMutablePointer<UInt32>) -> Int {
    Bitmap.emit(
      RelationshipPage.existence(at: relationshipPages.address(page)),
      base: UInt32(truncatingIfNeeded: page << Page.shift), into: ids)
  }

  /// The columns of a page of relationships, by place in the page. Valid until the graph is
  /// written.
  func relationshipColumns(
    page: Int
  ) -> (
    types: UnsafePointer<UInt32>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>
  ) {
    let address = relationshipPages.address(page)
    return (
      RelationshipPage.types(at: address), RelationshipPage.starts(at: address),
      RelationshipPage.ends(at: address)
    )
  }

  /// Pages of elements of a kind, 2,048 ids each.
  func pageCount(_ kind: ElementKind) -> Int {
    kind == .node ? nodePageCount : relationshipPageCount
  }

  // MARK: Adjacency

  /// The neighbours by a type in a direction; nil when the graph has no relationship of the type.
  func adjacency(
    _ type: RelationshipTypeID, _ direction: AdjacencyDirection
  ) -> AdjacencyReader? {
    guard relationshipCount(type: type) > 0 else { return nil }
    let directories = direction == .outgoing ? outgoing : incoming
    let index = Int(type.rawValue)
    guard index < directories.count, let pages = directories[index] else { return nil }
    return AdjacencyReader(pages)
  }

  /// How many relationships an element has, all types and both directions; a loop counts twice.
  /// O(types).
  func degree(of element: ElementID) -> Int {
    var total = 0
    forEachList(of: element) { total += $0.count }
    return total
  }

  func degree(of node: NodeID) -> Int { degree(of: .node(node)) }

  /// The relationships of an element, each once, ascending; those of a relationship say something
  /// about it. O(types + degree · log degree).
  func relationships(of element: ElementID) -> [RelationshipID] {
    var ids: [UInt32] = []
    forEachList(of: element) { list in
      ids.append(contentsOf: UnsafeBufferPointer(start: list.relationships, count: list.count))
    }
    ids.sort()
    var result: [RelationshipID] = []
    result.reserveCapacity(ids.count)
    for id in ids where result.last?.rawValue != id { result.append(RelationshipID(rawValue: id)) }
    return result
  }

  func relationships(of node: NodeID) -> [RelationshipID] { relationships(of: .node(node)) }

  private func forEachList(of element: ElementID, _ body: (NeighbourList) -> Void) {
    let row = Int(element.rawValue)
    let directions: [AdjacencyDirection] = [.outgoing, .incoming]
    for (directories, direction) in zip([outgoing, incoming], directions) {
      for (index, pages) in directories.enumerated() {
        let type = RelationshipTypeID(rawValue: UInt32(truncatingIfNeeded: index))
        guard let pages, shape(of: type).near(direction) == element.kind else { continue }
        let list = AdjacencyPage.list(at: pages.address(row >> Page.shift), row & Page.mask)
        if list.count > 0 { body(list) }
      }
    }
  }
}
