/// Writes a tree as text that parses to the same tree.
///
/// Keywords are in capitals, each clause of a statement has its own line, names are quoted and
/// parentheses set only where they have to be. Chains of binary operators of any length take no
/// stack; everything else nests at most ``Parser/nestingLimit`` levels.
public struct Printer {
  /// How a column without an alias is written. Its name is its text, so other text is another name.
  public enum ColumnText: Sendable {
    /// As in the source: column names stay the same.
    case asWritten
    /// Like any other expression.
    case canonical
  }

  var output = ""
  let columnText: ColumnText

  private init(columnText: ColumnText) {
    self.columnText = columnText
  }

  /// The text of a statement, without a semicolon. O(n).
  public static func print(
    _ statement: Statement, columnText: ColumnText = .asWritten
  ) -> String {
    var printer = Printer(columnText: columnText)
    switch statement.mode {
    case .run: break
    case .explain: printer.output += "EXPLAIN "
    case .profile: printer.output += "PROFILE "
    }
    if statement.why != nil { printer.output += "WHY " }
    if let systemTime = statement.systemTime {
      printer.output += "FOR SYSTEM_TIME AS OF "
      printer.printExpression(systemTime, at: .additive)
      printer.output += "\n"
    }
    if let validTime = statement.validTime {
      printer.output += "FOR VALID_TIME"
      printer.printValidTime(validTime)
      printer.output += "\n"
    }
    switch statement.body {
    case .query(let query): printer.printQuery(query, separator: "\n")
    case .standaloneCall(let call): printer.printCall(call)
    }
    return printer.output
  }

  /// The canonical text of an expression. O(n).
  public static func print(_ expression: Expression) -> String {
    var printer = Printer(columnText: .canonical)
    printer.printExpression(expression, at: .or)
    return printer.output
  }

  /// The canonical text of a pattern. O(n).
  public static func print(_ pattern: Pattern) -> String {
    var printer = Printer(columnText: .canonical)
    printer.printPattern(pattern)
    return printer.output
  }

  mutating func printQuery(_ query: Query, separator: String) {
    for (index, part) in query.parts.enumerated() {
      if index > 0 {
        output += separator + (query.unions[index - 1].all ? "UNION ALL" : "UNION") + separator
      }
      for (position, clause) in part.clauses.enumerated() {
        if position > 0 { output += separator }
        printClause(clause)
      }
    }
  }

  /// Items with a separator between them.
  mutating func printList<Item>(
    _ items: [Item], separator: String = ", ", _ printItem: (inout Printer, Item) -> Void
  ) {
    for (index, item) in items.enumerated() {
      if index > 0 { output += separator }
      printItem(&self, item)
    }
  }
}
