/// Text as XML writes it.
enum XMLText {
  /// A text with markup escaped, for content and for attributes in double quotes. Characters that XML
  /// does not allow are replaced by U+FFFD.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
      case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
      case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
      case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
      case 0x09, 0x0A, 0x0D: bytes += Array("&#\(byte);".utf8)
      case 0x00..<0x20: bytes += UTF8.encodedReplacementCharacter
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// True when a text holds a character that XML does not allow.
  static func losesCharacters(_ text: String) -> Bool {
    text.utf8.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  }
}
