/// All functions and aggregates by name; names ignore ASCII case.
struct FunctionRegistry: Sendable {
  /// The functions of the language.
  static let standard = FunctionRegistry(
    functions: [
      GraphFunctions.definitions, ProvenanceFunctions.definitions, ScalarFunctions.definitions,
      ListFunctions.definitions, StringFunctions.definitions, ConversionFunctions.definitions,
      NumericFunctions.definitions, TemporalFunctions.definitions, PeriodFunctions.definitions,
    ].flatMap(\.self),
    aggregates: AggregateFunctions.definitions)

  /// Sorted by name.
  let allFunctions: [FunctionDefinition]
  /// Sorted by name.
  let allAggregates: [AggregateDefinition]
  private let functions: [String: FunctionDefinition]
  private let aggregates: [String: AggregateDefinition]

  init(functions: [FunctionDefinition], aggregates: [AggregateDefinition]) {
    allFunctions = functions.sorted { Self.key($0.name) < Self.key($1.name) }
    allAggregates = aggregates.sorted { Self.key($0.name) < Self.key($1.name) }
    self.functions = Dictionary(functions.map { (Self.key($0.name), $0) }) { first, _ in first }
    self.aggregates = Dictionary(aggregates.map { (Self.key($0.name), $0) }) { first, _ in first }
  }

  /// The function of a name such as `toUpper` or `date.truncate`; nil when there is none.
  func function(named name: String) -> FunctionDefinition? { functions[Self.key(name)] }

  /// The aggregate of a name such as `count`; nil when there is none.
  func aggregate(named name: String) -> AggregateDefinition? { aggregates[Self.key(name)] }

  /// The name in lower case; empty for names that are not ASCII, which no function has.
  private static func key(_ name: String) -> String {
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return "" }
    return String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self)
  }
}
