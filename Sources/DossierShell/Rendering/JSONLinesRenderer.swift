import Dossier

/// One object per row, each on a line of its own.
struct JSONLinesRenderer: ResultRenderer {
  private var columns: [String] = []

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {
    self.columns = columns
  }

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    PlainJSON.appendRow(columns, values, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
  }
}
