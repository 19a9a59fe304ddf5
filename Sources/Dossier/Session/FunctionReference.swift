/// A function of the language as help texts and completions show it.
public struct FunctionReference: Sendable {
  public var name: String
  /// The heading in the reference: String, List, Aggregate …
  public var family: String
  /// The name with parameters and result, one for each form.
  public var forms: [String]
  /// One sentence.
  public var summary: String

  /// All functions, sorted by name.
  public static let all: [FunctionReference] = {
    let registry = FunctionRegistry.standard
    let scalars = registry.allFunctions.map { function in
      FunctionReference(
        name: function.name, family: function.family,
        forms: function.signatures.map { function.name + $0.description },
        summary: function.summary)
    }
    let aggregates = registry.allAggregates.map { aggregate in
      FunctionReference(
        name: aggregate.name, family: "Aggregate",
        forms: aggregate.signatures.map { aggregate.name + $0.description },
        summary: aggregate.summary)
    }
    return (scalars + aggregates).sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
  }()
  /// The reference of all functions in Markdown, as `Grammar/Functions.md` holds it.
  public static var page: String { FunctionRegistry.standard.referencePage() }
}
