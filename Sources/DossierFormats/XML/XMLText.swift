import Dossier

/// Text as XML writes it.
enum XMLText {
  /// A text with markup escaped, for content and for attributes in double quotes. Characters that XML
  /// does not allow are replaced by U+FFFD.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes += Array("&amp;".utf8)
      case "<": bytes += Array("&lt;".utf8)
      case ">": bytes += Array("&gt;".utf8)
      case "\"": bytes += Array("&quot;".utf8)
      case "\t", "\n", "\r": bytes += Array("&#\(scalar.value);".utf8)
      case _ where !isAllowed(scalar): bytes += UTF8.encodedReplacementCharacter
      default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// True when a text holds a character that XML does not allow.
  static func losesCharacters(_ text: String) -> Bool {
    text.unicodeScalars.contains { !isAllowed($0) }
  }

  /// `<Char>` of XML 1.0.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0xFFFE, 0xFFFF: false
    default: true
    }
  }
}
