/// Strings and numbers as JSON writes them.
enum JSONText {
  /// Appends a string in quotes. Control and bidirectional characters are escaped, so that lines stay
  /// lines and terminals show what is there.
  static func append(_ text: String, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy(isPlain) {
      buffer.append(text)
    } else {
      for scalar in text.unicodeScalars {
        if scalar == "\"" || scalar == "\\" {
          buffer.append(UInt8(ascii: "\\"))
          buffer.append(scalar)
        } else if TextEscaping.needsEscape(scalar) {
          TextEscaping.appendEscape(scalar, to: &buffer)
        } else {
          buffer.append(scalar)
        }
      }
    }
    buffer.append(UInt8(ascii: "\""))
  }

  /// Printable ASCII without quote and backslash.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
