import DossierSyntax

@testable import Dossier

/// Sizes that a test decides on.
struct TableStatistics: GraphStatistics {
  var nodeCount = 1_000
  var relationshipCount = 5_000
  var labels: [String: Int] = [:]
  var types: [String: Int] = [:]

  func nodeCount(label: String) -> Int { labels[label] ?? 0 }
  func relationshipCount(type: String) -> Int { types[type] ?? 0 }

  /// Labels are spread evenly over the ends of relationships.
  func relationshipCount(type: String, at end: RelationshipEnd, label: String) -> Int {
    relationshipCount(type: type) * nodeCount(label: label) / max(nodeCount, 1)
  }

  func nodeCount(at end: RelationshipEnd, ofType type: String) -> Int { nodeCount }
}

/// A statement with the range of its mistake between `1️⃣` and `2️⃣`.
struct MarkedStatement {
  let text: String
  let range: SourceRange

  init(_ marked: String) {
    let (before, behind) = Self.cut(marked, at: "1️⃣")
    let (inside, after) = Self.cut(behind, at: "2️⃣")
    text = before + inside + after
    range = SourceRange(start: before.utf8.count, end: before.utf8.count + inside.utf8.count)
  }

  private static func cut(_ text: String, at mark: Character) -> (String, String) {
    guard let position = text.firstIndex(of: mark) else { return (text, "") }
    return (String(text[..<position]), String(text[text.index(after: position)...]))
  }
}

/// The procedures that these tests know.
let testProcedures: [String: ProcedureDefinition] = {
  let none = ProcedureDefinition(name: "my.nothing", inputs: [], outputs: [], rows: { _, _ in [] })
  let search = ProcedureDefinition(
    name: "my.search",
    inputs: [
      .init(name: "name", type: .string, nullable: true),
      .init(name: "least", type: .float, nullable: true),
    ],
    outputs: [
      .init(name: "city", type: .string, nullable: true),
      .init(name: "code", type: .integer, nullable: true),
    ],
    rows: { _, _ in [] })
  return [none.name: none, search.name: search]
}()

/// Parses, binds and plans a statement.
func plan(
  _ text: String, parameters: Set<String>? = nil, rules: OptimizerRules = .all,
  statistics: TableStatistics = TableStatistics()
) throws -> LogicalPlan {
  let source = SourceText(text)
  return try Planner.plan(
    try Parser.parseStatement(source), source: source, functions: .standard,
    procedures: testProcedures, parameterNames: parameters, statistics: statistics, rules: rules)
}

/// A plan as lines, two spaces for each level.
func outline(_ plan: LogicalPlan) -> [String] {
  plan.describe().map { line in
    let details = line.details.isEmpty ? "" : " " + line.details
    return String(repeating: "  ", count: line.depth) + line.name + details
  }
}
