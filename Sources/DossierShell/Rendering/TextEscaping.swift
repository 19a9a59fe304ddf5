/// Makes texts safe to show: control characters and those that turn the direction of writing, which
/// could make a terminal show something other than what is there.
public enum TextEscaping {
  /// Appends a text with control and bidirectional formatting characters spelled out.
  public static func appendVisible(_ text: String, to buffer: inout ByteBuffer) {
    if isHarmless(text) {
      buffer.append(text)
      return
    }
    for scalar in text.unicodeScalars {
      if needsEscape(scalar) { appendEscape(scalar, to: &buffer) } else { buffer.append(scalar) }
    }
  }

  /// A text with control and bidirectional formatting characters spelled out.
  public static func visible(_ text: String) -> String {
    if isHarmless(text) { return text }
    var buffer = ByteBuffer()
    appendVisible(text, to: &buffer)
    return buffer.text
  }

  /// Like `visible`, for texts of several lines: line feeds and tabs stay.
  public static func visibleLines(_ text: String) -> String {
    if isHarmless(text) { return text }
    var buffer = ByteBuffer()
    for scalar in text.unicodeScalars {
      if needsEscape(scalar), scalar != "\n", scalar != "\t" {
        appendEscape(scalar, to: &buffer)
      } else {
        buffer.append(scalar)
      }
    }
    return buffer.text
  }

  /// True for printable ASCII, which most texts are.
  private static func isHarmless(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// True for control characters, line and paragraph separators and bidirectional formatting.
  static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Appends `\n`, `\t`, `\r` or `\uXXXX`, which Cypher and JSON read alike.
  static func appendEscape(_ scalar: Unicode.Scalar, to buffer: inout ByteBuffer) {
    switch scalar {
    case "\n": buffer.append("\\n")
    case "\t": buffer.append("\\t")
    case "\r": buffer.append("\\r")
    default:
      buffer.append("\\u")
      let digits = String(scalar.value, radix: 16)
      buffer.append(repeating: UInt8(ascii: "0"), count: 4 - digits.utf8.count)
      buffer.append(digits)
    }
  }
}
