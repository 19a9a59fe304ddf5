import Dossier

/// A literal of RDF: a text with a datatype or a language.
struct RDFLiteral {
  var text: ByteString
  /// The datatype's IRI.
  var type: ByteString?
  var language: ByteString?

  private static let schema = RDFVocabulary.schema

  /// The datatype's name in XML Schema; nil for other datatypes and without one.
  private var schemaType: String? {
    guard let type, type.buffer.starts(with: Self.schema.utf8) else { return nil }
    return String(decoding: type.buffer.dropFirst(Self.schema.utf8.count), as: UTF8.self)
  }

  /// What the property's key has behind the predicate's name, so that nothing is lost: `@` and the
  /// language, or `^^` and the IRI of a datatype that is not XML Schema's. Empty for all others.
  var keySuffix: [UInt8] {
    if let language { return [UInt8(ascii: "@")] + Array(language.buffer) }
    guard let type, schemaType == nil, ownValue == nil else { return [] }
    return Array("^^".utf8) + Array(type.buffer)
  }

  /// The value of a literal with a datatype of ours, or of a JSON array of property values; nil for all
  /// others.
  private var ownValue: Value? {
    guard let type else { return nil }
    if type.buffer.elementsEqual(RDFVocabulary.json.utf8) { return list }
    let prefix = RDFVocabulary.datatype
    guard type.buffer.starts(with: prefix.utf8) else { return nil }
    let name = UnsafeBufferPointer(rebasing: type.buffer[prefix.utf8.count...])
    return TemporalText(name: name)?.value(text.string)
  }

  private var list: Value? {
    guard let file = try? FileBytes(path: "", bytes: text.buffer) else { return nil }
    var draft = GraphDraft()
    var tape = JSONTape(file, pool: draft.pool)
    guard let end = try? tape.read(at: file.firstOffset), end == file.count,
      tape.entries[0].kind == .array,
      let value = try? JSONPropertyValue.value(tape, 0, &draft)
    else { return nil }
    return draft.value(value)
  }

  /// The value of the literal; a string where the text does not fit the type.
  var value: Value {
    if let ownValue { return ownValue }
    guard let name = schemaType, let value = value(of: name) else { return .string(text.string) }
    return value
  }

  private func value(of type: String) -> Value? {
    switch type {
    case "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
      "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
      "unsignedByte":
      if case .integer(let value) = NumberText.parse(text.buffer) { return .integer(value) }
      return nil
    case "decimal", "double", "float": return float.map(Value.float)
    case "boolean":
      if text.equals("true") || text.equals("1") { return .boolean(true) }
      return text.equals("false") || text.equals("0") ? .boolean(false) : nil
    case "date": return TemporalText.date.value(text.string)
    case "time":
      return hasZone(in: text.buffer[...])
        ? TemporalText.time.value(text.string) : TemporalText.localTime.value(text.string)
    case "dateTime", "dateTimeStamp":
      return hasZone(in: text.buffer.drop { $0 != UInt8(ascii: "T") })
        ? TemporalText.dateTime.value(text.string) : TemporalText.localDateTime.value(text.string)
    case "duration", "dayTimeDuration", "yearMonthDuration":
      return TemporalText.duration.value(text.string)
    default: return nil
    }
  }

  private func hasZone(in time: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    time.contains(UInt8(ascii: "Z")) || time.contains(UInt8(ascii: "+"))
      || time.contains(UInt8(ascii: "-"))
  }

  /// A decimal or float; XML Schema also has `.5`, `5.` and names for what is no number.
  private var float: Double? {
    switch NumberText.parse(text.buffer) {
    case .integer(let value): return Double(value)
    case .float(let value): return value
    case .outOfRange: return nil
    case .malformed: break
    }
    if text.equals("NaN") { return .nan }
    if text.equals("INF") || text.equals("+INF") { return .infinity }
    if text.equals("-INF") { return -.infinity }
    let isDecimal = text.buffer.allSatisfy { byte in
      NumberText.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-") || byte | 0x20 == UInt8(ascii: "e")
    }
    guard isDecimal, let value = Double(text.string), value.isFinite else { return nil }
    return value
  }
}
