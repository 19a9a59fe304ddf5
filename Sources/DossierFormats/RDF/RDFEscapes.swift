import DossierSyntax

/// The escapes of N-Triples 1.1 (`ECHAR`, `UCHAR`), which Turtle 1.1 has too.
enum RDFEscapes {
  /// Appends what the escape of a literal at `place` stands for, and steps over it.
  static func appendCharacter(
    at place: inout Int, of file: FileBytes, to text: inout [UInt8]
  ) throws(QueryError) {
    let letter = file.start[place + 1]
    switch letter {
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): text.append(letter)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      return try appendScalar(at: &place, of: file, to: &text)
    default: throw file.error(.invalidData, "unknown escape", at: place)
    }
    place += 2
  }

  /// Appends the character of `\u` with four or `\U` with eight digits at `place`, and steps over it.
  static func appendScalar(
    at place: inout Int, of file: FileBytes, to text: inout [UInt8]
  ) throws(QueryError) {
    let start = place
    let digits = file.start[place + 1] == UInt8(ascii: "u") ? 4 : 8
    place += 2
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = GramScanner.hexValue(file.start[place]) else {
        throw file.error(
          .invalidData, "expected \(digits) hexadecimal digits after the backslash", at: start)
      }
      value = value << 4 | UInt32(digit)
      place += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw file.error(.invalidData, "this escape names no Unicode character", at: start)
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
