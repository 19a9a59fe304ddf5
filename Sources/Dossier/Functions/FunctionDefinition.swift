import DossierSyntax

/// The parameters and the result of one form of a function.
struct FunctionSignature: Sendable {
  struct Parameter: Sendable {
    var name: String
    /// Any of these types is accepted at compile time; null always is.
    var types: [StaticType]
    var optional = false
  }
  var parameters: [Parameter]
  /// The last parameter may be given any number of times.
  var variadic = false
  var result: StaticType
}

/// The kernel of a function: argument columns of `count` rows in, one column of `count` rows out.
typealias FunctionKernel =
  @Sendable (_ arguments: [Column], _ count: Int, _ call: FunctionContext) throws(QueryError) ->
  Column

/// A row of the function registry, from which binding, completion, help and reference are made.
struct FunctionDefinition: Sendable {
  /// The documented spelling; look-up ignores case.
  var name: String
  /// The heading in the reference: String, List, Mathematical, Temporal …
  var family: String
  var signatures: [FunctionSignature]
  /// One sentence for `:help` and the reference.
  var summary: String
  /// False for `rand()` and the clock: never computed before the rows are there.
  var isDeterministic = true
  /// Each call changes the statement's random generator.
  var drawsRandomly = false
  var kernel: FunctionKernel
}

/// A row of the registry of aggregate functions.
struct AggregateDefinition: Sendable {
  var name: String
  var signatures: [FunctionSignature]
  var summary: String
  var make: @Sendable () -> any Accumulator
}

/// The state of one aggregate over all groups of an `Aggregation`.
protocol Accumulator: AnyObject {
  /// Makes room for groups 0 ..< count, in their initial state.
  func resize(groups count: Int)
  /// Adds row `i` of the argument columns to group `groups[i]`.
  func add(
    _ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError)
  /// Takes over the `count` groups of another accumulator of the same aggregate that saw other rows;
  /// its group `i` is `groups[i]` here. False, with both of no use any more, when the result might
  /// differ from that of one accumulator that saw all rows in their order.
  func merge(_ other: any Accumulator, groups: UnsafePointer<UInt32>, count: Int) -> Bool
  /// The results of groups 0 ..< count in a column.
  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column
}

extension Accumulator {
  func merge(_ other: any Accumulator, groups: UnsafePointer<UInt32>, count: Int) -> Bool { false }
}

/// A procedure that `CALL` finds: fields in and out, and its rows.
struct ProcedureDefinition: Sendable {
  struct Field: Sendable {
    var name: String
    var type: StaticType
    /// `INTEGER?`: null is accepted.
    var nullable: Bool
    /// An argument that may be left out behind the others; it is null then.
    var isOptional = false
  }
  var name: String
  var inputs: [Field]
  var outputs: [Field]
  /// Rows for one set of argument values.
  var rows: @Sendable (_ arguments: [Value], _ graph: Graph) throws(QueryError) -> [[Value]]
  /// In the place of `rows` for a procedure that changes the graph.
  var change:
    (@Sendable (_ arguments: [Value], _ graph: inout Graph) throws(QueryError) -> [[Value]])?
}
