/// Strings and numbers as JSON writes them.
enum JSONText {
  /// Appends a string in quotes. Control and bidirectional characters are escaped, so that lines stay
  /// lines and terminals show what is there.
  static func append(_ text: String, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "\""))
    appendEscaped(text, to: &buffer)
    buffer.append(UInt8(ascii: "\""))
  }

  /// Appends what stands between the quotes.
  static func appendEscaped(_ text: String, to buffer: inout ByteBuffer) {
    if text.utf8.allSatisfy(isPlain) {
      buffer.append(text)
      return
    }
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

  /// Whether UTF-8 bytes stand for themselves in a JSON string. False also for some that do: those
  /// whose characters begin as ones that are escaped.
  static func isVerbatim(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes where !isPlain(byte) {
      // 0xC2, 0xD8 and 0xE2 begin control and formatting characters, 0x7F is one.
      if byte <= 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 { return false }
    }
    return true
  }

  /// Printable ASCII without quote and backslash.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
