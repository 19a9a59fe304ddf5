import DossierSyntax

/// Writes that make, change and delete elements.
extension Graph {
  // MARK: Nodes

  /// Makes a node; labels may repeat. Errors: `memoryLimit` when all node ids are used up.
  mutating func createNode(labels: [LabelID]) throws(QueryError) -> NodeID {
    guard nodeIDBound < Self.elementLimit else { throw Self.exhausted("node") }
    let row = nodeIDBound
    let index = row >> Page.shift
    let page = PageDirectory.writable(index, in: &nodePages)
    _ = Bitmap.insert(page.existence, row & Page.mask)
    for label in labels
    where Bitmap.insert(
      page.writableBitmap(label: label.rawValue), row & Page.mask)
    {
      Self.add(1, at: Int(label.rawValue), to: &labelCounts)
    }
    nodePages.refresh(index, page)
    nodeIDBound += 1
    nodeCount += 1
    return NodeID(rawValue: UInt32(row))
  }

  /// Gives a node a label; true when it did not have it. Errors: `deletedEntityAccess`.
  @discardableResult
  mutating func addLabel(_ node: NodeID, _ label: LabelID) throws(QueryError) -> Bool {
    guard contains(node) else { throw Self.missing(node) }
    guard !hasLabel(node, label) else { return false }
    let row = Int(node.rawValue)
    let index = row >> Page.shift
    let page = PageDirectory.writable(index, in: &nodePages)
    _ = Bitmap.insert(page.writableBitmap(label: label.rawValue), row & Page.mask)
    nodePages.refresh(index, page)
    Self.add(1, at: Int(label.rawValue), to: &labelCounts)
    countLabel(label, of: node, 1)
    return true
  }

  /// Takes a label from a node; true when it had it. Errors: `deletedEntityAccess`.
  @discardableResult
  mutating func removeLabel(_ node: NodeID, _ label: LabelID) throws(QueryError) -> Bool {
    guard contains(node) else { throw Self.missing(node) }
    guard hasLabel(node, label) else { return false }
    let row = Int(node.rawValue)
    let page = PageDirectory.writable(row >> Page.shift, in: &nodePages)
    _ = Bitmap.remove(page.writableBitmap(label: label.rawValue), row & Page.mask)
    Self.add(-1, at: Int(label.rawValue), to: &labelCounts)
    countLabel(label, of: node, -1)
    return true
  }

  /// Deletes a node with its labels and properties; nothing happens when it does not exist.
  ///
  /// Precondition: its degree is 0.
  mutating func deleteNode(_ node: NodeID) {
    guard contains(node) else { return }
    let row = Int(node.rawValue)
    let page = PageDirectory.writable(row >> Page.shift, in: &nodePages)
    page.remove(row: row & Page.mask) { label in
      Self.add(-1, at: Int(label), to: &labelCounts)
    }
    Self.removeAll(row, in: &nodeColumns)
    nodeCount -= 1
  }

  // MARK: Relationships

  /// Makes a relationship between two elements, which may be the same node. Where one of them is a
  /// relationship, the new one gets the type of the same name for its shape.
  ///
  /// Errors: `deletedEntityAccess` when an end does not exist, `memoryLimit` when all relationship
  /// ids are used up.
  mutating func createRelationship(
    type name: RelationshipTypeID, from start: ElementID, to end: ElementID
  ) throws(QueryError) -> RelationshipID {
    for element in [start, end] where !contains(element) { throw Self.missing(element) }
    let shape = RelationshipShape(start: start.kind, end: end.kind)
    return try createRelationship(
      catalog.relationshipType(name, as: shape), start.rawValue, end.rawValue)
  }

  /// Makes a relationship between two nodes, which may be the same. Errors: as above.
  mutating func createRelationship(
    type: RelationshipTypeID, from start: NodeID, to end: NodeID
  ) throws(QueryError) -> RelationshipID {
    guard contains(start) else { throw Self.missing(start) }
    guard contains(end) else { throw Self.missing(end) }
    return try createRelationship(type, start.rawValue, end.rawValue)
  }

  private mutating func createRelationship(
    _ type: RelationshipTypeID, _ start: UInt32, _ end: UInt32
  ) throws(QueryError) -> RelationshipID {
    guard relationshipIDBound < Self.elementLimit else { throw Self.exhausted("relationship") }
    let row = relationshipIDBound
    let id = UInt32(row)
    let page = PageDirectory.writable(row >> Page.shift, in: &relationshipPages)
    withUnsafePointer(to: start) { start in
      withUnsafePointer(to: end) { end in
        page.store(type.rawValue, start, end, at: row & Page.mask, count: 1)
      }
    }
    relationshipPages.refresh(row >> Page.shift, page)
    Self.link(type, start, end, id, in: &outgoing)
    Self.link(type, end, start, id, in: &incoming)
    Self.add(1, at: Int(type.rawValue), to: &typeCounts)
    countEnds(type, from: start, to: end, 1)
    relationshipIDBound += 1
    relationshipCount += 1
    return RelationshipID(rawValue: id)
  }

  /// Deletes a relationship with its properties; nothing happens when it does not exist. What is said
  /// about it must be deleted, too.
  mutating func deleteRelationship(_ relationship: RelationshipID) {
    guard contains(relationship) else { return }
    let row = Int(relationship.rawValue)
    let (type, startNode, endNode) = ends(of: relationship)
    let (start, end) = (startNode.rawValue, endNode.rawValue)
    let page = PageDirectory.writable(row >> Page.shift, in: &relationshipPages)
    _ = Bitmap.remove(page.existence, row & Page.mask)
    let id = relationship.rawValue
    Self.unlink(type, start, end, id, in: &outgoing)
    Self.unlink(type, end, start, id, in: &incoming)
    Self.removeAll(row, in: &relationshipColumns)
    Self.add(-1, at: Int(type.rawValue), to: &typeCounts)
    countEnds(type, from: start, to: end, -1)
    relationshipCount -= 1
  }

  // MARK: Parts

  private static func link(
    _ type: RelationshipTypeID, _ near: UInt32, _ far: UInt32, _ relationship: UInt32,
    in directories: inout ContiguousArray<PageDirectory<AdjacencyPage>?>
  ) {
    write(type, page: Int(near) >> Page.shift, in: &directories) { page in
      page.insert(Int(near) & Page.mask, neighbour: far, relationship: relationship)
    }
  }

  private static func unlink(
    _ type: RelationshipTypeID, _ near: UInt32, _ far: UInt32, _ relationship: UInt32,
    in directories: inout ContiguousArray<PageDirectory<AdjacencyPage>?>
  ) {
    write(type, page: Int(near) >> Page.shift, in: &directories) { page in
      page.remove(Int(near) & Page.mask, neighbour: far, relationship: relationship)
    }
  }

  @inline(__always)
  private static func write(
    _ type: RelationshipTypeID, page index: Int,
    in directories: inout ContiguousArray<PageDirectory<AdjacencyPage>?>,
    _ change: (AdjacencyPage) -> Void
  ) {
    let type = Int(type.rawValue)
    while directories.count <= type { directories.append(nil) }
    if directories[type] == nil { directories[type] = PageDirectory() }
    let page = PageDirectory.writable(index, in: &directories[type].unsafelyUnwrappedInPlace)
    change(page)
    directories[type]?.refresh(index, page)
  }

  static func add(_ difference: Int, at index: Int, to counts: inout ContiguousArray<Int>) {
    while counts.count <= index { counts.append(0) }
    counts[index] += difference
  }

  static func exhausted(_ kind: String) -> QueryError {
    QueryError(
      .memoryLimit, "the graph has used up all \(kind) ids",
      help: "ids are never given again; write the graph to a file and load it into a new one")
  }
}

extension Optional {
  /// The value for writing in place, without a second reference to it. Precondition: not nil.
  var unsafelyUnwrappedInPlace: Wrapped {
    @inline(__always) get { unsafelyUnwrapped }
    @inline(__always) _modify { yield &self! }
  }
}
