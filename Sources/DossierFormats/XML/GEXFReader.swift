import Dossier
import DossierSyntax

/// Reads GEXF 1.1 to 1.3.
///
/// The identifier of a node is its property `id`, its label the property `label`; attributes have the
/// names of their titles, and an attribute titled `labels` holds the node's labels. Where that
/// attribute's identifier is `labels` too, identifiers and labels are names in the file and no
/// properties. The type of a relationship is the edge's `kind`, else its label, else `linked-to`;
/// `weight` is a property. Colours, sizes and positions are not kept.
///
/// Spells, and `start` and `end` of an element, are valid time (`SpellTime`): the properties `from` and
/// `to`, unless the element has attributes of those names. An edge with several spells becomes one
/// relationship per spell. A node with several spells holds from the first start to the last end, and
/// has the list `spells` of texts `start/end` as the file has them. An attribute that changes over time
/// has the list of its values, and a list of that name with ` spells` behind it says when each held.
struct GEXFReader {
  struct Attribute {
    var title: ByteString
    var type: XMLValueType
    var defaultValue: ByteString?
    /// True when the values are labels of nodes.
    var isLabels = false
  }

  /// The attributes of nodes or of edges.
  struct Declarations {
    var numbers = NameTable()
    var attributes: [Attribute] = []
  }

  var graph: XMLGraph
  var scanner: XMLScanner
  private var bad = BadRecords()
  /// True within an element that is left out as a whole, with the elements in it, when it is bad.
  private var isInRecord = false
  var nodeAttributes = Declarations()
  var edgeAttributes = Declarations()
  private var declaresEdges = false
  /// The format of the time axis; nil where the file does not say.
  var timeFormat: SpellTime.Format?
  private var isUndirected = true
  /// True when identifiers and labels of nodes are names in the file, as `GEXFWriter` has them.
  private var namesAreLocal = false

  private init(_ file: FileBytes) {
    graph = XMLGraph(file)
    scanner = XMLScanner(file, pool: graph.draft.pool)
  }

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = GEXFReader(file)
    swap(&reader.bad, &bad)
    defer { swap(&reader.bad, &bad) }
    try reader.readFile()
    try reader.graph.resolve(&reader.bad)
    return reader.graph.draft
  }

  /// Reads a node or an edge or, where it is bad, takes it back and steps over it.
  private mutating func readRecord(
    _ read: (inout GEXFReader) throws(QueryError) -> Void
  ) throws(QueryError) {
    guard bad.keepsGoing, !isInRecord else { return try read(&self) }
    isInRecord = true
    defer { isInRecord = false }
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
    var isFirst = true
    while true {
      switch try scanner.next() {
      case .start:
        guard !isFirst || scanner.name.equals("gexf") else {
          throw scanner.error("expected the element `gexf`")
        }
        isFirst = false
        try readElement()
      case .endOfFile: return
      default: break
      }
    }
  }

  mutating func readElement() throws(QueryError) {
    if scanner.name.equals("graph") {
      let format = scanner.attribute("timeformat") ?? scanner.attribute("timetype")
      timeFormat = format.flatMap { SpellTime.Format($0) }
      isUndirected = !(scanner.attribute("defaultedgetype")?.equals("directed") ?? false)
    } else if scanner.name.equals("attributes") {
      declaresEdges = scanner.attribute("class")?.equals("edge") ?? false
    } else if scanner.name.equals("attribute") {
      try readDeclaration()
    } else if scanner.name.equals("node") {
      try readRecord { (reader) throws(QueryError) in try reader.readNode() }
    } else if scanner.name.equals("edge") {
      try readRecord { (reader) throws(QueryError) in try reader.readEdge() }
    } else if scanner.name.equals("meta") {
      try scanner.skipElement()
    }
  }

  func required(_ name: StaticString) throws(QueryError) -> ByteString {
    guard let value = scanner.attribute(name) else {
      throw scanner.error("the element `\(scanner.name.string)` needs the attribute `\(name)`")
    }
    return value
  }

  // MARK: Attributes

  private mutating func readDeclaration() throws(QueryError) {
    let id = try required("id")
    var attribute = Attribute(
      title: scanner.attribute("title") ?? id,
      type: XMLValueType(scanner.attribute("type"), valueType: scanner.attribute("valuetype")))
    attribute.isLabels = !declaresEdges && attribute.title.equals("labels")
    let isForEdges = declaresEdges
    let offset = scanner.offset
    loop: while true {
      switch try scanner.next() {
      case .start:
        let isDefault = scanner.name.equals("default")
        let text = try scanner.textOfElement()
        if isDefault { attribute.defaultValue = text }
      case .end, .endOfFile: break loop
      case .text: break
      }
    }
    let isNew =
      isForEdges
      ? edgeAttributes.numbers.intern(id).isNew : nodeAttributes.numbers.intern(id).isNew
    if attribute.isLabels && id.equals("labels") { namesAreLocal = true }
    if namesAreLocal && !id.equals("labels") { attribute.isLabels = false }
    guard isNew else {
      throw scanner.error(
        "the attribute `\(id.string)` is declared twice", at: offset, code: .duplicateIdentifier)
    }
    if isForEdges {
      edgeAttributes.attributes.append(attribute)
    } else {
      nodeAttributes.attributes.append(attribute)
    }
  }

  // MARK: Elements

  private mutating func readNode() throws(QueryError) {
    let offset = scanner.offset
    let id = try required("id")
    let node = try graph.addNode(id, at: offset)
    let label = scanner.attribute("label")
    let spells = try readContent(.node(node))
    try setTime(of: node, to: spells, at: offset)
    if namesAreLocal { return }
    try setUnlessGiven(.node(node), "id", id, at: offset)
    if let label { try setUnlessGiven(.node(node), "label", label, at: offset) }
  }

  private mutating func setUnlessGiven(
    _ element: GraphDraft.Element, _ key: String, _ text: ByteString, at offset: Int
  ) throws(QueryError) {
    let name = graph.name(key)
    let number = graph.draft.keyNames.intern(name).number
    if graph.draft.property(of: element, key: number) == nil {
      try graph.setProperty(element, name, .string(text), at: offset)
    }
  }

  private mutating func readEdge() throws(QueryError) {
    let offset = scanner.offset
    let source = try required("source")
    let target = try required("target")
    let relationship = try graph.addRelationship(from: source, to: target, at: offset)
    let label = scanner.attribute("label")
    let type = scanner.attribute("kind") ?? label
    graph.setType(
      relationship, type.flatMap { $0.count > 0 ? $0 : nil } ?? graph.name("linked-to"))
    let element = GraphDraft.Element.relationship(relationship)
    if let weight = scanner.attribute("weight") {
      guard let value = XMLValueType.float.value(weight, &graph.draft) else {
        throw scanner.error("attribute `weight`: expected a number")
      }
      try graph.setProperty(element, graph.name("weight"), value, at: offset)
    }
    let direction = scanner.attribute("type")
    if direction.map({ !$0.equals("directed") }) ?? isUndirected {
      graph.warn("undirected edges are stored as relationships from source to target")
    }
    if let label, scanner.attribute("kind") != nil, !namesAreLocal {
      try graph.setProperty(element, graph.name("label"), .string(label), at: offset)
    }
    let spells = try readContent(element)
    for spell in spells.dropFirst() {
      let copy = try graph.addCopy(of: relationship, from: source, to: target, at: offset)
      try setTime(of: .relationship(copy), to: spell, at: offset)
    }
    if let first = spells.first { try setTime(of: element, to: first, at: offset) }
  }
}
