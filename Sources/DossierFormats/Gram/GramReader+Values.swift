import Dossier
import DossierSyntax

/// Values: property values, annotation values, elements of arrays.
extension GramReader {
  /// `<value>`: a scalar, or an array of scalars.
  mutating func parseValue() throws(QueryError) -> GraphDraft.PropertyValue {
    switch scanner.byte {
    case UInt8(ascii: "["): return try parseArray()
    case UInt8(ascii: "{"):
      throw scanner.error(
        "a map can't be the value of a property", at: scanner.at, code: .invalidPropertyType,
        help: "give each of its entries a property of its own")
    default: return try parseScalar()
    }
  }

  private mutating func parseArray() throws(QueryError) -> GraphDraft.PropertyValue {
    let open = scanner.at
    scanner.at += 1
    var elements: [Value] = []
    try scanner.skipBlanks()
    if !scanner.consume(UInt8(ascii: "]")) {
      repeat {
        try scanner.skipBlanks()
        elements.append(try parseArrayElement())
        try scanner.skipBlanks()
      } while scanner.consume(UInt8(ascii: ","))
      guard scanner.consume(UInt8(ascii: "]")) else {
        throw scanner.isAtEnd
          ? scanner.error("this array is not closed", at: open, help: "close it with `]`")
          : scanner.unexpected("`,` or `]` in the array")
      }
    }
    return draft.keep(.list(elements))
  }

  private mutating func parseArrayElement() throws(QueryError) -> Value {
    let place = scanner.at
    switch scanner.byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      throw scanner.error(
        "an array can't hold arrays or maps", at: place, code: .invalidPropertyType)
    default: break
    }
    let scalar = try parseScalar()
    return draft.value(scalar)
  }

  /// `<scalar value>`: a number, string, boolean, null, symbol, tagged or fenced string, range,
  /// measurement, or a temporal function of one string.
  mutating func parseScalar() throws(QueryError) -> GraphDraft.PropertyValue {
    switch scanner.byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return .string(try scanner.quotedString())
    case UInt8(ascii: "`"):
      guard scanner.isAtFence else { return .string(try scanner.quotedString()) }
      let start = scanner.at
      let fenced = try scanner.fencedString()
      guard let tag = fenced.tag else { return .string(fenced.text) }
      return try taggedValue(tag, fenced.text.trimmed, at: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      return try parseNumber()
    default:
      return try parseWord()
    }
  }

  private mutating func parseWord() throws(QueryError) -> GraphDraft.PropertyValue {
    let start = scanner.at
    guard let word = scanner.symbol() else {
      throw scanner.unexpected("a value", help: "strings stand in quotes: 'text'")
    }
    if scanner.byte == UInt8(ascii: "`") {
      return try taggedValue(word, try scanner.quotedString(), at: start)
    }
    if word.equals("true") { return .boolean(true) }
    if word.equals("false") { return .boolean(false) }
    if word.equals("null") { return .null }
    if scanner.byte == UInt8(ascii: "(") { return try parseFunction(word, at: start) }
    return .string(word)
  }

  /// `<function> ::= <temporal name> ( <string> )`, openCypher's way to write a tagged string.
  private mutating func parseFunction(
    _ name: ByteString, at start: Int
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    guard TemporalText(name: name.buffer) != nil else {
      throw scanner.error(
        "unknown function `\(name.string)`", at: start,
        help: "known are date, time, localtime, datetime, localdatetime and duration")
    }
    scanner.at += 1
    try scanner.skipBlanks()
    guard scanner.byte == UInt8(ascii: "'") || scanner.byte == UInt8(ascii: "\"") else {
      throw scanner.unexpected("a string in quotes")
    }
    let text = try scanner.quotedString()
    try scanner.skipBlanks()
    guard scanner.consume(UInt8(ascii: ")")) else { throw scanner.unexpected("`)`") }
    return try taggedValue(name, text, at: start)
  }

  /// The value of a tagged string: temporal types and `float` by their tags; strings with any other
  /// tag are plain strings.
  private mutating func taggedValue(
    _ tag: ByteString, _ text: ByteString, at start: Int
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    if tag.equals("float") { return try float(text, at: start) }
    guard let type = TemporalText(name: tag.buffer) else { return .string(text) }
    guard let value = type.value(text.string) else {
      throw scanner.error(
        "this is not a \(type.name)", at: start,
        help: "write it like \(tag.string)`\(type.example)`")
    }
    return draft.keep(value)
  }

  private func float(
    _ text: ByteString, at start: Int
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    if text.equals("NaN") { return .float(.nan) }
    if text.equals("Infinity") { return .float(.infinity) }
    if text.equals("-Infinity") { return .float(-.infinity) }
    switch NumberText.parse(text.buffer) {
    case .integer(let value): return .float(Double(value))
    case .float(let value): return .float(value)
    default: throw scanner.error("this is not a float", at: start)
    }
  }
}
