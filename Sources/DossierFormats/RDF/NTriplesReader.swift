import Dossier
import DossierSyntax

/// Reads N-Triples 1.1 as a property graph.
///
/// Subjects and objects that are IRIs or blank nodes are nodes with the property `uri` (blank nodes:
/// their label in the file, with `_:` before it). `rdf:type` gives a label; other predicates are
/// relationship types or, with a literal as object, property keys, named by what follows the last `#`,
/// `/` or `:` of the IRI. Several literals of one key make a list. Literals of XML Schema's integer,
/// decimal, float, boolean and date types are typed; a language is kept in a property `key@language`.
struct NTriplesReader {
  private let file: FileBytes
  private var draft = GraphDraft()
  private var scanner: NTriplesScanner
  private var nodeNames = NameTable()
  private var uriKey: UInt32 = 0
  /// Local names of predicates and classes by their IRIs.
  private var localNames = NameTable()
  private var locals: [ByteString] = []
  /// The values of each node and key in the order of the file; made into properties at the end.
  private var literalIndex: [UInt64: Int] = [:]
  private var literals: [(node: UInt32, key: UInt32, place: Int, values: [Value])] = []

  private init(_ file: FileBytes) {
    self.file = file
    draft.files.append(file)
    scanner = NTriplesScanner(file, pool: draft.pool)
    uriKey = draft.keyNames.intern(draft.pool.add("uri".utf8)).number
  }

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = NTriplesReader(file)
    while true {
      do throws(QueryError) {
        guard let triple = try reader.scanner.next() else { break }
        try reader.add(triple)
      } catch {
        try bad.note(error)
        reader.scanner.skipLine()
      }
    }
    for entry in reader.literals {
      let value = entry.values.count == 1 ? entry.values[0] : .list(entry.values)
      do throws(QueryError) {
        try reader.draft.setProperty(
          of: .node(entry.node), key: entry.key, to: reader.draft.keep(value),
          at: GraphDraft.Place(file: 0, offset: entry.place))
      } catch {
        try bad.note(error)
      }
    }
    return reader.draft
  }

  private mutating func add(_ triple: NTriplesScanner.Triple) throws(QueryError) {
    let place = GraphDraft.Place(file: 0, offset: triple.offset)
    let subject = try node(triple.subject, place)
    switch triple.object {
    case .resource(let name):
      if triple.predicate.equals("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        name.buffer.first != UInt8(ascii: "_")
      {
        let label = draft.labelNames.intern(localName(name)).number
        return try draft.addLabel(label, to: subject, at: place)
      }
      let object = try node(name, place)
      let type = draft.typeNames.intern(localName(triple.predicate)).number
      _ = try draft.addRelationship(type: type, start: subject, end: object, at: place)
    case .literal(let text, let type, let language):
      var key = localName(triple.predicate)
      if let language {
        key = draft.pool.add(Array(key.buffer) + [UInt8(ascii: "@")] + Array(language.buffer))
      }
      let number = draft.keyNames.intern(key).number
      append(Self.value(text, type), subject, number, at: triple.offset)
    }
  }

  private mutating func append(_ value: Value, _ node: UInt32, _ key: UInt32, at offset: Int) {
    let slot = UInt64(node) << 32 | UInt64(key)
    if let index = literalIndex[slot] {
      if !literals[index].values.contains(where: { StoredValue.isSame($0, value) }) {
        literals[index].values.append(value)
      }
    } else {
      literalIndex[slot] = literals.count
      literals.append((node, key, offset, [value]))
    }
  }

  private mutating func node(
    _ name: ByteString, _ place: GraphDraft.Place
  ) throws(QueryError) -> UInt32 {
    let (number, isNew) = nodeNames.intern(name)
    if !isNew { return number }
    let node = try draft.addNode(at: place)
    try draft.appendProperty(of: .node(node), key: uriKey, to: .string(name), at: place)
    return node
  }

  /// What follows the last `#`, `/` or `:`; the whole IRI when nothing does.
  private mutating func localName(_ iri: ByteString) -> ByteString {
    let (number, isNew) = localNames.intern(iri)
    if !isNew { return locals[Int(number)] }
    let bytes = iri.buffer
    var start = 0
    for index in bytes.indices
    where [UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: ":")].contains(bytes[index]) {
      if index + 1 < bytes.count { start = index + 1 }
    }
    let local = ByteString(start: iri.start + start, count: bytes.count - start)
    locals.append(local)
    return local
  }

  /// The value of a literal; a string where the text does not fit the type.
  private static func value(_ text: ByteString, _ type: ByteString?) -> Value {
    let prefix = "http://www.w3.org/2001/XMLSchema#"
    guard let type, type.buffer.starts(with: prefix.utf8) else { return .string(text.string) }
    let name = String(decoding: type.buffer.dropFirst(prefix.utf8.count), as: UTF8.self)
    switch name {
    case "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
      "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
      "unsignedByte":
      if case .integer(let value) = NumberText.parse(text.buffer) { return .integer(value) }
    case "decimal", "double", "float":
      switch NumberText.parse(text.buffer) {
      case .integer(let value): return .float(Double(value))
      case .float(let value): return .float(value)
      default: break
      }
      if text.equals("NaN") { return .float(.nan) }
      if text.equals("INF") { return .float(.infinity) }
      if text.equals("-INF") { return .float(-.infinity) }
    case "boolean":
      if text.equals("true") || text.equals("1") { return .boolean(true) }
      if text.equals("false") || text.equals("0") { return .boolean(false) }
    case "date": return TemporalText.date.value(text.string) ?? .string(text.string)
    case "dateTime":
      return TemporalText.dateTime.value(text.string)
        .flatMap { hasZone(text) ? $0 : nil }
        ?? TemporalText.localDateTime.value(text.string) ?? .string(text.string)
    case "duration", "dayTimeDuration", "yearMonthDuration":
      return TemporalText.duration.value(text.string) ?? .string(text.string)
    default: break
    }
    return .string(text.string)
  }

  private static func hasZone(_ text: ByteString) -> Bool {
    let tail = text.buffer.drop { $0 != UInt8(ascii: "T") }
    return tail.contains(UInt8(ascii: "Z")) || tail.contains(UInt8(ascii: "+"))
      || tail.contains(UInt8(ascii: "-"))
  }
}
