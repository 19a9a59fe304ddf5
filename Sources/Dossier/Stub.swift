import DossierSyntax
final class StubCount: Accumulator {
  var n: [Int64] = []
  func resize(groups count: Int) { while n.count < count { n.append(0) } }
  func add(_ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext) throws(QueryError) {
    for i in 0..<count { if arguments.isEmpty || !arguments[0].cell(i).isNull { n[Int(groups[i])] += 1 } } }
  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    let c = Column(.integer, count: count); for i in 0..<count { c.integers[i] = n[i] }; return c }
}
enum AggregateFunctions { static let definitions: [AggregateDefinition] = [AggregateDefinition(name: "count", signatures: [FunctionSignature(parameters: [.init(name: "v", types: [.any], optional: true)], result: .integer)], summary: "", make: { StubCount() })] }
enum TemporalFunctions { static let definitions: [FunctionDefinition] = [] }
extension LogicalPlan { var explanation: PlanDescription { PlanDescription(lines: []) } }
extension FunctionRegistry { var names: [String] { allFunctions.map(\.name) + allAggregates.map(\.name) } }
