import DossierSyntax
import Testing

@testable import Dossier

/// A statement's surroundings in which kernels are called directly.
struct FunctionBench {
  let state: ExecutionState
  let context: FunctionContext

  init(
    _ graph: Graph = Graph(catalog: Catalog(), strings: StringDictionary()),
    memoryBytes: Int = .max
  ) {
    let instant = StatementClock.Instant(seconds: 1_709_209_815, nanoseconds: 7)
    state = ExecutionState(
      graph: graph, arena: Arena(limitBytes: memoryBytes), parameters: [:],
      control: ExecutionControl(),
      clock: StatementClock(transaction: instant, statement: instant, seed: 1), slotCount: 0,
      isReadOnly: false)
    context = FunctionContext(state: state, range: SourceRange(start: 3, end: 9))
  }

  /// A column of cells.
  func cells(_ values: [Value]) throws -> Column {
    let column = Column(.cell, count: values.count)
    for (i, value) in values.enumerated() { column.cells[i] = try state.arena.cell(value) }
    return column
  }

  /// A column of the narrowest kind: integers, floats or dictionary strings, with nulls.
  func typed(_ values: [Value]) throws -> Column {
    let kinds = Set(values.compactMap(Self.kind))
    guard kinds.count == 1, let kind = kinds.first, kind != .cell else {
      return try cells(values)
    }
    let column = Column(
      kind, count: values.count, nullable: values.contains(.null),
      dictionary: kind == .string ? state.graph.strings : nil)
    for (i, value) in values.enumerated() {
      switch value {
      case .integer(let integer): column.integers[i] = integer
      case .float(let float): column.floats[i] = float
      case .string(let text):
        column.ids[i] = Array(text.utf8).withUnsafeBufferPointer { state.graph.strings.intern($0) }
      default:
        // What stands under a null is arbitrary.
        if kind == .string { column.ids[i] = 0 } else { column.integers[i] = .max }
        continue
      }
      column.setValid(i)
    }
    return column
  }

  private static func kind(_ value: Value) -> Column.Kind? {
    switch value {
    case .null: nil
    case .integer: .integer
    case .float: .float
    case .string: .string
    default: .cell
    }
  }

  func values(_ column: Column) -> [Value] {
    (0..<column.count).map { value(of: column.cell($0), in: state.graph) }
  }

  /// The result of a function for one row: as a constant, and in columns of cells and typed ones,
  /// which must agree.
  func call(_ name: String, _ arguments: Value...) throws -> Value {
    let definition = try #require(FunctionRegistry.standard.function(named: name))
    let constants = try arguments.map {
      Column(constant: try state.arena.cell($0), count: 3)
    }
    let columns = try arguments.map { try cells([$0, .null, $0]) }
    let narrow = try arguments.map { try typed([$0, .null, $0]) }
    let result = values(try definition.kernel(constants, 3, context))
    if definition.isDeterministic || !arguments.isEmpty {
      #expect(result[0] == result[2])
      for form in [columns, narrow] {
        let other = values(try definition.kernel(form, 3, context))
        #expect(other[0] == result[0] && other[2] == result[0], "\(name) \(other) \(result)")
      }
    }
    #expect(
      try definition.kernel(constants.map { _ in Column(.cell, count: 0) }, 0, context).count == 0)
    return result[0]
  }

  /// The code of the error of a call; nil when there is none. Errors have a place.
  func failure(_ name: String, _ arguments: Value...) throws -> DiagnosticCode? {
    let definition = try #require(FunctionRegistry.standard.function(named: name))
    let columns = try arguments.map { try cells([$0]) }
    return code { () throws(QueryError) in
      _ = try definition.kernel(columns, 1, context)
    }
  }

  /// The code of the error that a closure throws, which has a place; nil when it throws none.
  func code(_ body: () throws(QueryError) -> Void) -> DiagnosticCode? {
    do throws(QueryError) {
      try body()
      return nil
    } catch {
      #expect(error.diagnostics[0].range == context.range)
      return error.code
    }
  }
}
