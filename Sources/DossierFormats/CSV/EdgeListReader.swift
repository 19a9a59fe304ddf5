import Dossier
import DossierSyntax

/// Reads lists of edges: two names per line, separated by blanks, tabs or commas.
///
/// Lines that open with `#` or `%` are comments. Each name becomes a node with the label `Node` and the
/// property `id`, an integer where it is one; each line a relationship `linked-to`. A third field is
/// the relationship's `weight` where the first line has a number there; else the fields are subject,
/// relation and object, and the relation is the type.
struct EdgeListReader {
  private let file: FileBytes
  private var draft = GraphDraft()
  private var names = NameTable()
  private var key: UInt32 = 0
  private var weight: UInt32 = 0
  private var label: UInt32 = 0
  private var linkType: UInt32 = 0
  /// The fields of the line that is read.
  private var fields: [ByteString] = []
  /// The number of fields and their meaning, as the first line has them.
  private var shape: (count: Int, hasWeight: Bool)?
  private var at: Int

  private init(_ file: FileBytes) {
    self.file = file
    at = file.firstOffset
    draft.files.append(file)
    draft.joinsByID = true
  }

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = EdgeListReader(file)
    reader.key = reader.draft.keyNames.intern(reader.draft.pool.add("id".utf8)).number
    reader.label = reader.draft.labelNames.intern(reader.draft.pool.add("Node".utf8)).number
    while reader.at < file.count {
      do throws(QueryError) {
        try reader.readLine()
      } catch {
        try bad.note(error)
        reader.skipLine()
      }
    }
    return reader.draft
  }

  private mutating func skipLine() {
    while at < file.count && file.start[at] != 0x0A && file.start[at] != 0x0D { at += 1 }
    at += 1
  }

  private mutating func readLine() throws(QueryError) {
    let start = at
    let bytes = file.start
    if bytes[at] == UInt8(ascii: "#") || bytes[at] == UInt8(ascii: "%") { return skipLine() }
    fields.removeAll(keepingCapacity: true)
    while at < file.count && bytes[at] != 0x0A && bytes[at] != 0x0D {
      if isSeparator(bytes[at]) {
        at += 1
        continue
      }
      let first = at
      while at < file.count && !isSeparator(bytes[at]) && bytes[at] != 0x0A && bytes[at] != 0x0D {
        at += 1
      }
      fields.append(ByteString(start: bytes + first, count: at - first))
      if fields.count > 3 { throw wrongCount(fields.count, at: first) }
    }
    if !fields.isEmpty { try addLine(at: start) }
    at += 1
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",")
  }

  private func wrongCount(_ count: Int, at offset: Int) -> QueryError {
    file.error(
      .wrongColumnCount, "a line of an edge list has two or three fields, all lines alike",
      at: offset)
  }

  private mutating func addLine(at offset: Int) throws(QueryError) {
    if shape == nil && fields.count >= 2 { learn() }
    guard let shape, fields.count == shape.count else {
      throw wrongCount(fields.count, at: offset)
    }
    let place = GraphDraft.Place(file: 0, offset: offset)
    let isTriple = shape.count == 3 && !shape.hasWeight
    let value = shape.hasWeight ? try number(fields[2]) : .null
    let start = try node(fields[0], place)
    let end = try node(fields[isTriple ? 2 : 1], place)
    let type = isTriple ? draft.typeNames.intern(fields[1]).number : linkType
    let relationship = try draft.addRelationship(type: type, start: start, end: end, at: place)
    try draft.appendProperty(of: .relationship(relationship), key: weight, to: value, at: place)
  }

  private func number(_ field: ByteString) throws(QueryError) -> GraphDraft.PropertyValue {
    switch NumberText.parse(field.buffer) {
    case .integer(let number): return .integer(number)
    case .float(let number): return .float(number)
    default:
      let offset = field.start - file.start
      throw file.error(.invalidData, "expected a number, the weight of the edge", at: offset)
    }
  }

  private mutating func learn() {
    var hasWeight = false
    if fields.count == 3 {
      switch NumberText.parse(fields[2].buffer) {
      case .integer, .float: hasWeight = true
      default: break
      }
    }
    shape = (fields.count, hasWeight)
    if hasWeight { weight = draft.keyNames.intern(draft.pool.add("weight".utf8)).number }
    if fields.count == 2 || hasWeight {
      linkType = draft.typeNames.intern(draft.pool.add("linked-to".utf8)).number
    }
  }

  private mutating func node(
    _ name: ByteString, _ place: GraphDraft.Place
  ) throws(QueryError) -> UInt32 {
    let (number, isNew) = names.intern(name)
    if !isNew { return number }
    let node = try draft.addNode(at: place)
    try draft.addLabel(label, to: node, at: place)
    var value = GraphDraft.PropertyValue.string(name)
    if case .integer(let number) = NumberText.parse(name.buffer) { value = .integer(number) }
    try draft.appendProperty(of: .node(node), key: key, to: value, at: place)
    return node
  }
}
