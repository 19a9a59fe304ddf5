/// A word with a meaning in the language; letter case does not matter.
///
/// `Grammar/Keywords.txt` lists the same words with the same classes.
public enum Keyword: String, CaseIterable, Hashable, Sendable {
  case add = "ADD"
  case all = "ALL"
  case allShortestPaths = "ALLSHORTESTPATHS"
  case and = "AND"
  case any = "ANY"
  case `as` = "AS"
  case asc = "ASC"
  case ascending = "ASCENDING"
  case between = "BETWEEN"
  case by = "BY"
  case call = "CALL"
  case `case` = "CASE"
  case constraint = "CONSTRAINT"
  case contains = "CONTAINS"
  case contemporaneous = "CONTEMPORANEOUS"
  case count = "COUNT"
  case create = "CREATE"
  case csv = "CSV"
  case delete = "DELETE"
  case desc = "DESC"
  case descending = "DESCENDING"
  case detach = "DETACH"
  case distinct = "DISTINCT"
  case `do` = "DO"
  case drop = "DROP"
  case `else` = "ELSE"
  case end = "END"
  case ends = "ENDS"
  case exists = "EXISTS"
  case explain = "EXPLAIN"
  case `false` = "FALSE"
  case fieldTerminator = "FIELDTERMINATOR"
  case `for` = "FOR"
  case from = "FROM"
  case headers = "HEADERS"
  case `in` = "IN"
  case `is` = "IS"
  case limit = "LIMIT"
  case load = "LOAD"
  case mandatory = "MANDATORY"
  case match = "MATCH"
  case merge = "MERGE"
  case none = "NONE"
  case not = "NOT"
  case null = "NULL"
  case of = "OF"
  case on = "ON"
  case optional = "OPTIONAL"
  case or = "OR"
  case order = "ORDER"
  case profile = "PROFILE"
  case reduce = "REDUCE"
  case remove = "REMOVE"
  case require = "REQUIRE"
  case `return` = "RETURN"
  case scalar = "SCALAR"
  case set = "SET"
  case shortestPath = "SHORTESTPATH"
  case single = "SINGLE"
  case skip = "SKIP"
  case starts = "STARTS"
  case systemTime = "SYSTEM_TIME"
  case then = "THEN"
  case `true` = "TRUE"
  case union = "UNION"
  case unique = "UNIQUE"
  case unwind = "UNWIND"
  case validTime = "VALID_TIME"
  case when = "WHEN"
  case `where` = "WHERE"
  case why = "WHY"
  case with = "WITH"
  case xor = "XOR"
  case yield = "YIELD"

  /// Reserved words cannot be variables without backticks; all words can be labels, relationship
  /// types and property keys.
  public var isReserved: Bool {
    switch self {
    case .allShortestPaths, .any, .between, .call, .contemporaneous, .count, .csv, .explain,
      .fieldTerminator, .from, .headers, .load, .none, .profile, .reduce, .shortestPath, .single,
      .systemTime, .validTime, .why, .yield:
      false
    default:
      true
    }
  }

  /// The keyword that `bytes` spell in whatever letter case, if any. No allocation.
  static func spelled(by bytes: UnsafeBufferPointer<UInt8>) -> Keyword? {
    guard bytes.count >= 2, bytes.count <= 16 else { return nil }
    let initial = Int(bytes[0] & 0xDF) - Int(UInt8(ascii: "A"))
    guard initial >= 0, initial < byInitial.count else { return nil }
    for candidate in byInitial[initial] where candidate.spelling.count == bytes.count {
      var index = 1
      while index < bytes.count, bytes[index] & 0xDF == candidate.spelling[index] { index += 1 }
      if index == bytes.count { return candidate.keyword }
    }
    return nil
  }

  /// Keywords by their first letter.
  private static let byInitial: [[(keyword: Keyword, spelling: [UInt8])]] = {
    var table = Array(repeating: [(keyword: Keyword, spelling: [UInt8])](), count: 26)
    for keyword in allCases {
      let spelling = Array(keyword.rawValue.utf8)
      table[Int(spelling[0]) - Int(UInt8(ascii: "A"))].append((keyword, spelling))
    }
    return table
  }()
}
