/// The aggregate functions. `DISTINCT` is the caller's work: accumulators see what is left.
enum AggregateFunctions {
  static let definitions: [AggregateDefinition] = [
    AggregateDefinition(
      "count", [.required("value", .any)], .integer,
      "The number of rows, or of values that are not null."
    ) { CountAccumulator() },
    AggregateDefinition(
      "sum", [.required("value", .number, .duration)], .any,
      "The sum of numbers or durations; 0 of none."
    ) { SumAccumulator(isMean: false) },
    AggregateDefinition(
      "avg", [.required("value", .number, .duration)], .any,
      "The mean of numbers or durations; null of none."
    ) { SumAccumulator(isMean: true) },
    AggregateDefinition(
      "min", [.required("value", .any)], .any, "The first value in the order of `ORDER BY`."
    ) { ExtremeAccumulator(largest: false) },
    AggregateDefinition(
      "max", [.required("value", .any)], .any, "The last value in the order of `ORDER BY`."
    ) { ExtremeAccumulator(largest: true) },
    collect, collect.alias("collect_list"),
    sample, sample.alias("stDev_samp"), population, population.alias("stDev_pop"),
    continuous, continuous.alias("percentile_cont"), discrete, discrete.alias("percentile_disc"),
  ]

  private static let collect = AggregateDefinition(
    "collect", [.required("value", .any)], .list(.any), "The list of all values but null."
  ) { CollectAccumulator() }

  private static let sample = AggregateDefinition(
    "stDev", [.required("value", .number)], .float,
    "The standard deviation of a population of which the numbers are a sample."
  ) { DeviationAccumulator(isPopulation: false) }

  private static let population = AggregateDefinition(
    "stDevP", [.required("value", .number)], .float, "The standard deviation of the numbers."
  ) { DeviationAccumulator(isPopulation: true) }

  private static let percentile: [FunctionSignature.Parameter] = [
    .required("value", .number), .required("percentile", .number),
  ]

  private static let continuous = AggregateDefinition(
    "percentileCont", percentile, .float,
    "The value at a share from 0.0 to 1.0 of the sorted numbers, between two numbers if need be."
  ) { PercentileAccumulator(isContinuous: true) }

  private static let discrete = AggregateDefinition(
    "percentileDisc", percentile, .number,
    "The number at a share from 0.0 to 1.0 of the sorted numbers."
  ) { PercentileAccumulator(isContinuous: false) }
}

extension AggregateDefinition {
  fileprivate init(
    _ name: String, _ parameters: [FunctionSignature.Parameter], _ result: StaticType,
    _ summary: String, make: @escaping @Sendable () -> any Accumulator
  ) {
    self.init(
      name: name, signatures: [FunctionSignature(parameters: parameters, result: result)],
      summary: summary, make: make)
  }

  /// The same aggregate under another name.
  fileprivate func alias(_ name: String) -> AggregateDefinition {
    var copy = self
    copy.name = name
    copy.summary = "The same as `\(self.name)`."
    return copy
  }
}
