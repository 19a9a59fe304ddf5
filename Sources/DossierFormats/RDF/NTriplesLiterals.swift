import Dossier

/// A property as literals of N-Triples: the key without a language or datatype, and one text per triple.
struct NTriplesLiterals {
  private(set) var key: String
  private(set) var texts: [String] = []

  /// Lists that are longer are JSON texts: several triples are for people, not for data.
  private static let severalLimit = 16

  init(_ key: String, _ value: Value) {
    self.key = key
    let values = Self.severalValues(value) ?? [value]
    if let (name, suffix) = Self.suffix(of: key), values.allSatisfy({ Self.isString($0) }) {
      self.key = name
      texts = values.map { Self.text($0) + suffix }
    } else {
      texts = values.map { Self.text($0) }
    }
  }

  /// The elements of a list that several triples say: two or more, all different.
  private static func severalValues(_ value: Value) -> [Value]? {
    guard case .list(let elements) = value, elements.count > 1, elements.count <= severalLimit
    else {
      return nil
    }
    for (index, element) in elements.enumerated() {
      if case .null = element { return nil }
      if elements[..<index].contains(where: { StoredValue.isSame($0, element) }) { return nil }
    }
    return elements
  }

  private static func isString(_ value: Value) -> Bool {
    if case .string = value { true } else { false }
  }

  // MARK: Keys

  /// A key like `name@en` or `size^^http://example.org/unit` in two pieces, the second as a literal ends.
  private static func suffix(of key: String) -> (name: String, suffix: String)? {
    let bytes = Array(key.utf8)
    for index in bytes.indices {
      let rest = bytes[(index + 1)...]
      if bytes[index] == UInt8(ascii: "@"), isLanguage(rest) {
        return (
          String(decoding: bytes[..<index], as: UTF8.self),
          "@" + String(decoding: rest, as: UTF8.self)
        )
      }
      if bytes[index] == UInt8(ascii: "^"), rest.first == UInt8(ascii: "^"),
        isDatatype(Array(rest.dropFirst()))
      {
        return (
          String(decoding: bytes[..<index], as: UTF8.self),
          "^^<" + String(decoding: rest.dropFirst(), as: UTF8.self) + ">"
        )
      }
    }
    return nil
  }

  private static func isLanguage(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let first = parts.first, first.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 }) else {
      return false
    }
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { NumberText.isDigit($0) || ($0 | 0x20) &- 0x61 < 26 }
    }
  }

  /// True for IRIs of datatypes that stay part of the key when they are read.
  private static func isDatatype(_ iri: [UInt8]) -> Bool {
    let known = [RDFVocabulary.schema, RDFVocabulary.datatype, RDFVocabulary.json]
    return NTriplesScanner.isIRI(iri) && !known.contains { iri.starts(with: $0.utf8) }
  }

  // MARK: Values

  /// A value as a literal, with its datatype.
  private static func text(_ value: Value) -> String {
    func typed(_ text: String, _ type: String) -> String {
      "\"\(text)\"^^<\(RDFVocabulary.schema)\(type)>"
    }
    if let temporal = ValueText.temporal(value) {
      if let (text, type) = schemaText(value) { return typed(text, type) }
      return "\"\(temporal.text)\"^^<\(RDFVocabulary.datatype)\(temporal.type.functionName)>"
    }
    switch value {
    case .boolean(let value): return typed(value ? "true" : "false", "boolean")
    case .integer(let value): return typed(value.description, "integer")
    case .float: return typed(XMLDeclarations.text(value), "double")
    case .string(let value): return ValueText.quoted(value, by: UInt8(ascii: "\""))
    default:
      let json = JSONPropertyValue.text(value)
      return ValueText.quoted(json, by: UInt8(ascii: "\"")) + "^^<\(RDFVocabulary.json)>"
    }
  }

  /// A temporal value in XML Schema's notation, and the name of the type; nil where XML Schema has no
  /// notation for it or reading it would give another value.
  private static func schemaText(_ value: Value) -> (text: String, type: String)? {
    guard let temporal = ValueText.temporal(value), temporal.text.utf8.first != UInt8(ascii: "+")
    else { return nil }
    switch value {
    case .date: return (temporal.text, "date")
    case .localTime: return (ValueText.withSeconds(temporal.text), "time")
    case .localDateTime: return (ValueText.withSeconds(temporal.text), "dateTime")
    case .time(let time):
      guard hasSchemaOffset(time.offsetSeconds) else { return nil }
      return (ValueText.withSeconds(temporal.text), "time")
    case .dateTime(let time):
      guard let offset = time.zone.fixedOffsetSeconds, hasSchemaOffset(offset) else { return nil }
      return (ValueText.withSeconds(temporal.text), "dateTime")
    case .duration(let duration):
      let parts = [duration.months, duration.days, duration.seconds, Int64(duration.nanoseconds)]
      return parts.allSatisfy { $0 >= 0 } ? (temporal.text, "duration") : nil
    default: return nil
    }
  }

  /// XML Schema's offsets are whole minutes, up to 14 hours.
  private static func hasSchemaOffset(_ seconds: Int32) -> Bool {
    seconds % 60 == 0 && seconds.magnitude <= 14 * 3_600
  }
}
