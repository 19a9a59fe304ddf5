import Dossier

/// Writes nothing.
struct NoneRenderer: ResultRenderer {
  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {}
  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {}
}
