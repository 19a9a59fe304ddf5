import DossierSyntax

/// The terminals of a Turtle file: a position and functions that read what stands there.
struct TurtleScanner {
  let file: FileBytes
  private let pool: BytePool
  private let bytes: UnsafePointer<UInt8>
  private(set) var at: Int
  /// The namespaces of the prefixes.
  private var namespaces: [[UInt8]: ByteString] = [:]
  private var base: IRIReference
  /// IRIs by the prefixed names as the file writes them.
  private var prefixedNames = NameTable()
  private var prefixedIRIs: [ByteString] = []

  init(_ file: FileBytes, pool: BytePool) {
    self.file = file
    self.pool = pool
    bytes = file.start
    at = file.firstOffset
    base = IRIReference(Self.base(of: file.path))
  }

  /// The base of a file that declares none: its name without the folder, which differs between machines.
  private static func base(of path: String) -> [UInt8] {
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var result = Array("file:///".utf8)
    for byte in path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...] {
      switch byte {
      case 0x80..., UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        result.append(byte)
      default:
        result += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return result
  }

  // MARK: Position

  /// The byte at the position; 0 at the end.
  @inline(__always) var byte: UInt8 { bytes[at] }

  var isAtEnd: Bool { at >= file.count }

  func byte(ahead count: Int) -> UInt8 { bytes[at + count] }

  mutating func advance(_ count: Int) { at += count }

  /// Steps over blanks, line ends and comments.
  mutating func skipBlanks() {
    while at < file.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      case UInt8(ascii: "#"):
        while at < file.count && bytes[at] != 0x0A && bytes[at] != 0x0D { at += 1 }
      default: return
      }
    }
  }

  /// Steps behind the next full stop that ends a statement, or to the end.
  mutating func skipStatement() {
    while at < file.count {
      switch bytes[at] {
      case UInt8(ascii: "."):
        at += 1
        if at >= file.count || bytes[at] <= 0x20 { return }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let start = at
        do throws(QueryError) { _ = try string() } catch { at = start + 1 }
      case UInt8(ascii: "#"), 0x20, 0x09, 0x0A, 0x0D: skipBlanks()
      default: at += 1
      }
    }
  }

  func unexpected(_ expectation: String) -> QueryError {
    file.error(.invalidData, "expected \(expectation), found \(file.describe(at: at))", at: at)
  }

  /// Steps over a byte that must stand behind blanks.
  mutating func expect(_ byte: UInt8, _ what: String) throws(QueryError) {
    skipBlanks()
    guard at < file.count, bytes[at] == byte else { throw unexpected(what) }
    at += 1
  }

  /// Steps over a word, if it stands here and no name goes on behind it.
  mutating func take(_ word: StaticString, ignoringCase: Bool = false) -> Bool {
    let length = word.utf8CodeUnitCount
    for index in 0..<length {
      let wanted = word.utf8Start[index]
      guard bytes[at + index] == wanted || (ignoringCase && bytes[at + index] | 0x20 == wanted)
      else { return false }
    }
    let next = scalar(at: at + length).value
    if TurtleCharacters.isPart(next) || next == 0x3A { return false }
    if next == 0x2E, TurtleCharacters.isPart(scalar(at: at + length + 1).value) { return false }
    at += length
    return true
  }

  /// The code point at an offset and its length in bytes; 0 at the end.
  private func scalar(at offset: Int) -> (value: UInt32, length: Int) {
    guard offset < file.count else { return (0, 0) }
    let first = bytes[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    return (value, length)
  }

  // MARK: IRIs

  /// True where an IRI or a prefixed name can open.
  var isAtIRI: Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: ":")
      || TurtleCharacters.isBase(scalar(at: at).value)
  }

  /// An IRI in brackets, resolved, or a prefixed name.
  mutating func iri(_ what: String) throws(QueryError) -> ByteString {
    if byte == UInt8(ascii: "<") { return try bracketedIRI() }
    guard isAtIRI else { throw unexpected(what) }
    return try prefixedName()
  }

  /// Sets the base of relative references; `iri` is absolute.
  mutating func setBase(_ iri: ByteString) { base = IRIReference(iri.buffer) }

  /// Binds a prefix, its bytes without the colon, to a namespace.
  mutating func bind(_ prefix: [UInt8], to namespace: ByteString) {
    if let old = namespaces[prefix], old.hasSameBytes(as: namespace) { return }
    if namespaces[prefix] != nil {
      prefixedNames = NameTable()
      prefixedIRIs = []
    }
    namespaces[prefix] = namespace
  }

  mutating func bracketedIRI() throws(QueryError) -> ByteString {
    let open = at
    guard byte == UInt8(ascii: "<") else { throw unexpected("an IRI in `<` and `>`") }
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
        let place = at
        guard bytes[at + 1] | 0x20 == UInt8(ascii: "u") else {
          throw file.error(.invalidData, "an IRI has no escapes but \\u and \\U", at: at)
        }
        try RDFEscapes.appendScalar(at: &at, of: file, to: &text)
        if let last = text.last, TurtleCharacters.isForbiddenInIRI(last) {
          throw file.error(.invalidData, "an IRI can't hold this character", at: place)
        }
        continue
      }
      if TurtleCharacters.isForbiddenInIRI(byte) { throw unexpected("`>` at the end of the IRI") }
      if hasEscapes { text.append(byte) }
      at += 1
    }
    guard at < file.count else {
      throw file.error(.invalidData, "this IRI is not closed", at: open)
    }
    let plain = ByteString(start: bytes + start, count: at - start)
    at += 1
    let reference = hasEscapes ? IRIReference(text) : IRIReference(plain.buffer)
    if reference.isAbsolute { return hasEscapes ? pool.add(text) : plain }
    return pool.add(reference.resolved(against: base).bytes)
  }

  /// The prefix of a name, without the colon, which is stepped over.
  mutating func prefix() throws(QueryError) -> [UInt8] {
    let start = at
    if TurtleCharacters.isBase(scalar(at: at).value) {
      while true {
        let (value, length) = scalar(at: at)
        guard TurtleCharacters.isPart(value) || value == 0x2E else { break }
        at += length
      }
      while bytes[at - 1] == UInt8(ascii: ".") { at -= 1 }
    }
    guard byte == UInt8(ascii: ":") else { throw unexpected("`:` behind a prefix") }
    at += 1
    return Array(UnsafeBufferPointer(start: bytes + start, count: at - 1 - start))
  }

  private mutating func prefixedName() throws(QueryError) -> ByteString {
    let start = at
    let prefix = try prefix()
    let local = try localPart()
    let written = ByteString(start: bytes + start, count: at - start)
    if let known = prefixedNames.find(written) { return prefixedIRIs[Int(known)] }
    guard let namespace = namespaces[prefix] else {
      let name = String(decoding: prefix, as: UTF8.self)
      throw file.error(
        .undefinedReference, "the prefix `\(name):` is not declared", at: start,
        help: "declare it with `@prefix \(name): <…> .`")
    }
    let iri = pool.add(Array(namespace.buffer) + local)
    _ = prefixedNames.intern(written)
    prefixedIRIs.append(iri)
    return iri
  }

  private mutating func localPart() throws(QueryError) -> [UInt8] {
    var text: [UInt8] = []
    /// Full stops at the end belong to the statement.
    var stops = 0
    while true {
      let (value, length) = scalar(at: at)
      switch value {
      case 0x2E where !text.isEmpty: stops += 1
      case 0x25:
        guard GramScanner.hexValue(bytes[at + 1]) != nil, GramScanner.hexValue(bytes[at + 2]) != nil
        else {
          throw file.error(.invalidData, "expected two hexadecimal digits behind `%`", at: at)
        }
        text += [bytes[at], bytes[at + 1], bytes[at + 2]]
        at += 3
        stops = 0
        continue
      case 0x5C:
        guard TurtleCharacters.isEscapable(bytes[at + 1]) else {
          throw file.error(.invalidData, "unknown escape in a name", at: at)
        }
        text.append(bytes[at + 1])
        at += 2
        stops = 0
        continue
      default:
        let isPart =
          text.isEmpty ? TurtleCharacters.isStart(value) : TurtleCharacters.isPart(value)
        guard isPart || value == 0x3A else {
          at -= stops
          return text.dropLast(stops)
        }
        stops = 0
      }
      text += UnsafeBufferPointer(start: bytes + at, count: length)
      at += length
    }
  }

  /// `_:` and a label.
  mutating func blankNodeLabel() throws(QueryError) -> ByteString {
    let start = at
    at += 2
    guard TurtleCharacters.isStart(scalar(at: at).value) else {
      throw unexpected("the label of the blank node")
    }
    while true {
      let (value, length) = scalar(at: at)
      guard TurtleCharacters.isPart(value) || value == 0x2E else { break }
      at += length
    }
    while bytes[at - 1] == UInt8(ascii: ".") { at -= 1 }
    return ByteString(start: bytes + start, count: at - start)
  }

  // MARK: Literals

  /// A string in one or three quotes of either kind.
  mutating func string() throws(QueryError) -> ByteString {
    let open = at
    let quote = byte
    let isLong = bytes[at + 1] == quote && bytes[at + 2] == quote
    at += isLong ? 3 : 1
    let start = at
    var text: [UInt8] = []
    var hasEscapes = false
    while at < file.count {
      let byte = bytes[at]
      if byte == quote && (!isLong || (bytes[at + 1] == quote && bytes[at + 2] == quote)) {
        let plain = ByteString(start: bytes + start, count: at - start)
        at += isLong ? 3 : 1
        return hasEscapes ? pool.add(text) : plain
      }
      if !isLong && (byte == 0x0A || byte == 0x0D) {
        throw file.error(
          .invalidData, "this literal is not closed on its line", at: open,
          help: "three quotes on either side allow several lines")
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
    throw file.error(.invalidData, "this literal is not closed", at: open)
  }

  /// `@`, letters, then `-` and letters or digits.
  mutating func language() throws(QueryError) -> ByteString {
    at += 1
    let start = at
    while (byte | 0x20) &- 0x61 < 26 { at += 1 }
    guard at > start else { throw unexpected("a language") }
    while byte == UInt8(ascii: "-") {
      let dash = at
      at += 1
      while (byte | 0x20) &- 0x61 < 26 || NumberText.isDigit(byte) { at += 1 }
      if at == dash + 1 { throw unexpected("letters or digits") }
    }
    return ByteString(start: bytes + start, count: at - start)
  }

  /// The kinds of numbers that need no quotes.
  enum NumberKind {
    case integer
    case decimal
    case double
  }

  /// True where a number can open: a sign, a digit, or a point and a digit.
  var isAtNumber: Bool {
    NumberText.isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      || (byte == UInt8(ascii: ".") && NumberText.isDigit(bytes[at + 1]))
  }

  mutating func number() throws(QueryError) -> (text: ByteString, kind: NumberKind) {
    let start = at
    var kind = NumberKind.integer
    if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
    var digits = skipDigits()
    if byte == UInt8(ascii: "."), NumberText.isDigit(bytes[at + 1]) || (digits > 0 && isExponent(1))
    {
      at += 1
      digits += skipDigits()
      kind = .decimal
    }
    guard digits > 0 else { throw unexpected("a digit") }
    if isExponent(0) {
      at += byte(ahead: 1) == UInt8(ascii: "+") || byte(ahead: 1) == UInt8(ascii: "-") ? 2 : 1
      _ = skipDigits()
      kind = .double
    }
    return (ByteString(start: bytes + start, count: at - start), kind)
  }

  private mutating func skipDigits() -> Int {
    let start = at
    while NumberText.isDigit(byte) { at += 1 }
    return at - start
  }

  /// True for `e`, an optional sign and a digit.
  private func isExponent(_ ahead: Int) -> Bool {
    guard byte(ahead: ahead) | 0x20 == UInt8(ascii: "e") else { return false }
    let next = byte(ahead: ahead + 1)
    let isSigned = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
    return NumberText.isDigit(isSigned ? byte(ahead: ahead + 2) : next)
  }
}
