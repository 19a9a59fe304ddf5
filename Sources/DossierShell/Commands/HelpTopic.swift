import Dossier

/// Pages of `:help` beside those of single commands and functions.
enum HelpTopic {
  /// The names of the pages.
  static let names = ["clauses", "commands", "formats", "functions", "keys"]

  /// A page by its name; nil when there is none.
  static func text(_ name: String) -> String? {
    switch name {
    case "clauses": clauses
    case "commands": commands
    case "formats": formats
    case "functions": functions
    case "keys": keys
    default: nil
    }
  }

  /// All commands, one per line.
  static var commands: String {
    let width = ShellCommand.table.map { $0.synopsis.utf8.count }.max() ?? 0
    return ShellCommand.table.map { "  \(padded($0.synopsis, width))  \($0.summary)\n" }.joined()
  }

  private static var formats: String {
    OutputFormat.allCases.map { "  \(padded($0.rawValue, 10))  \($0.summary)\n" }.joined()
  }

  /// Names of functions by family.
  private static var functions: String {
    let families = Set(FunctionReference.all.map(\.family)).sorted()
    return families.map { family in
      let names = FunctionReference.all.filter { $0.family == family }.map { $0.name + "()" }
      return "\(family)\n\(wrapped(names))"
    }.joined()
  }

  /// Words in lines of at most 96 columns, indented.
  private static func wrapped(_ words: [String]) -> String {
    var text = ""
    var line = " "
    for word in words {
      if line.utf8.count + word.utf8.count >= 96 {
        text += line + "\n"
        line = " "
      }
      line += " " + word
    }
    return text + line + "\n"
  }

  private static let clauses = """
      MATCH (a:Label {key: value})-[r:TYPE*1..3]->(b) WHERE condition
      MATCH pattern AS OF instant      what was valid then; BETWEEN first AND last: at some time
      MATCH CONTEMPORANEOUS pattern    all parts valid at one and the same time
      FOR VALID_TIME AS OF instant     in front of a statement: for all its patterns
      OPTIONAL MATCH pattern           rows without a match stay, with null
      RETURN DISTINCT expression AS name ORDER BY name DESC SKIP 10 LIMIT 5
      WITH expression AS name WHERE condition      goes on with these columns
      UNWIND list AS element           one row for each element
      LOAD CSV WITH HEADERS FROM 'people.csv' AS row FIELDTERMINATOR ';'
                                       one row for each record: a map, without headers a list
      CREATE pattern                   MERGE pattern ON CREATE SET … ON MATCH SET …
      SET a.key = value, a:Label       REMOVE a.key, a:Label
      DELETE r                         DETACH DELETE a
      CALL procedure(argument) YIELD column
      query UNION [ALL] query
      EXPLAIN statement                PROFILE statement

    """

  private static let keys = """
      Tab       complete; twice: show all completions
      Ctrl-C    cancel the line or the running statement
      Ctrl-D    leave
      Ctrl-R    search the history
      Up, Down  earlier and later statements

    Lines between `$if Dossier` and `$endif` in ~/.inputrc set keys for this program alone.

    """

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
