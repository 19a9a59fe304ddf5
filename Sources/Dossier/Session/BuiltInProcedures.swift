import DossierSyntax

/// The procedures that every session has.
enum BuiltInProcedures {
  /// By name.
  static let all: [String: ProcedureDefinition] = {
    var table: [String: ProcedureDefinition] = [:]
    let procedures = [
      labels, relationshipTypes, propertyKeys, ValidTimeProcedures.validTime,
      ValidTimeProcedures.changes, ProvenanceProcedures.timeline, ProvenanceProcedures.conflicts,
      ProvenanceProcedures.sources,
    ]
    for procedure in procedures { table[procedure.name] = procedure }
    return table
  }()

  /// The labels that some node has.
  private static let labels = names("db.labels", field: "label") { $0.labels.map(\.name) }

  /// The types that some relationship has.
  private static let relationshipTypes = names("db.relationshipTypes", field: "relationshipType") {
    $0.relationshipTypes.map(\.name)
  }

  /// The property keys that were ever used.
  private static let propertyKeys = names("db.propertyKeys", field: "propertyKey") {
    $0.propertyKeys
  }

  private static func names(
    _ name: String, field: String, _ list: @escaping @Sendable (DatabaseStatistics) -> [String]
  ) -> ProcedureDefinition {
    ProcedureDefinition(
      name: name, inputs: [],
      outputs: [ProcedureDefinition.Field(name: field, type: .string, nullable: false)]
    ) { (_, graph) throws(QueryError) in
      list(DatabaseStatistics(graph)).map { [.string($0)] }
    }
  }
}
