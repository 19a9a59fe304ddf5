/// The reference page of the functions, made from their definitions.
extension FunctionRegistry {
  /// Names of all functions and aggregates, sorted, for completion and suggestions.
  var names: [String] {
    (allFunctions.map(\.name) + allAggregates.map(\.name)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }

  /// A page in Markdown: a section for each family, a row for each function.
  func referencePage() -> String {
    var page = """
      # Functions

      Names ignore case. Null arguments give null unless the description says otherwise.

      """
    for family in families {
      page += section(family, allFunctions.filter { $0.family == family }.map(row))
    }
    page += section("Aggregate", allAggregates.map(row))
    return page
  }

  private var families: [String] {
    Array(Set(allFunctions.map(\.family))).sorted()
  }

  private func section(_ title: String, _ rows: [String]) -> String {
    "\n## \(title) functions\n\n| function | description |\n| --- | --- |\n"
      + rows.joined(separator: "\n") + "\n"
  }

  private func row(_ function: FunctionDefinition) -> String {
    row(function.name, function.signatures, function.summary)
  }

  private func row(_ aggregate: AggregateDefinition) -> String {
    row(aggregate.name, aggregate.signatures, aggregate.summary)
  }

  private func row(_ name: String, _ signatures: [FunctionSignature], _ summary: String) -> String {
    let forms = signatures.map { "`\(name)\($0.description)`" }.joined(separator: "<br>")
    return "| \(forms) | \(summary) |"
  }
}

extension FunctionSignature: CustomStringConvertible {
  /// `(text: string, start: integer, [length: integer]) → string`.
  var description: String {
    var parts = parameters.map { parameter in
      let types = parameter.types.map(\.referenceName).joined(separator: " or ")
      let text = "\(parameter.name): \(types)"
      return parameter.optional ? "[\(text)]" : text
    }
    if variadic { parts.append("…") }
    return "(\(parts.joined(separator: ", "))) → \(result.referenceName)"
  }
}

extension StaticType {
  /// The type as the reference writes it.
  fileprivate var referenceName: String {
    switch self {
    case .any: "any"
    case .null: "null"
    case .boolean: "boolean"
    case .integer: "integer"
    case .float: "float"
    case .string: "string"
    case .number: "number"
    case .list(.any): "list"
    case .list(let element): "list of \(element.referenceName)"
    case .map: "map"
    case .node: "node"
    case .relationship: "relationship"
    case .path: "path"
    case .date: "date"
    case .localTime: "localtime"
    case .time: "time"
    case .localDateTime: "localdatetime"
    case .dateTime: "datetime"
    case .duration: "duration"
    }
  }
}
