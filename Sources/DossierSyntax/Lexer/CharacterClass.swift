/// Classes of characters, as openCypher defines them.
enum CharacterClass {
  /// `<digit>`.
  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// `<octal digit>`.
  static func isOctalDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "7")
  }

  /// `<hex digit>`: its value.
  static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// A letter of ASCII.
  static func isLetter(_ byte: UInt8) -> Bool {
    let upper = byte & 0xDF
    return upper >= UInt8(ascii: "A") && upper <= UInt8(ascii: "Z")
  }

  /// Letters and underscore.
  static func isASCIIIdentifierStart(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == UInt8(ascii: "_")
  }

  /// Letters, digits and underscore.
  static func isASCIIIdentifierExtend(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
  }

  /// `<identifier start>`.
  static func isIdentifierStart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isASCIIIdentifierStart(UInt8(scalar.value)) }
    return scalar.properties.isXIDStart
      || scalar.properties.generalCategory == .connectorPunctuation
  }

  /// `<identifier extend>`.
  static func isIdentifierExtend(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isASCIIIdentifierExtend(UInt8(scalar.value)) }
    return scalar.properties.isXIDContinue
  }

  /// `<white space>`.
  static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200A, 0x2028, 0x2029,
      0x202F, 0x205F, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// `<unicode dash>`: dashes that openCypher accepts in arrows beside `-`.
  static func isUnicodeDash(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: true
    default: false
    }
  }

  /// `<unicode left arrowhead>`.
  static func isUnicodeLeftArrowhead(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x27E8, 0x3008, 0xFE64, 0xFF1C: true
    default: false
    }
  }

  /// `<unicode right arrowhead>`.
  static func isUnicodeRightArrowhead(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x27E9, 0x3009, 0xFE65, 0xFF1E: true
    default: false
    }
  }
}
