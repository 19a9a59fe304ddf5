import Testing

@testable import Dossier

@Suite("The registry of functions")
struct FunctionRegistryTests {
  let registry = FunctionRegistry.standard

  @Test func namesIgnoreCase() {
    #expect(registry.function(named: "TOUPPER")?.name == "toUpper")
    #expect(registry.function(named: "Date.Truncate")?.name == "date.truncate")
    #expect(registry.aggregate(named: "cOuNt")?.name == "count")
    #expect(registry.function(named: "count") == nil)
    #expect(registry.function(named: "\u{212A}eys") == nil)
    #expect(registry.function(named: "") == nil)
  }

  @Test func namesAreSortedAndDistinct() {
    let names = registry.allFunctions.map { $0.name.lowercased() }
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: registry.allAggregates.map { $0.name.lowercased() }))
  }

  @Test func referenceHasARowForEachFunction() {
    let page = registry.referencePage()
    for function in registry.allFunctions {
      #expect(page.contains("`\(function.name)("))
      #expect(function.summary.last == ".")
    }
    for aggregate in registry.allAggregates { #expect(page.contains("`\(aggregate.name)(")) }
    #expect(page.contains("(text: string, start: integer, [length: integer]) → string"))
  }

  @Test func optionalParametersAreLast() {
    for signature in registry.allFunctions.flatMap(\.signatures) {
      let flags = signature.parameters.map(\.optional)
      #expect(flags == flags.sorted { !$0 && $1 })
    }
  }
}
