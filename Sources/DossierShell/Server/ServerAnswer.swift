import Dossier
import DossierSyntax

/// Answers of the stdio protocol.
enum ServerAnswer {
  /// Messages are cut behind this many bytes.
  static let messageBytes = 4096

  /// Appends the line of an error; `statement` gives line and column where the error has none.
  static func append(_ error: QueryError, statement: SourceText?, to buffer: inout ByteBuffer) {
    buffer.append("{\"errors\":[")
    for (index, diagnostic) in error.diagnostics.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      append(diagnostic, statement, to: &buffer)
    }
    buffer.append("]}\n")
  }

  private static func append(
    _ diagnostic: Diagnostic, _ statement: SourceText?, to buffer: inout ByteBuffer
  ) {
    var position = diagnostic.position
    if position == nil, let range = diagnostic.range {
      position = statement?.position(of: range.start)
    }
    buffer.append("{\"code\":")
    JSONText.append(diagnostic.code.status, to: &buffer)
    buffer.append(",\"type\":")
    JSONText.append(diagnostic.code.type, to: &buffer)
    buffer.append(",\"phase\":")
    JSONText.append(diagnostic.code.phase.rawValue, to: &buffer)
    buffer.append(",\"detail\":")
    JSONText.append(diagnostic.code.detail, to: &buffer)
    buffer.append(",\"message\":")
    JSONText.append(shortened(diagnostic.message), to: &buffer)
    if let help = diagnostic.help {
      buffer.append(",\"help\":")
      JSONText.append(shortened(help), to: &buffer)
    }
    if let file = diagnostic.file {
      buffer.append(",\"file\":")
      JSONText.append(shortened(file), to: &buffer)
    }
    buffer.append(",\"line\":")
    buffer.append(position.map { String($0.line) } ?? "null")
    buffer.append(",\"column\":")
    buffer.append(position.map { String($0.column) } ?? "null")
    buffer.append(UInt8(ascii: "}"))
  }

  /// The text, or its beginning with a mark when it is too long.
  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > messageBytes else { return text }
    var bytes = Array(text.utf8.prefix(messageBytes - 3))
    while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
    if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self) + "…"
  }
}
