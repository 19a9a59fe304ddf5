import Dossier
import DossierSyntax

/// Reads GEXF 1.1 to 1.3.
///
/// The identifier of a node is its property `id`, its label the property `label`; attributes have the
/// names of their titles, and an attribute titled `labels` holds the node's labels. The type of a
/// relationship is the edge's `kind`, else its label, else `linked-to`; `weight` is a property.
/// Spells are valid time: `from` and `to`, dates where the file says so. Colours, sizes and positions
/// are not kept.
struct GEXFReader {
  private struct Attribute {
    var title: ByteString
    var type: XMLValueType
    var defaultValue: ByteString?
  }

  /// The attributes of nodes or of edges.
  private struct Declarations {
    var numbers = NameTable()
    var attributes: [Attribute] = []
  }

  private var graph: XMLGraph
  private var scanner: XMLScanner
  private var bad = BadRecords()
  /// True within an element that is left out as a whole, with the elements in it, when it is bad.
  private var isInRecord = false
  private var nodeAttributes = Declarations()
  private var edgeAttributes = Declarations()
  private var declaresEdges = false
  private var timeIsDate = false
  private var isUndirected = true

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

  private mutating func readElement() throws(QueryError) {
    if scanner.name.equals("graph") {
      let format = scanner.attribute("timeformat") ?? scanner.attribute("timetype")
      timeIsDate = format.map { $0.equals("date") || $0.equals("dateTime") } ?? false
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

  private func required(_ name: StaticString) throws(QueryError) -> ByteString {
    guard let value = scanner.attribute(name) else {
      throw scanner.error("the element `\(scanner.name.string)` needs the attribute `\(name)`")
    }
    return value
  }

  // MARK: Attributes

  private mutating func readDeclaration() throws(QueryError) {
    let id = try required("id")
    var attribute = Attribute(
      title: scanner.attribute("title") ?? id, type: XMLValueType(scanner.attribute("type")))
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

  private mutating func readValue(
    _ element: GraphDraft.Element, _ given: inout [UInt32]
  ) throws(QueryError) {
    let offset = scanner.offset
    guard let id = scanner.attribute("for") ?? scanner.attribute("id") else {
      throw scanner.error("the element `attvalue` needs the attribute `for`")
    }
    let text = try required("value")
    let declarations = if case .node = element { nodeAttributes } else { edgeAttributes }
    var attribute = Attribute(title: id, type: .string)
    if let number = declarations.numbers.find(id) {
      if given.contains(number) {
        graph.warn("of an attribute that changes over time only the first value is kept")
        return
      }
      given.append(number)
      attribute = declarations.attributes[Int(number)]
    } else {
      graph.warn("values of attributes that are not declared are read as strings")
    }
    try add(attribute, text, to: element, at: offset)
  }

  private mutating func add(
    _ attribute: Attribute, _ text: ByteString, to element: GraphDraft.Element, at offset: Int
  ) throws(QueryError) {
    if case .node(let node) = element, attribute.title.equals("labels") {
      for piece in XMLListText.pieces(of: text, graph.draft.pool) {
        try graph.addLabel(piece, to: node, at: offset)
      }
      return
    }
    guard let value = attribute.type.value(text, &graph.draft) else {
      throw scanner.error(
        "attribute `\(attribute.title.string)`: expected \(attribute.type.name)", at: offset)
    }
    try graph.setProperty(element, attribute.title, value, at: offset)
  }

  // MARK: Elements

  private mutating func readNode() throws(QueryError) {
    let offset = scanner.offset
    let id = try required("id")
    let node = try graph.addNode(id, at: offset)
    let label = scanner.attribute("label")
    try readContent(.node(node))
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
    let relationship = try graph.addRelationship(
      from: try required("source"), to: try required("target"), at: offset)
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
    if let label, scanner.attribute("kind") != nil {
      try graph.setProperty(element, graph.name("label"), .string(label), at: offset)
    }
    try readContent(element)
  }

  /// The attribute values and spells of a node or an edge. Nodes in nodes are read as if they stood
  /// beside them.
  private mutating func readContent(_ element: GraphDraft.Element) throws(QueryError) {
    var given: [UInt32] = []
    try readSpell(element, isFirst: true)
    var spells = 0
    var depth = 1
    while depth > 0 {
      switch try scanner.next() {
      case .start:
        depth += 1
        if scanner.name.equals("attvalue") {
          try readValue(element, &given)
        } else if scanner.name.equals("spell") {
          try readSpell(element, isFirst: spells == 0)
          spells += 1
        } else if scanner.name.equals("node") || scanner.name.equals("edge") {
          try readElement()
          depth -= 1
        } else if scanner.name.equals("color") || scanner.name.equals("position")
          || scanner.name.equals("size") || scanner.name.equals("shape")
        {
          graph.warn("colours, sizes, shapes and positions are not kept")
        }
      case .end: depth -= 1
      case .endOfFile: return
      case .text: break
      }
    }
    let declarations = if case .node = element { nodeAttributes } else { edgeAttributes }
    for (number, attribute) in declarations.attributes.enumerated() {
      guard let text = attribute.defaultValue, !given.contains(UInt32(number)) else { continue }
      try add(attribute, text, to: element, at: scanner.offset)
    }
  }

  /// The time that the attributes `start` and `end` of the last tag name.
  private mutating func readSpell(
    _ element: GraphDraft.Element, isFirst: Bool
  ) throws(QueryError) {
    let offset = scanner.offset
    let start = scanner.attribute("start")
    let end = scanner.attribute("end")
    if start == nil && end == nil { return }
    guard isFirst else {
      graph.warn("of several spells only the first is kept")
      return
    }
    for (key, text) in [("from", start), ("to", end)] {
      guard let text, text.count > 0 else { continue }
      try graph.setProperty(element, graph.name(key), try time(text), at: offset)
    }
  }

  private mutating func time(_ text: ByteString) throws(QueryError) -> GraphDraft.PropertyValue {
    if timeIsDate {
      let string = text.string
      if let date = TemporalText.date.value(string) { return graph.draft.keep(date) }
      if let time = TemporalText.dateTime.value(string) { return graph.draft.keep(time) }
      if let time = TemporalText.localDateTime.value(string) { return graph.draft.keep(time) }
      throw scanner.error("expected a date like 2021-01-14")
    }
    switch NumberText.parse(text.buffer) {
    case .integer(let value): return .integer(value)
    case .float(let value): return .float(value)
    default: return .string(text)
    }
  }
}
