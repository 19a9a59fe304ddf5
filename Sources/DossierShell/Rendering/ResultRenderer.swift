import Dossier

/// Turns a result into bytes, row by row. One type per format; a renderer serves one result.
protocol ResultRenderer {
  /// Called once, before the rows. Never called for results without columns.
  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer)
  /// Called for each row; `values` has as many values as there are columns.
  mutating func append(_ values: [Value], to buffer: inout ByteBuffer)
  /// Called once, behind the rows.
  mutating func end(_ summary: ResultSummary, to buffer: inout ByteBuffer)
  /// Called instead of the others for a statement that returns nothing.
  mutating func appendNoColumns(_ summary: ResultSummary, to buffer: inout ByteBuffer)
}

extension ResultRenderer {
  func end(_ summary: ResultSummary, to buffer: inout ByteBuffer) {}
  func appendNoColumns(_ summary: ResultSummary, to buffer: inout ByteBuffer) {}
}

/// What is known of a result when its rows are done.
struct ResultSummary {
  var counters: UpdateCounters
  /// Rows that were not shown because of the row limit.
  var hiddenRows = 0
}

/// What renderers may assume of the place where their output is read.
public struct RenderingOptions: Sendable {
  /// True when a person reads the output on a terminal: control characters are escaped in all formats.
  public var isTerminal = false
  /// True when escape sequences for colours may be written.
  public var hasColors = false
  /// Columns that a row of a grid may fill; nil for no limit.
  public var width: Int?
  /// True when `width` follows the terminal.
  public var fitsTerminal = false
  /// Rows of a result that are shown; nil for all.
  public var rowLimit: Int?
  /// Columns at the beginning that tell of a row that `WHY` explains; nil for other results.
  var explainedColumns: Int?

  public init() {}
}

extension OutputFormat {
  /// A renderer for one result.
  func renderer(_ options: RenderingOptions) -> any ResultRenderer {
    switch self {
    case .box: GridRenderer(style: .box, options: options)
    case .table: GridRenderer(style: .ascii, options: options)
    case .markdown: GridRenderer(style: .markdown, options: options)
    case .csv: CSVRenderer(isTerminal: options.isTerminal)
    case .tsv: TSVRenderer()
    case .json: JSONRenderer()
    case .jsonl: JSONLinesRenderer()
    case .typedJSON: TypedJSONRenderer()
    case .line: LineRenderer(options: options)
    case .cypher: GraphRenderer(format: .cypher)
    case .gram: GraphRenderer(format: .gram)
    case .dot: GraphRenderer(format: .dot)
    case .mermaid: GraphRenderer(format: .mermaid)
    case .svg: DrawingRenderer(isPage: false)
    case .html: DrawingRenderer(isPage: true)
    case .none: NoneRenderer()
    }
  }
}
