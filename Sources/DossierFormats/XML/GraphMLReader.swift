import Dossier
import DossierSyntax

/// Reads GraphML as Neo4j, Gremlin, NetworkX, yEd and Gephi write it.
///
/// * Labels of a node are its attribute `labels` (`:A:B`) or its data `labels` or `labelV`; the type of
///   a relationship is its attribute `label` or its data `label`, `labelE` or `type`, else `linked-to`.
/// * Where an element has the attribute `labels` or `label`, data of that name are a property, unless
///   the key's identifier is `labels` or `label` too, as Neo4j writes both.
/// * A node without an attribute `labels` keeps its identifier as the property `id`, unless it has
///   data of that name.
/// * Undirected edges are relationships from source to target. Hyperedges and ports are not read;
///   nodes and edges of nested graphs are.
/// * Of yEd's drawings only the text of the label is kept, as the property `label`.
struct GraphMLReader {
  private struct Key {
    var name: ByteString
    /// True when the key's identifier is its name, as it is for the keys `labels` and `label` that
    /// Neo4j writes beside the attributes of that name.
    var isCalledByName: Bool
    var type: XMLValueType
    var forNodes: Bool
    var forEdges: Bool
    var isDrawing: Bool
    var defaultValue: ByteString?
    var offset: Int
  }

  private var graph: XMLGraph
  private var scanner: XMLScanner
  private var bad = BadRecords()
  private var keyNumbers = NameTable()
  private var keys: [Key] = []
  private var isUndirected = false
  /// True when the element that is being read has the attribute `labels` or `label`: other data of
  /// that name are properties.
  private var hasOwnName = false

  private init(_ file: FileBytes) {
    graph = XMLGraph(file)
    scanner = XMLScanner(file, pool: graph.draft.pool)
  }

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = GraphMLReader(file)
    swap(&reader.bad, &bad)
    defer { swap(&reader.bad, &bad) }
    try reader.readFile()
    try reader.graph.resolve(&reader.bad)
    return reader.graph.draft
  }

  /// Reads a node or an edge or, where it is bad, takes it back and steps over it.
  private mutating func readRecord(
    _ read: (inout GraphMLReader) throws(QueryError) -> Void
  ) throws(QueryError) {
    guard bad.keepsGoing else { return try read(&self) }
    let depth = scanner.outerDepth
    graph.markRecord()
    do throws(QueryError) {
      try read(&self)
    } catch {
      if scanner.hasFailed { throw error }
      graph.restore()
      try bad.note(error)
      try scanner.leave(to: depth)
    }
  }

  private mutating func readFile() throws(QueryError) {
    guard try nextTag() == .start, scanner.name.equals("graphml") else {
      throw scanner.error("expected the element `graphml`")
    }
    while true {
      switch try scanner.next() {
      case .start:
        if scanner.name.equals("key") {
          try readKey()
        } else if scanner.name.equals("graph") {
          isUndirected = scanner.attribute("edgedefault")?.equals("undirected") ?? false
        } else if scanner.name.equals("node") {
          try readRecord { (reader) throws(QueryError) in try reader.readNode() }
        } else if scanner.name.equals("edge") {
          try readRecord { (reader) throws(QueryError) in try reader.readEdge() }
        } else if scanner.name.equals("hyperedge") {
          graph.warn("hyperedges are not read")
          try scanner.skipElement()
        } else {
          try scanner.skipElement()
        }
      case .endOfFile: return
      default: break
      }
    }
  }

  private mutating func nextTag() throws(QueryError) -> XMLScanner.Event {
    while true {
      let event = try scanner.next()
      if event != .text { return event }
    }
  }

  private func required(_ name: StaticString) throws(QueryError) -> ByteString {
    guard let value = scanner.attribute(name) else {
      throw scanner.error("the element `\(scanner.name.string)` needs the attribute `\(name)`")
    }
    return value
  }

  // MARK: Keys

  private mutating func readKey() throws(QueryError) {
    let id = try required("id")
    let (number, isNew) = keyNumbers.intern(id)
    guard isNew else {
      throw scanner.error("the key `\(id.string)` is declared twice", code: .duplicateIdentifier)
    }
    let domain = scanner.attribute("for")
    let isForAll = domain == nil || domain?.equals("all") == true
    let valueType = scanner.attribute("valuetype")
    var type = XMLValueType(scanner.attribute("attr.type"), valueType: valueType)
    if let list = scanner.attribute("attr.list") {
      type = XMLValueType(listOf: list, valueType: valueType)
    }
    let name = scanner.attribute("attr.name") ?? id
    keys.append(
      Key(
        name: name, isCalledByName: name.hasSameBytes(as: id), type: type,
        forNodes: isForAll || domain?.equals("node") == true,
        forEdges: isForAll || domain?.equals("edge") == true,
        isDrawing: scanner.attribute("yfiles.type") != nil, defaultValue: nil,
        offset: scanner.offset))
    let depth = scanner.depth
    while try nextTag() != .end || scanner.depth >= depth && !scanner.name.equals("key") {
      if scanner.name.equals("default") {
        keys[Int(number)].defaultValue = try scanner.textOfElement()
      }
    }
  }

  /// Gives an element the default values of the keys that it has no data for.
  private mutating func addDefaults(
    _ element: GraphDraft.Element, given: [UInt32]
  ) throws(QueryError) {
    for (number, key) in keys.enumerated() {
      guard let text = key.defaultValue, !key.isDrawing, !given.contains(UInt32(number)) else {
        continue
      }
      switch element {
      case .node: if !key.forNodes { continue }
      case .relationship: if !key.forEdges { continue }
      }
      try addData(element, key, text, at: key.offset)
    }
  }

  private mutating func addData(
    _ element: GraphDraft.Element, _ key: Key, _ text: ByteString, at offset: Int
  ) throws(QueryError) {
    switch element {
    case _ where hasOwnName && !key.isCalledByName: break
    case .node(let node):
      if key.name.equals("labels") && text.buffer.first == UInt8(ascii: ":") {
        return try addLabels(text, to: node, at: offset)
      }
      if key.name.equals("labelV") { return try graph.addLabel(text, to: node, at: offset) }
    case .relationship(let relationship):
      if key.name.equals("label") || key.name.equals("labelE") || key.name.equals("type") {
        if text.trimmed.count > 0 { return graph.setType(relationship, text) }
      }
    }
    guard let value = key.type.value(text, &graph.draft) else {
      throw scanner.error(
        "data of the key `\(key.name.string)`: expected \(key.type.name)", at: offset)
    }
    try graph.setProperty(element, key.name, value, at: offset)
  }

  private mutating func addLabels(
    _ text: ByteString, to node: UInt32, at offset: Int
  ) throws(QueryError) {
    for piece in text.pieces(separatedBy: UInt8(ascii: ":")) where piece.count > 0 {
      try graph.addLabel(piece, to: node, at: offset)
    }
  }

  // MARK: Elements

  private mutating func readNode() throws(QueryError) {
    let offset = scanner.offset
    let id = try required("id")
    let node = try graph.addNode(id, at: offset)
    let labels = scanner.attribute("labels")
    if let labels { try addLabels(labels, to: node, at: offset) }
    hasOwnName = labels != nil
    try readData(.node(node))
    let key = graph.name("id")
    if labels == nil {
      let number = graph.draft.keyNames.intern(key).number
      if graph.draft.property(of: .node(node), key: number) == nil {
        try graph.setProperty(.node(node), key, .string(id), at: offset)
      }
    }
  }

  private mutating func readEdge() throws(QueryError) {
    let offset = scanner.offset
    let relationship = try graph.addRelationship(
      from: try required("source"), to: try required("target"), at: offset)
    graph.setType(relationship, graph.name("linked-to"))
    let type = scanner.attribute("label")
    if let type, type.count > 0 { graph.setType(relationship, type) }
    hasOwnName = type != nil
    let directed = scanner.attribute("directed")
    if directed?.equals("false") ?? isUndirected {
      graph.warn("undirected edges are stored as relationships from source to target")
    }
    try readData(.relationship(relationship))
  }

  /// The `data` elements of a node or an edge. Nested graphs end the data of a node: their elements
  /// follow as if they stood beside it.
  private mutating func readData(_ element: GraphDraft.Element) throws(QueryError) {
    var given: [UInt32] = []
    loop: while true {
      switch try scanner.next() {
      case .start:
        if scanner.name.equals("data") {
          try readDatum(element, &given)
        } else if scanner.name.equals("graph") {
          break loop
        } else {
          try scanner.skipElement()
        }
      case .end, .endOfFile: break loop
      case .text: break
      }
    }
    try addDefaults(element, given: given)
  }

  private mutating func readDatum(
    _ element: GraphDraft.Element, _ given: inout [UInt32]
  ) throws(QueryError) {
    let offset = scanner.offset
    let id = try required("key")
    guard let number = keyNumbers.find(id) else {
      // Neo4j writes data for labels without declaring the key.
      let text = try scanner.textOfElement()
      let key = Key(
        name: id, isCalledByName: true, type: .string, forNodes: true, forEdges: true,
        isDrawing: false, offset: offset)
      return try addData(element, key, text, at: offset)
    }
    given.append(number)
    let key = keys[Int(number)]
    if key.isDrawing {
      return try readDrawing(element)
    }
    try addData(element, key, try scanner.textOfElement(), at: offset)
  }

  /// The label in one of yEd's drawings.
  private mutating func readDrawing(_ element: GraphDraft.Element) throws(QueryError) {
    graph.warn("drawings of nodes and edges are not kept")
    var depth = 1
    while depth > 0 {
      let offset = scanner.offset
      switch try scanner.next() {
      case .start:
        if scanner.name.equals("NodeLabel") || scanner.name.equals("EdgeLabel") {
          let text = try scanner.textOfElement().trimmed
          let key = graph.name("label")
          let number = graph.draft.keyNames.intern(key).number
          if text.count > 0, graph.draft.property(of: element, key: number) == nil {
            try graph.setProperty(element, key, .string(text), at: offset)
          }
        } else {
          depth += 1
        }
      case .end: depth -= 1
      case .endOfFile: return
      case .text: break
      }
    }
  }
}
