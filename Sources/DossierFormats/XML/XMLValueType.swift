import Dossier
import DossierSyntax

/// The declared types of values in GraphML and GEXF.
indirect enum XMLValueType {
  case string
  case integer
  case float
  case boolean
  case temporal(TemporalText)
  /// Elements separated by `|`, `,` or `;`, or in brackets with quotes, as GEXF has lists.
  case list(XMLValueType)
  /// A JSON array of property values of any types.
  case mixedList

  /// The type of a name; strings for names that nobody knows.
  init(_ name: ByteString?) {
    guard let name else {
      self = .string
      return
    }
    switch String(
      decoding: name.buffer.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    {
    case "int", "integer", "long", "short", "byte", "biginteger": self = .integer
    case "float", "double", "bigdecimal": self = .float
    case "boolean", "bool": self = .boolean
    case "liststring", "listchar": self = .list(.string)
    case "listinteger", "listlong", "listshort", "listbyte": self = .list(.integer)
    case "listfloat", "listdouble": self = .list(.float)
    case "listboolean": self = .list(.boolean)
    default: self = .string
    }
  }

  /// The type of a name with the attribute `valuetype`, which `XMLDeclarations` explains.
  init(_ name: ByteString?, valueType: ByteString?) {
    self.init(name)
    guard let valueType else { return }
    if case .list(.string) = self, valueType.equals("any") {
      self = .mixedList
    } else if let temporal = TemporalText(name: valueType.buffer) {
      switch self {
      case .string: self = .temporal(temporal)
      case .list(.string): self = .list(.temporal(temporal))
      default: break
      }
    }
  }

  /// The type of lists of the elements that a name and the attribute `valuetype` tell.
  init(listOf name: ByteString, valueType: ByteString?) {
    if valueType?.equals("any") ?? false {
      self = .mixedList
    } else {
      self = .list(XMLValueType(name, valueType: valueType))
    }
  }

  /// A value of the type; nil when the text is none.
  func value(_ text: ByteString, _ draft: inout GraphDraft) -> GraphDraft.PropertyValue? {
    switch self {
    case .string: return .string(text)
    case .integer:
      switch NumberText.parse(text.trimmed.buffer) {
      case .integer(let value): return .integer(value)
      case .float(let value): return Int64(exactly: value).map { .integer($0) }
      default: return nil
      }
    case .float:
      let trimmed = text.trimmed
      switch NumberText.parse(trimmed.buffer) {
      case .integer(let value): return .float(Double(value))
      case .float(let value): return .float(value)
      case .outOfRange: return nil
      case .malformed: return Self.special(trimmed)
      }
    case .boolean:
      let trimmed = text.trimmed
      if trimmed.equals("true") || trimmed.equals("True") || trimmed.equals("1") {
        return .boolean(true)
      }
      if trimmed.equals("false") || trimmed.equals("False") || trimmed.equals("0") {
        return .boolean(false)
      }
      return nil
    case .temporal(let type): return type.value(text.trimmed.string).map { draft.keep($0) }
    case .mixedList: return Self.mixedList(text, &draft)
    case .list(let element):
      var elements: [Value] = []
      for piece in XMLListText.pieces(of: text, draft.pool) {
        guard let value = element.value(piece, &draft) else { return nil }
        elements.append(draft.value(value))
      }
      return draft.keep(.list(elements))
    }
  }

  private static func mixedList(
    _ text: ByteString, _ draft: inout GraphDraft
  ) -> GraphDraft.PropertyValue? {
    guard let file = try? FileBytes(path: "", bytes: text.buffer) else { return nil }
    var tape = JSONTape(file, pool: draft.pool)
    guard let end = try? tape.read(at: file.firstOffset), end == file.count,
      tape.entries[0].kind == .array
    else { return nil }
    return try? JSONPropertyValue.value(tape, 0, &draft)
  }

  private static func special(_ text: ByteString) -> GraphDraft.PropertyValue? {
    if text.equals("NaN") { return .float(.nan) }
    if text.equals("Infinity") || text.equals("INF") { return .float(.infinity) }
    if text.equals("-Infinity") || text.equals("-INF") { return .float(-.infinity) }
    return nil
  }

  /// True for lists, which can't be elements of lists.
  var isList: Bool {
    switch self {
    case .list, .mixedList: true
    default: false
    }
  }

  /// What a message calls the type.
  var name: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a number"
    case .boolean: "`true` or `false`"
    case .temporal(let type): "a \(type.name)"
    case .list(let element): "a list; each element is \(element.name)"
    case .mixedList: "a JSON array of property values"
    }
  }
}
