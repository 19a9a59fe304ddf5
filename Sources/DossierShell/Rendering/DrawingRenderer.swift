import Dossier

/// The nodes and relationships of a result as a picture.
struct DrawingRenderer: ResultRenderer {
  /// A page around the picture.
  let isPage: Bool
  private var elements = ElementCollection()

  init(isPage: Bool) {
    self.isPage = isPage
  }

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {}

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    for value in values { elements.add(value) }
  }

  mutating func end(_ summary: ResultSummary, to buffer: inout ByteBuffer) {
    let drawing = GraphDrawing(elements)
    buffer.append(isPage ? drawing.html() : drawing.svg())
  }
}
