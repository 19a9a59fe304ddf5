import Dossier

/// One object per result with typed values and counters: the answer of `dossier serve --stdio`.
struct TypedJSONRenderer: ResultRenderer {
  private var isFirst = true

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {
    buffer.append("{\"data\":{\"fields\":[")
    for (index, column) in columns.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      JSONText.append(column, to: &buffer)
    }
    buffer.append("],\"values\":[")
  }

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    buffer.append(isFirst ? "[" : ",[")
    isFirst = false
    for (index, value) in values.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      TypedJSON.append(value, to: &buffer)
    }
    buffer.append(UInt8(ascii: "]"))
  }

  /// Bytes after which an output gets what there is.
  private static let blockBytes = 1 << 17

  /// Appends all rows of a result; what there is goes on to the output from time to time.
  mutating func write(
    _ rows: QueryResult.Rows, through buffer: inout ByteBuffer, to output: any ByteOutput
  ) throws(OutputClosed) {
    var block = TypedJSONBlock()
    var isFirst = isFirst
    try rows.forEachStretch { (count, columns) throws(OutputClosed) in
      for row in 0..<count {
        block.append(row: row, of: columns, isFirst: isFirst)
        isFirst = false
        if block.count < Self.blockBytes { continue }
        buffer.append(contentsOf: block.bytes)
        block.removeAll()
        try buffer.flush(to: output)
      }
    }
    buffer.append(contentsOf: block.bytes)
    self.isFirst = isFirst
  }

  mutating func end(_ summary: ResultSummary, to buffer: inout ByteBuffer) {
    buffer.append("]},\"counters\":")
    TypedJSON.append(summary.counters, to: &buffer)
    buffer.append("}\n")
  }

  mutating func appendNoColumns(_ summary: ResultSummary, to buffer: inout ByteBuffer) {
    begin([], to: &buffer)
    end(summary, to: &buffer)
  }
}
