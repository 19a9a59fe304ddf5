/// The schemata that a file uses, with the draft's numbers for their labels and types.
struct FollowTheMoneySchemata {
  /// A schema: what its entities become.
  struct Schema {
    var labels: [UInt32]
    /// Of schemata whose entities become relationships: the properties at their ends, and the type.
    var edge: (source: String, type: UInt32, target: String)?
    /// The properties whose values are identifiers of entities.
    var entities: Set<String>
    /// The properties that say when an entity of the schema begins and ends; the first that an entity
    /// has counts.
    var begins: [String]
    var ends: [String]
  }

  private var known: [String: Schema] = [:]

  /// The schema of a name; nil when FollowTheMoney has none.
  mutating func schema(_ name: String, in draft: inout GraphDraft) -> Schema? {
    if let schema = known[name] { return schema }
    guard let row = FollowTheMoneySchema.rows.first(where: { $0.name == name }) else { return nil }
    let names = row.labels.split(separator: " ").map { String($0) }
    let labels = names.map { draft.labelNames.intern(draft.pool.add($0.utf8)).number }
    let time = Self.validTime(names)
    var schema = Schema(
      labels: labels, edge: nil,
      entities: Set(row.entities.split(separator: " ").map { String($0) }), begins: time.begins,
      ends: time.ends)
    let edge = row.edge.split(separator: " ")
    if edge.count == 3 {
      let type = draft.typeNames.intern(draft.pool.add(edge[1].utf8)).number
      schema.edge = (String(edge[0]), type, String(edge[2]))
    }
    known[name] = schema
    return schema
  }

  /// Persons live, legal entities exist, court cases are open; intervals, which are what is no thing,
  /// and events, projects and calls have a start and an end or a date.
  private static func validTime(_ labels: [String]) -> (begins: [String], ends: [String]) {
    if labels.contains("Person") { return (["birthDate"], ["deathDate"]) }
    if labels.contains("LegalEntity") { return (["incorporationDate"], ["dissolutionDate"]) }
    if labels.contains("CourtCase") { return (["fileDate"], ["closeDate"]) }
    if !labels.contains("Thing") || labels.contains("Event") || labels.contains("Project") {
      return (["startDate", "date"], ["endDate"])
    }
    return ([], [])
  }
}
