import Dossier
import DossierFormats
import DossierSyntax

/// The nodes and relationships of a result in a format for graphs; other values are left out.
struct GraphRenderer: ResultRenderer {
  private let format: GraphFileFormat
  private var elements = ElementCollection()

  init(format: GraphFileFormat) {
    self.format = format
  }

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {}

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    for value in values { elements.add(value) }
  }

  mutating func end(_ summary: ResultSummary, to buffer: inout ByteBuffer) {
    do throws(QueryError) {
      let graph = try elements.graph()
      buffer.append(contentsOf: try GraphFile.bytes(of: graph, format: format).bytes)
    } catch {
      // Elements of a result always make a graph; their names and values come from one.
      buffer.append(contentsOf: error.description.utf8)
    }
  }
}
