import Dossier

/// One value per line, names aligned; rows are parted by a line with their number.
struct LineRenderer: ResultRenderer {
  private let options: RenderingOptions
  private var names: [String] = []
  private var nameColumns = 0
  private var rowNumber = 0

  init(options: RenderingOptions) {
    self.options = options
  }

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {
    names = columns.map { TextEscaping.visible($0) }
    nameColumns = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
  }

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    rowNumber += 1
    buffer.append("-- row ")
    buffer.append(rowNumber)
    buffer.append(UInt8(ascii: "\n"))
    for (name, value) in zip(names, values) {
      if options.hasColors { buffer.append("\u{1B}[1m") }
      buffer.append(name)
      if options.hasColors { buffer.append("\u{1B}[0m") }
      let padding = nameColumns - DisplayWidth.columns(of: name)
      buffer.append(repeating: UInt8(ascii: " "), count: padding)
      buffer.append(" = ")
      ValueText.append(value, to: &buffer)
      buffer.append(UInt8(ascii: "\n"))
    }
  }
}
