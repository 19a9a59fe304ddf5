import DossierSyntax

/// A pull reader for XML: start tags, end tags and text, one after the other.
///
/// Document types are passed over and nothing is ever fetched: the five predefined entities and
/// character references are known, all others are errors. Names are given without their prefixes.
/// Tags are checked to match; elements may nest `depthLimit` deep.
struct XMLScanner {
  static let depthLimit = 1_000

  enum Event {
    case start
    case end
    case text
    case endOfFile
  }

  struct Attribute {
    var name: ByteString
    var value: ByteString
    var offset: Int
  }

  let file: FileBytes
  private let pool: BytePool
  private let bytes: UnsafePointer<UInt8>
  private var at: Int
  private var open: [ByteString] = []
  private var endsAtOnce = false
  private var hasRoot = false

  /// The name of the tag that was read last, without its prefix.
  private(set) var name: ByteString
  /// The attributes of the start tag that was read last.
  private(set) var attributes: [Attribute] = []
  /// The text that was read last, with its references resolved.
  private(set) var text: ByteString
  /// Where the last event starts.
  private(set) var offset = 0

  init(_ file: FileBytes, pool: BytePool) {
    self.file = file
    self.pool = pool
    bytes = file.start
    at = file.firstOffset
    name = ByteString(start: file.start, count: 0)
    text = name
  }

  /// The number of elements that are open.
  var depth: Int { open.count }
  /// The number of elements around the one whose start tag was read last.
  var outerDepth: Int { endsAtOnce ? open.count : open.count - 1 }
  /// True when an error has left no place to go on from.
  private(set) var hasFailed = false

  func error(
    _ message: String, at offset: Int? = nil, code: DiagnosticCode = .invalidData
  ) -> QueryError {
    file.error(code, message, at: offset ?? self.offset)
  }

  /// The value of an attribute of the last start tag; nil when it has none.
  func attribute(_ name: StaticString) -> ByteString? {
    attributes.first { $0.name.equals(name) }?.value
  }

  // MARK: Events

  /// The next event. Errors: `invalidData` where the file is not well-formed, `nestingTooDeep`.
  mutating func next() throws(QueryError) -> Event {
    do throws(QueryError) {
      return try nextEvent()
    } catch {
      hasFailed = true
      throw error
    }
  }

  private mutating func nextEvent() throws(QueryError) -> Event {
    if endsAtOnce {
      endsAtOnce = false
      return .end
    }
    while true {
      offset = at
      if at >= file.count {
        if let last = open.last {
          throw error("the element `\(last.string)` is not closed")
        }
        guard hasRoot else { throw error("the file has no XML element") }
        return .endOfFile
      }
      if bytes[at] != UInt8(ascii: "<") {
        if try readText() { return .text }
        continue
      }
      switch bytes[at + 1] {
      case UInt8(ascii: "/"): return try readEndTag()
      case UInt8(ascii: "?"): try skip(to: "?>", "processing instruction")
      case UInt8(ascii: "!"):
        if startsWith("<!--") {
          try skip(to: "-->", "comment")
        } else if startsWith("<![CDATA[") {
          if try readCharacterData() { return .text }
        } else {
          try skipDeclaration()
        }
      default: return try readStartTag()
      }
    }
  }

  private func startsWith(_ prefix: StaticString) -> Bool {
    at + prefix.utf8CodeUnitCount <= file.count
      && ByteString(start: bytes + at, count: prefix.utf8CodeUnitCount).equals(prefix)
  }

  private mutating func skip(to end: StaticString, _ what: String) throws(QueryError) {
    while at < file.count {
      if startsWith(end) {
        at += end.utf8CodeUnitCount
        return
      }
      at += 1
    }
    throw error("this \(what) is not closed")
  }

  /// Steps over `<!DOCTYPE …>` with everything in it.
  private mutating func skipDeclaration() throws(QueryError) {
    guard startsWith("<!DOCTYPE"), open.isEmpty, !hasRoot else {
      throw error("expected a tag, a comment or text")
    }
    var brackets = 0
    var quote: UInt8 = 0
    while at < file.count {
      let byte = bytes[at]
      at += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
        continue
      }
      switch byte {
      case 0x22, 0x27: quote = byte
      case UInt8(ascii: "["): brackets += 1
      case UInt8(ascii: "]"): brackets -= 1
      case UInt8(ascii: ">") where brackets <= 0: return
      default: break
      }
    }
    throw error("this document type is not closed")
  }

  // MARK: Tags

  private mutating func readStartTag() throws(QueryError) -> Event {
    if open.isEmpty && hasRoot { throw error("a file has one outermost element") }
    hasRoot = true
    at += 1
    let full = try readName()
    attributes.removeAll(keepingCapacity: true)
    while true {
      let blanks = skipBlanks()
      if bytes[at] == UInt8(ascii: ">") {
        at += 1
        break
      }
      if bytes[at] == UInt8(ascii: "/") && bytes[at + 1] == UInt8(ascii: ">") {
        at += 2
        endsAtOnce = true
        break
      }
      guard blanks else { throw unexpected("a blank, `>` or `/>`") }
      try readAttribute()
    }
    name = Self.withoutPrefix(full)
    if !endsAtOnce {
      guard open.count < Self.depthLimit else {
        throw error(
          "elements stand more than \(Self.depthLimit) deep in each other", code: .nestingTooDeep)
      }
      open.append(full)
    }
    return .start
  }

  private mutating func readAttribute() throws(QueryError) {
    let start = at
    let full = try readName()
    _ = skipBlanks()
    guard bytes[at] == UInt8(ascii: "=") else { throw unexpected("`=` after the attribute") }
    at += 1
    _ = skipBlanks()
    let quote = bytes[at]
    guard quote == 0x22 || quote == 0x27 else { throw unexpected("a quote") }
    at += 1
    let first = at
    var hasReferences = false
    while at < file.count && bytes[at] != quote {
      if bytes[at] == UInt8(ascii: "<") { throw unexpected("the closing quote") }
      if bytes[at] == UInt8(ascii: "&") { hasReferences = true }
      at += 1
    }
    guard at < file.count else { throw error("this attribute is not closed", at: start) }
    let raw = ByteString(start: bytes + first, count: at - first)
    at += 1
    attributes.append(
      Attribute(
        name: Self.withoutPrefix(full), value: hasReferences ? try resolved(raw) : raw,
        offset: start))
  }

  private mutating func readEndTag() throws(QueryError) -> Event {
    at += 2
    let full = try readName()
    _ = skipBlanks()
    guard bytes[at] == UInt8(ascii: ">") else { throw unexpected("`>`") }
    at += 1
    guard let last = open.popLast() else { throw error("this end tag has no start tag") }
    guard last.hasSameBytes(as: full) else {
      throw error("expected the end tag of `\(last.string)`, found the one of `\(full.string)`")
    }
    name = Self.withoutPrefix(full)
    return .end
  }

  private mutating func readName() throws(QueryError) -> ByteString {
    let start = at
    while true {
      switch bytes[at] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...0xFF:
        at += 1
        continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if at == start { throw unexpected("a name") }
        at += 1
        continue
      default: break
      }
      break
    }
    if at == start { throw unexpected("a name") }
    return ByteString(start: bytes + start, count: at - start)
  }

  private static func withoutPrefix(_ name: ByteString) -> ByteString {
    guard let colon = name.buffer.lastIndex(of: UInt8(ascii: ":")) else { return name }
    return ByteString(start: name.start + colon + 1, count: Int(name.count) - colon - 1)
  }

  private mutating func skipBlanks() -> Bool {
    let start = at
    while bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
      at += 1
    }
    return at > start
  }

  private func unexpected(_ expectation: String) -> QueryError {
    error("expected \(expectation), found \(file.describe(at: at))", at: at)
  }

  // MARK: Text

  /// Reads text up to the next tag; false when it is blank and outside of the root element.
  private mutating func readText() throws(QueryError) -> Bool {
    var hasReferences = false
    while at < file.count && bytes[at] != UInt8(ascii: "<") {
      if bytes[at] == UInt8(ascii: "&") { hasReferences = true }
      at += 1
    }
    let raw = ByteString(start: bytes + offset, count: at - offset)
    if open.isEmpty {
      guard raw.trimmed.count == 0 else { throw error("text stands outside of all elements") }
      return false
    }
    text = hasReferences ? try resolved(raw) : raw
    return true
  }

  private mutating func readCharacterData() throws(QueryError) -> Bool {
    guard !open.isEmpty else { throw error("text stands outside of all elements") }
    try skip(to: "]]>", "CDATA section")
    text = ByteString(start: bytes + offset + 9, count: at - offset - 12)
    return text.count > 0
  }

  /// The text with `&amp;` and the like replaced.
  private func resolved(_ raw: ByteString) throws(QueryError) -> ByteString {
    var result: [UInt8] = []
    result.reserveCapacity(Int(raw.count))
    var index = 0
    let count = Int(raw.count)
    while index < count {
      let byte = raw.start[index]
      guard byte == UInt8(ascii: "&") else {
        result.append(byte)
        index += 1
        continue
      }
      var end = index + 1
      while end < count && raw.start[end] != UInt8(ascii: ";") && end - index < 12 { end += 1 }
      guard end < count, raw.start[end] == UInt8(ascii: ";"),
        let scalar = Self.scalar(ByteString(start: raw.start + index + 1, count: end - index - 1))
      else {
        throw error(
          "this reference names no character; entities of a document type are not read",
          at: raw.start + index - bytes)
      }
      result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      index = end + 1
    }
    return pool.add(result)
  }

  private static func scalar(_ name: ByteString) -> Unicode.Scalar? {
    if name.equals("lt") { return "<" }
    if name.equals("gt") { return ">" }
    if name.equals("amp") { return "&" }
    if name.equals("quot") { return "\"" }
    if name.equals("apos") { return "'" }
    guard name.count >= 2, name.start[0] == UInt8(ascii: "#") else { return nil }
    let isHex = name.start[1] == UInt8(ascii: "x")
    var value: UInt32 = 0
    let digits = name.buffer.dropFirst(isHex ? 2 : 1)
    if digits.isEmpty || digits.count > 8 { return nil }
    for byte in digits {
      guard let digit = GramScanner.hexValue(byte), isHex || digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: isHex ? 16 : 10)
      if overflow || product > 0x110000 { return nil }
      value = product + UInt32(digit)
    }
    return value == 0 ? nil : Unicode.Scalar(value)
  }

  // MARK: Elements

  /// The text of the element whose start tag was read last, up to its end tag; tags in it are passed
  /// over.
  mutating func textOfElement() throws(QueryError) -> ByteString {
    var whole: ByteString?
    var parts: [UInt8]?
    let depth = outerDepth
    while true {
      switch try next() {
      case .text:
        if let first = whole {
          parts = (parts ?? Array(first.buffer)) + Array(text.buffer)
        } else {
          whole = text
        }
      case .end where open.count <= depth:
        if let parts { return pool.add(parts) }
        return whole ?? ByteString(start: bytes, count: 0)
      case .endOfFile: return whole ?? ByteString(start: bytes, count: 0)
      default: break
      }
    }
  }

  /// Steps to the end of the elements that are deeper than `depth`.
  mutating func leave(to depth: Int) throws(QueryError) {
    while endsAtOnce || open.count > depth { _ = try next() }
  }

  /// Steps over the element whose start tag was read last, with all that it holds.
  mutating func skipElement() throws(QueryError) {
    _ = try textOfElement()
  }
}
