/// Replaces the escape sequences of a string literal.
struct EscapeDecoder {
  let bytes: [UInt8]
  var offset: Int
  /// Byte offset of the closing quote.
  let end: Int

  /// `<escaped character>`: the text between the quotes with all escapes replaced.
  mutating func decode() throws(QueryError) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(end - offset)
    while offset < end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\\") {
        try decodeEscape(into: &output)
      } else {
        output.append(byte)
        offset += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private mutating func decodeEscape(into output: inout [UInt8]) throws(QueryError) {
    let start = offset
    let letter = offset + 1 < end ? bytes[offset + 1] : 0
    offset += 2
    switch letter {
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
      output.append(letter)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "u"): try decodeUnicode(digits: 4, from: start, into: &output)
    case UInt8(ascii: "U"): try decodeUnicode(digits: 8, from: start, into: &output)
    default: throw unknownEscape(from: start)
    }
  }

  private func unknownEscape(from start: Int) -> QueryError {
    var scalarEnd = min(start + 2, end)
    while scalarEnd < end, bytes[scalarEnd] & 0xC0 == 0x80 { scalarEnd += 1 }
    return QueryError(
      .unexpectedSyntax, "unknown escape sequence in a string",
      at: SourceRange(start: start, end: scalarEnd),
      help: "escapes are `\\\\`, `\\'`, `\\\"`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, `\\uXXXX` and"
        + " `\\UXXXXXXXX`; write a backslash as `\\\\`")
  }

  private mutating func decodeUnicode(
    digits: Int, from start: Int, into output: inout [UInt8]
  ) throws(QueryError) {
    var value = try hexadecimal(digits: digits, from: start)
    if value & 0xFFFF_FC00 == 0xD800, digits == 4 {
      guard offset + 1 < end, bytes[offset] == UInt8(ascii: "\\"),
        bytes[offset + 1] == UInt8(ascii: "u")
      else { throw invalidScalar(from: start) }
      offset += 2
      let low = try hexadecimal(digits: 4, from: start)
      guard low & 0xFFFF_FC00 == 0xDC00 else { throw invalidScalar(from: start) }
      value = 0x10000 + ((value & 0x3FF) << 10) + (low & 0x3FF)
    }
    guard let scalar = Unicode.Scalar(value) else { throw invalidScalar(from: start) }
    output.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  /// `<four hex digits>`, once or twice.
  private mutating func hexadecimal(digits: Int, from start: Int) throws(QueryError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard offset < end, let digit = CharacterClass.hexadecimalValue(bytes[offset]) else {
        throw QueryError(
          .invalidUnicodeLiteral, "a Unicode escape has \(digits) hexadecimal digits",
          at: SourceRange(start: start, end: offset),
          help: "write `\\u` with four digits or `\\U` with eight")
      }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }

  private func invalidScalar(from start: Int) -> QueryError {
    QueryError(
      .invalidUnicodeLiteral, "the escape names no Unicode character",
      at: SourceRange(start: start, end: offset),
      help: "characters go from U+0000 to U+10FFFF without the surrogates U+D800 to U+DFFF")
  }
}
