/// The words of `Grammar/Keywords.txt`.
public struct KeywordList: Sendable {
  /// Reserved words in the order of the file.
  public private(set) var reserved: [String] = []
  /// Unreserved words in the order of the file.
  public private(set) var unreserved: [String] = []

  /// Reads `WORD class` lines; lines that start with `!!` are comments.
  public init(_ text: String) throws(GrammarError) {
    for line in text.split(separator: "\n") where !line.hasPrefix("!!") {
      let fields = line.split(separator: " ")
      guard fields.count == 2 else { throw GrammarError("not a keyword and its class: \(line)") }
      switch fields[1] {
      case "reserved": reserved.append(String(fields[0]))
      case "unreserved": unreserved.append(String(fields[0]))
      default: throw GrammarError("unknown class: \(line)")
      }
    }
  }

  /// All words, sorted.
  public var all: [String] { (reserved + unreserved).sorted() }
}
