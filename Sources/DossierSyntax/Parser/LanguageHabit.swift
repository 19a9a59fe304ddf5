/// Spellings of other languages and what Cypher writes instead.
enum LanguageHabit {
  /// Help for an operator that Cypher does not have.
  static func help(forOperator text: String) -> String? {
    switch text {
    case "!=": "write `<>` for “not equal”"
    case "==": "write `=` for “equal”"
    case "&&", "&": "write `AND`"
    case "||": "write `OR`, or `+` to join strings"
    case "!": "write `NOT`"
    default: nil
    }
  }

  /// Help for a word of SQL or GQL that Cypher does not have.
  static func help(forWord word: String) -> String? {
    switch word.uppercased() {
    case "SELECT": "write `MATCH … RETURN …`"
    case "FROM": "name what to read in `MATCH`"
    case "INSERT": "write `CREATE`"
    case "UPDATE": "write `MATCH … SET …`"
    case "HAVING": "write `WITH … WHERE …`"
    case "GROUP": "rows are grouped by the items of `WITH` and `RETURN` that hold no aggregate"
    case "JOIN": "write the relationship as a pattern: `(a)-[:TYPE]->(b)`"
    case "LIKE": "write `STARTS WITH`, `ENDS WITH`, `CONTAINS` or `=~`"
    case "BETWEEN": "write `low <= value <= high`"
    case "OFFSET": "write `SKIP`"
    case "TOP", "FETCH": "write `LIMIT`"
    case "SHOW", "DESCRIBE", "DESC", "PRAGMA":
      "`:schema` shows what the graph holds, `:help functions` what may be called"
    case "USE", "ATTACH": "a session has one graph; `:load FILE` adds to it"
    case "ANALYZE": "write `PROFILE` for a plan with actual rows and times"
    case "INDEX": "indexes are made by statements as they need them; `:schema` shows them"
    case "COPY": "write `LOAD CSV`, or `:once FILE` before a statement"
    case "ELSEIF", "ELIF": "write another `WHEN … THEN …`"
    default: nil
    }
  }
}
