import Dossier

/// Tab-separated values with a header line; one line per row whatever the values hold.
///
/// Tab, line feed, carriage return and backslash inside a value are `\t`, `\n`, `\r` and `\\`; other
/// control characters are `\uXXXX`. Null is an empty field.
struct TSVRenderer: ResultRenderer {
  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {
    for (index, name) in columns.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: "\t")) }
      appendField(name, to: &buffer)
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    for (index, value) in values.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: "\t")) }
      switch value {
      case .null: break
      case .string(let text): appendField(text, to: &buffer)
      default: ValueText.append(value, to: &buffer)
      }
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  private func appendField(_ text: String, to buffer: inout ByteBuffer) {
    for scalar in text.unicodeScalars {
      if scalar == "\\" {
        buffer.append("\\\\")
      } else if TextEscaping.needsEscape(scalar) {
        TextEscaping.appendEscape(scalar, to: &buffer)
      } else {
        buffer.append(scalar)
      }
    }
  }
}
