import Dossier
import DossierSyntax

@testable import DossierShell

/// A shell whose outputs are kept, for tests.
final class RecordedShell {
  let results = MemoryOutput()
  let messages = MemoryOutput()
  let shell: Shell

  init(_ settings: ShellSettings = ShellSettings()) {
    shell = Shell(
      database: Database(), settings: settings, results: results, messages: messages)
  }

  /// Runs a text as `-c` does.
  @discardableResult
  func run(
    _ text: String, keepsGoing: Bool = false, isTransaction: Bool = false
  ) -> BatchRunner {
    var batch = BatchRunner(shell: shell, keepsGoing: keepsGoing, isTransaction: isTransaction)
    batch.run([BatchSource(.text(text))])
    return batch
  }
}

/// Renders rows in a format.
func rendered(
  _ format: OutputFormat, _ columns: [String], _ rows: [[Value]],
  _ options: RenderingOptions = RenderingOptions()
) -> String {
  var renderer = format.renderer(options)
  var buffer = ByteBuffer()
  renderer.begin(columns, to: &buffer)
  for row in rows { renderer.append(row, to: &buffer) }
  renderer.end(ResultSummary(counters: UpdateCounters()), to: &buffer)
  return buffer.text
}

/// `(:Agency)<-[:designated-by]-(:Company {name: 'Xiaomi'})`.
let samplePath = Path(
  nodes: [
    Node(id: NodeID(rawValue: 1), labels: ["Agency"], properties: MapValue()),
    Node(
      id: NodeID(rawValue: 0), labels: ["Company"],
      properties: MapValue([("name", .string("Xiaomi"))])),
  ],
  relationships: [
    Relationship(
      id: RelationshipID(rawValue: 7), type: "designated-by", start: NodeID(rawValue: 0),
      end: NodeID(rawValue: 1), properties: MapValue([("since", .integer(2021))]))
  ])
