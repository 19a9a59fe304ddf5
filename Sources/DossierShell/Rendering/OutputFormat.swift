/// How results are written; the names are what `--format` and `:format` take.
public enum OutputFormat: String, CaseIterable, Sendable {
  case box
  case table
  case csv
  case tsv
  case json
  case jsonl
  case typedJSON = "typed-json"
  case markdown
  case line
  case cypher
  case gram
  case dot
  case mermaid
  case svg
  case html
  case none

  /// One line for help texts.
  public var summary: String {
    switch self {
    case .box: "a table in a box, fitted to the terminal (default on a terminal)"
    case .table: "a table in plain ASCII (default elsewhere)"
    case .csv: "comma-separated values (RFC 4180) with a header line"
    case .tsv: "tab-separated values with a header line; tabs and line feeds as \\t and \\n"
    case .json: "one array of objects per result"
    case .jsonl: "one object per row and line"
    case .typedJSON: "one object per result with typed values, as `dossier serve` answers"
    case .markdown: "a Markdown table"
    case .line: "one value per line, for wide rows"
    case .cypher: "the nodes and relationships of a result as CREATE statements"
    case .gram: "the same in Gram notation"
    case .dot: "the same for Graphviz"
    case .mermaid: "the same for Mermaid"
    case .svg: "a picture of the nodes and relationships of a result"
    case .html: "the picture in a page"
    case .none: "nothing; statements are only run"
    }
  }

  /// Formats for people: a blank line parts two results.
  var isForPeople: Bool {
    switch self {
    case .box, .table, .markdown, .line: true
    default: false
    }
  }

  /// The format of a name; letter case does not matter. Some names of other shells are accepted.
  public init?(name: String) {
    let name = name.lowercased()
    if let format = OutputFormat(rawValue: name) {
      self = format
      return
    }
    switch name {
    case "ndjson", "jsonlines": self = .jsonl
    case "md": self = .markdown
    case "ascii", "column", "columns", "plain": self = .table
    case "duckbox", "unicode", "aligned": self = .box
    case "vertical", "expanded", "list": self = .line
    case "trash", "off": self = .none
    default: return nil
    }
  }
}
