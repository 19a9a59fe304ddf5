import Dossier

/// One array of objects per result: column names are the keys.
struct JSONRenderer: ResultRenderer {
  private var columns: [String] = []
  private var isFirst = true

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {
    self.columns = columns
    buffer.append(UInt8(ascii: "["))
  }

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    buffer.append(isFirst ? "\n  " : ",\n  ")
    isFirst = false
    PlainJSON.appendRow(columns, values, to: &buffer)
  }

  mutating func end(_ summary: ResultSummary, to buffer: inout ByteBuffer) {
    buffer.append(isFirst ? "]\n" : "\n]\n")
  }

  mutating func appendNoColumns(_ summary: ResultSummary, to buffer: inout ByteBuffer) {
    buffer.append("[]\n")
  }
}
