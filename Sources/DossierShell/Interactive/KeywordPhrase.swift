import DossierSyntax

/// How completions write keywords: those that always come together are offered together.
enum KeywordPhrase {
  /// The phrases that begin with a keyword.
  static func texts(_ keyword: Keyword, behind last: Keyword?) -> [String] {
    switch keyword {
    case .order: ["ORDER BY"]
    case .starts: ["STARTS WITH"]
    case .ends: ["ENDS WITH"]
    case .is: ["IS NULL", "IS NOT NULL"]
    case .optional: ["OPTIONAL MATCH"]
    case .detach: ["DETACH DELETE"]
    case .load: ["LOAD CSV"]
    case .with where last == .csv: ["WITH HEADERS FROM"]
    case .on: ["ON CREATE SET", "ON MATCH SET"]
    case .union: ["UNION", "UNION ALL"]
    default: [keyword.rawValue]
    }
  }
}
