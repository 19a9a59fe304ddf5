import DossierSyntax

/// The triples of an N-Triples 1.1 file, one after the other.
struct NTriplesScanner {
  enum Object {
    /// An IRI, or a blank node with `_:` before its label.
    case resource(ByteString)
    case literal(ByteString, type: ByteString?, language: ByteString?)
  }

  struct Triple {
    var subject: ByteString
    var predicate: ByteString
    var object: Object
    var offset: Int
  }

  private let file: FileBytes
  private let pool: BytePool
  private let bytes: UnsafePointer<UInt8>
  private var at: Int

  init(_ file: FileBytes, pool: BytePool) {
    self.file = file
    self.pool = pool
    bytes = file.start
    at = file.firstOffset
  }

  /// `<triple> ::= <subject> <predicate> <object> .`; nil at the end of the file.
  mutating func next() throws(QueryError) -> Triple? {
    while true {
      skipBlanks()
      skipComment()
      guard at < file.count else { return nil }
      if bytes[at] == 0x0A || bytes[at] == 0x0D {
        at += 1
      } else {
        break
      }
    }
    let start = at
    let subject = try resource("a subject: an IRI in `<` and `>` or a blank node")
    skipBlanks()
    guard bytes[at] == UInt8(ascii: "<") else { throw unexpected("a predicate, an IRI") }
    let predicate = try iri()
    skipBlanks()
    let object =
      bytes[at] == UInt8(ascii: "\"")
      ? try literal() : .resource(try resource("an object: an IRI, a blank node or a literal"))
    skipBlanks()
    guard bytes[at] == UInt8(ascii: ".") else { throw unexpected("`.` at the end of the triple") }
    at += 1
    skipBlanks()
    skipComment()
    guard at >= file.count || bytes[at] == 0x0A || bytes[at] == 0x0D else {
      throw unexpected("the end of the line")
    }
    return Triple(subject: subject, predicate: predicate, object: object, offset: start)
  }

  private mutating func skipBlanks() {
    while bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
  }

  private mutating func skipComment() {
    if bytes[at] == UInt8(ascii: "#") { skipLine() }
  }

  /// Steps to the end of the line.
  mutating func skipLine() {
    while at < file.count && bytes[at] != 0x0A && bytes[at] != 0x0D { at += 1 }
  }

  private func unexpected(_ expectation: String) -> QueryError {
    file.error(
      .invalidData, "expected \(expectation), found \(file.describe(at: at))", at: at)
  }

  private mutating func resource(_ what: String) throws(QueryError) -> ByteString {
    if bytes[at] == UInt8(ascii: "<") { return try iri() }
    guard bytes[at] == UInt8(ascii: "_"), bytes[at + 1] == UInt8(ascii: ":") else {
      throw unexpected(what)
    }
    let start = at
    at += 2
    guard isLabelPart(first: true) else { throw unexpected("the label of the blank node") }
    while isLabelPart(first: false) { at += 1 }
    while bytes[at - 1] == UInt8(ascii: ".") { at -= 1 }
    return ByteString(start: bytes + start, count: at - start)
  }

  private func isLabelPart(first: Bool) -> Bool {
    switch bytes[at] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
      return true
    case UInt8(ascii: "-"), UInt8(ascii: "."): return !first
    default: return false
    }
  }

  /// An absolute IRI without its brackets.
  private mutating func iri() throws(QueryError) -> ByteString {
    let open = at
    at += 1
    let start = at
    var text: [UInt8] = []
    var hasEscapes = false
    while at < file.count && bytes[at] != UInt8(ascii: ">") {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        if !hasEscapes {
          text = Array(UnsafeBufferPointer(start: bytes + start, count: at - start))
        }
        hasEscapes = true
        guard bytes[at + 1] | 0x20 == UInt8(ascii: "u") else { throw unexpected("\\u or \\U") }
        let place = at
        try RDFEscapes.appendScalar(at: &at, of: file, to: &text)
        if let last = text.last, Self.isForbidden(last) {
          throw file.error(.invalidData, "an IRI can't hold this character", at: place)
        }
        continue
      }
      if Self.isForbidden(byte) { throw unexpected("`>` at the end of the IRI") }
      if hasEscapes { text.append(byte) }
      at += 1
    }
    guard at < file.count else {
      throw file.error(.invalidData, "this IRI is not closed", at: open)
    }
    let result =
      hasEscapes ? pool.add(text) : ByteString(start: bytes + start, count: at - start)
    at += 1
    guard Self.isAbsolute(result) else {
      throw file.error(.invalidData, "expected an absolute IRI, with a scheme", at: open)
    }
    return result
  }

  /// True for the bytes of an absolute IRI.
  static func isIRI(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress, !buffer.contains(where: { isForbidden($0) }) else {
        return false
      }
      return isAbsolute(ByteString(start: start, count: buffer.count))
    }
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "^"),
      UInt8(ascii: "`"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }

  private static func isAbsolute(_ iri: ByteString) -> Bool {
    guard let colon = iri.buffer.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return false }
    return iri.buffer[..<colon].allSatisfy { byte in
      NumberText.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }

  private mutating func literal() throws(QueryError) -> Object {
    let open = at
    at += 1
    let start = at
    var text: [UInt8] = []
    var hasEscapes = false
    while at < file.count && bytes[at] != UInt8(ascii: "\"") {
      let byte = bytes[at]
      if byte == 0x0A || byte == 0x0D {
        throw file.error(.invalidData, "this literal is not closed on its line", at: open)
      }
      if byte == UInt8(ascii: "\\") {
        if !hasEscapes {
          text = Array(UnsafeBufferPointer(start: bytes + start, count: at - start))
        }
        hasEscapes = true
        try RDFEscapes.appendCharacter(at: &at, of: file, to: &text)
        continue
      }
      if hasEscapes { text.append(byte) }
      at += 1
    }
    guard at < file.count else {
      throw file.error(.invalidData, "this literal is not closed", at: open)
    }
    let value = hasEscapes ? pool.add(text) : ByteString(start: bytes + start, count: at - start)
    at += 1
    if bytes[at] == UInt8(ascii: "@") {
      return .literal(value, type: nil, language: try language())
    }
    if bytes[at] == UInt8(ascii: "^") {
      guard bytes[at + 1] == UInt8(ascii: "^"), bytes[at + 2] == UInt8(ascii: "<") else {
        throw unexpected("`^^` and an IRI")
      }
      at += 2
      return .literal(value, type: try iri(), language: nil)
    }
    return .literal(value, type: nil, language: nil)
  }

  /// `<language> ::= @ letters { - letters or digits }`
  private mutating func language() throws(QueryError) -> ByteString {
    at += 1
    let start = at
    while (bytes[at] | 0x20) &- 0x61 < 26 { at += 1 }
    guard at > start else { throw unexpected("a language") }
    while bytes[at] == UInt8(ascii: "-") {
      let dash = at
      at += 1
      while (bytes[at] | 0x20) &- 0x61 < 26 || NumberText.isDigit(bytes[at]) { at += 1 }
      if at == dash + 1 { throw unexpected("letters or digits") }
    }
    return ByteString(start: bytes + start, count: at - start)
  }
}
