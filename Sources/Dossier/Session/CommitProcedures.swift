import DossierSyntax

/// Procedures on system time.
enum CommitProcedures {
  private typealias Field = ProcedureDefinition.Field

  /// The commits whose versions a database keeps, the oldest first.
  static func commits(of database: Database) -> ProcedureDefinition {
    let counts = [
      "nodesCreated", "nodesDeleted", "relationshipsCreated", "relationshipsDeleted",
      "propertiesSet", "labelsAdded", "labelsRemoved",
    ]
    return ProcedureDefinition(
      name: "dossier.commits", inputs: [],
      outputs: [
        Field(name: "commit", type: .integer, nullable: false),
        Field(name: "time", type: .dateTime, nullable: false),
      ] + counts.map { Field(name: $0, type: .integer, nullable: false) },
      rows: { (_, _) throws(QueryError) in database.commits.map(row) })
  }

  private static func row(_ commit: Commit) -> [Value] {
    let counters = commit.counters
    let counts = [
      counters.nodesCreated, counters.nodesDeleted, counters.relationshipsCreated,
      counters.relationshipsDeleted, counters.propertiesSet, counters.labelsAdded,
      counters.labelsRemoved,
    ]
    return [.integer(Int64(commit.number)), .dateTime(commit.time)]
      + counts.map { .integer(Int64($0)) }
  }
}
