import Dossier
import DossierSyntax

/// The declared types of values in GraphML and GEXF.
indirect enum XMLValueType {
  case string
  case integer
  case float
  case boolean
  /// Elements separated by `|`, `,` or `;`, or in brackets with quotes, as GEXF has lists.
  case list(XMLValueType)

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
    case .list(let element):
      var elements: [Value] = []
      for piece in XMLListText.pieces(of: text, draft.pool) {
        guard let value = element.value(piece, &draft) else { return nil }
        elements.append(draft.value(value))
      }
      return draft.keep(.list(elements))
    }
  }

  private static func special(_ text: ByteString) -> GraphDraft.PropertyValue? {
    if text.equals("NaN") { return .float(.nan) }
    if text.equals("Infinity") || text.equals("INF") { return .float(.infinity) }
    if text.equals("-Infinity") || text.equals("-INF") { return .float(-.infinity) }
    return nil
  }

  /// What a message calls the type.
  var name: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a number"
    case .boolean: "`true` or `false`"
    case .list(let element): "a list; each element is \(element.name)"
    }
  }
}

/// Lists as GEXF files write them: `a|b`, `a,b`, `[a, b]`, `['a', "b"]`.
enum XMLListText {
  static func pieces(of text: ByteString, _ pool: BytePool) -> [ByteString] {
    let trimmed = text.trimmed
    if trimmed.count == 0 { return [] }
    let bytes = trimmed.buffer
    guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]"), bytes.count >= 2 else {
      let separators = [UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: ";")]
      guard let separator = separators.first(where: { bytes.contains($0) }) else {
        return [trimmed]
      }
      return trimmed.pieces(separatedBy: separator).map(\.trimmed)
    }
    let inner = ByteString(start: trimmed.start + 1, count: Int(trimmed.count) - 2).trimmed
    return inner.count == 0 ? [] : quotedPieces(inner, pool)
  }

  /// Pieces between commas; quotes and backslashes in them are resolved.
  private static func quotedPieces(_ text: ByteString, _ pool: BytePool) -> [ByteString] {
    var pieces: [ByteString] = []
    var piece: [UInt8] = []
    var quote: UInt8 = 0
    var wasQuoted = false
    var isEscaped = false
    func close() {
      let bytes = pool.add(piece)
      pieces.append(wasQuoted ? bytes : bytes.trimmed)
      piece = []
      wasQuoted = false
    }
    for byte in text.buffer {
      if isEscaped {
        piece.append(byte == UInt8(ascii: "n") ? 0x0A : byte == UInt8(ascii: "t") ? 0x09 : byte)
        isEscaped = false
      } else if quote != 0 {
        if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == quote {
          quote = 0
        } else {
          piece.append(byte)
        }
      } else if (byte == 0x22 || byte == 0x27) && piece.allSatisfy({ $0 == 0x20 }) {
        quote = byte
        wasQuoted = true
        piece = []
      } else if byte == UInt8(ascii: ",") {
        close()
      } else if !wasQuoted {
        piece.append(byte)
      }
    }
    close()
    return pieces
  }
}
