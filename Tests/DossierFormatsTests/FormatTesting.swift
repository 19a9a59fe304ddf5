import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import Testing

/// A text with a mark, 1️⃣, where an error is expected.
struct MarkedText {
  var bytes: [UInt8]
  /// The byte offset of the mark; nil without one.
  var mark: Int?

  init(_ text: String) {
    let marker = Array("1️⃣".utf8)
    bytes = Array(text.utf8)
    guard bytes.count >= marker.count else { return }
    for offset in 0...(bytes.count - marker.count)
    where bytes[offset..<offset + marker.count].elementsEqual(marker) {
      mark = offset
      bytes.removeSubrange(offset..<offset + marker.count)
      return
    }
  }
}

/// The error that loading a text gives; nil when it loads.
func loadError(
  _ bytes: [UInt8], format: GraphFileFormat, into database: Database = Database()
) -> QueryError? {
  do throws(QueryError) {
    _ = try GraphFile.load(bytes: bytes, named: "test", into: database, format: format)
    return nil
  } catch {
    return error
  }
}

/// Expects that loading a marked text fails at its mark, and that nothing was loaded.
func expectError(
  _ text: String, _ code: DiagnosticCode, _ message: String, format: GraphFileFormat = .gram,
  into database: Database = Database(), sourceLocation: SourceLocation = #_sourceLocation
) {
  let marked = MarkedText(text)
  let before = summary(of: database)
  guard let error = loadError(marked.bytes, format: format, into: database) else {
    Issue.record("loads without an error", sourceLocation: sourceLocation)
    return
  }
  #expect(error.code == code, sourceLocation: sourceLocation)
  #expect(error.diagnostics[0].message == message, sourceLocation: sourceLocation)
  #expect(error.diagnostics[0].range?.start == marked.mark, sourceLocation: sourceLocation)
  #expect(error.diagnostics[0].file == "test", sourceLocation: sourceLocation)
  #expect(error.diagnostics[0].position != nil, sourceLocation: sourceLocation)
  #expect(summary(of: database) == before, sourceLocation: sourceLocation)
}

/// A text for each node and each relationship, in the order of their ids.
func summary(of database: Database) -> [String] {
  let view = database.view
  return view.nodes.map { node in
    "(\(node.id.rawValue)" + node.labels.sorted().map { ":\($0)" }.joined()
      + properties(node.properties) + ")"
  }
    + view.relationships.map { relationship in
      "\(text(relationship.start))-[:\(relationship.type)"
        + "\(properties(relationship.properties))]->\(text(relationship.end))"
    }
}

/// `(0)` is a node, `[0]` a relationship.
private func text(_ end: ElementID) -> String {
  end.kind == .node ? "(\(end.rawValue))" : "[\(end.rawValue)]"
}

/// The graph that a text describes.
func summary(
  loading text: String, format: GraphFileFormat = .gram,
  sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
  let database = Database()
  if let error = loadError(Array(text.utf8), format: format, into: database) {
    let first = error.diagnostics[0]
    let line = first.position?.line ?? 0
    Issue.record("line \(line): \(first.message)", sourceLocation: sourceLocation)
  }
  return summary(of: database)
}

private func properties(_ map: MapValue) -> String {
  if map.count == 0 { return "" }
  let entries = map.entries.map { "\($0.key): \(text($0.value))" }.sorted()
  return " {" + entries.joined(separator: ", ") + "}"
}

/// A value with its type, for comparisons.
func text(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .boolean(let value): "\(value)"
  case .integer(let value): "\(value)"
  case .float(let value): value.isNaN ? "float nan" : "float \(value)"
  case .string(let value): "'\(value)'"
  case .list(let values): "[" + values.map { text($0) }.joined(separator: ", ") + "]"
  case .date(let value): "date \(value.daysSinceEpoch)"
  case .localTime(let value): "localtime \(value.nanosecondOfDay)"
  case .time(let value): "time \(value.nanosecondOfDay) \(value.offsetSeconds)"
  case .localDateTime(let value):
    "localdatetime \(value.secondsSinceEpoch) \(value.nanosecond)"
  case .dateTime(let value):
    "datetime \(value.secondsSinceEpoch) \(value.nanosecond) \(value.zone.rawValue)"
  case .duration(let value):
    "duration \(value.months) \(value.days) \(value.seconds) \(value.nanoseconds)"
  default: "unstorable"
  }
}

/// A small generator of repeatable pseudo-random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func removeFile(_ path: String) {
  unlink(path)
}
