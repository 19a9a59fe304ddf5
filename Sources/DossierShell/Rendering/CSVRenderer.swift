import Dossier

/// Comma-separated values as in RFC 4180, with a header line and CR LF as line ends.
///
/// Null is an empty field, the empty string is `""`.
struct CSVRenderer: ResultRenderer {
  /// True when control characters must not reach the terminal.
  let isTerminal: Bool

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {
    for (index, name) in columns.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      appendField(name, to: &buffer)
    }
    endLine(&buffer)
  }

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    for (index, value) in values.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      switch value {
      case .null: break
      case .integer(let number): buffer.append(number)
      case .string(let text): appendField(text, to: &buffer)
      default: appendField(ValueText.text(value), to: &buffer)
      }
    }
    endLine(&buffer)
  }

  private func endLine(_ buffer: inout ByteBuffer) {
    buffer.append(isTerminal ? "\n" : "\r\n")
  }

  private func appendField(_ text: String, to buffer: inout ByteBuffer) {
    let text = isTerminal ? TextEscaping.visible(text) : text
    let isPlain =
      !text.utf8.isEmpty
      && text.utf8.allSatisfy {
        $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n")
          && $0 != UInt8(ascii: "\r")
      }
    if isPlain {
      buffer.append(text)
      return
    }
    buffer.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { buffer.append(byte) }
      buffer.append(byte)
    }
    buffer.append(UInt8(ascii: "\""))
  }
}
