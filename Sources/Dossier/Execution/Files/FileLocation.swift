import DossierSyntax

/// What a statement calls a file: a path, or a `file:` URL of one.
struct FileLocation {
  /// As the statement has it.
  let text: String
  /// The path, without percent escapes.
  let path: String
  /// The text is a URL; its path begins with a solidus even where a folder is meant as its root.
  let isURL: Bool

  /// Errors: `fileAccessDenied` for other URLs than those of files on this machine,
  /// `fileUnreadable` for names that no file can have.
  init(_ text: String) throws(QueryError) {
    self.text = text
    if let scheme = Self.scheme(of: text), scheme != "file" {
      throw QueryError(
        .fileAccessDenied, "`LOAD CSV` reads files only, not `\(scheme)` URLs",
        help: "fetch the file first, and name its path")
    }
    guard let rest = try Self.fileURLPath(text) else {
      path = text
      isURL = false
      try checkPath()
      return
    }
    isURL = true
    path = try Self.withoutEscapes(rest, of: text)
    try checkPath()
  }

  private func checkPath() throws(QueryError) {
    if path.utf8.isEmpty { throw FileSource.unreadable(text, "the name is empty") }
    if path.utf8.contains(0) {
      throw FileSource.unreadable(text, "a file name can't contain a zero byte")
    }
  }

  /// The scheme of `scheme://…` in lower case.
  private static func scheme(of text: String) -> String? {
    let bytes = Array(text.utf8.prefix(32))
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      text.utf8.dropFirst(colon).starts(with: "://".utf8),
      bytes[..<colon].allSatisfy({ $0 < 0x80 && Character(Unicode.Scalar($0)).isSchemeCharacter })
    else { return nil }
    return String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
  }

  /// What follows `file://`, `file://localhost` or `file:` where a solidus does; nil for paths.
  private static func fileURLPath(_ text: String) throws(QueryError) -> Substring.UTF8View? {
    let bytes = text.utf8
    guard bytes.count > 5,
      String(decoding: bytes.prefix(5), as: UTF8.self).lowercased().utf8.elementsEqual("file:".utf8)
    else { return nil }
    var rest = bytes.dropFirst(5)
    guard rest.first == UInt8(ascii: "/") else { return nil }
    guard rest.starts(with: "//".utf8) else { return rest }
    rest = rest.dropFirst(2)
    if rest.starts(with: "localhost/".utf8) { rest = rest.dropFirst(9) }
    guard rest.first == UInt8(ascii: "/") else {
      throw QueryError(
        .fileAccessDenied, "the URL names a file on another machine",
        help: "write `file:///` before the path, or the path alone")
    }
    return rest
  }

  private static func withoutEscapes(
    _ bytes: Substring.UTF8View, of text: String
  ) throws(QueryError) -> String {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexDigit),
        let low = rest.popFirst().flatMap(hexDigit)
      else { throw FileSource.unreadable(text, "a `%` in the URL is not followed by two digits") }
      result.append(high << 4 | low)
    }
    guard let path = String(validating: result, as: UTF8.self) else {
      throw FileSource.unreadable(text, "the URL's path is not UTF-8")
    }
    return path
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension Character {
  /// A letter, a digit or one of `+`, `-`, `.`; the character is ASCII.
  fileprivate var isSchemeCharacter: Bool {
    isLetter || isNumber || self == "+" || self == "-" || self == "."
  }
}
