import DossierSyntax

/// What one running statement works with: its graph, its memory, its limits.
final class ExecutionState {
  /// The snapshot that the statement reads; a writing statement changes this copy. Reading a part of
  /// it borrows the graph, where a stored property would be copied with all of its references.
  var graph: Graph {
    @inline(__always) _read { yield currentGraph }
    @inline(__always) _modify { yield &currentGraph }
  }
  private var currentGraph: Graph
  let arena: Arena
  let parameters: [String: Value]
  let control: ExecutionControl
  let clock: StatementClock
  /// Which files the statement may read.
  let files: FileAccess
  /// How many columns a row of the statement has.
  var slotCount: Int
  /// What the statement changed so far.
  var counters = UpdateCounters()
  /// The statement changes nothing, so pages of the graph stay as they are while it runs.
  let isReadOnly: Bool
  /// The elements that patterns see; nil for all.
  var trusted: TrustedElements?
  /// Operators measure their time and memory.
  var isProfiling = false
  /// Pages whose values were not read because their zones told enough, since an operator noted it.
  var skippedPages = 0
  /// Whether zones of pages are made and looked at.
  let usesZones: Bool
  /// Bytes that the inputs of the running operator took during its call, for `PROFILE`.
  var inputBytes = 0
  /// Rows per batch; tests lower it.
  let batchRows: Int
  /// How many threads may work on the statement.
  let parallelism: Parallelism
  /// State of `rand()`.
  var random: UInt64
  /// Elements that got a bound of their valid time by `SET`; looked at when the statement ends.
  var boundedElements: [(element: Cell, range: SourceRange)] = []
  /// What `isBoundKey` answered last.
  private var lastKey: (id: PropertyKeyID?, isBound: Bool) = (nil, false)
  private var parameterCells: [String: Cell] = [:]

  init(
    graph: Graph, arena: Arena, parameters: [String: Value], control: ExecutionControl,
    clock: StatementClock, slotCount: Int, isReadOnly: Bool,
    batchRows: Int = Batch.capacity, files: FileAccess = .none, parallelism: Parallelism = .alone,
    usesZones: Bool = true
  ) {
    currentGraph = graph
    self.arena = arena
    self.parameters = parameters
    self.control = control
    self.clock = clock
    self.files = files
    self.slotCount = slotCount
    self.isReadOnly = isReadOnly
    self.batchRows = max(1, batchRows)
    self.parallelism = parallelism
    self.usesZones = usesZones
    random = UInt64(bitPattern: clock.seed)
  }

  /// The state of another worker of a statement that only reads: its own memory within the same
  /// limits.
  convenience init(workerOf state: ExecutionState) {
    self.init(
      graph: state.graph, arena: Arena(sharing: state.arena), parameters: state.parameters,
      control: state.control, clock: state.clock, slotCount: state.slotCount, isReadOnly: true,
      batchRows: state.batchRows, files: state.files, usesZones: state.usesZones)
    isProfiling = state.isProfiling
    trusted = state.trusted
  }

  /// Whether a property is one of the two that hold the valid time of elements.
  func isBoundKey(_ key: PropertyKeyID) -> Bool {
    if lastKey.id == key { return lastKey.isBound }
    let name = graph.catalog.nameCell(of: key).bytes
    let keys = graph.validTimeKeys
    lastKey = (key, name.elementsEqual(keys.from.utf8) || name.elementsEqual(keys.to.utf8))
    return lastKey.isBound
  }

  /// Checks elements whose bounds were set, from a position of `boundedElements` on, and forgets
  /// them. Errors: `endBeforeStart`.
  func checkPeriods(from position: Int = 0) throws(QueryError) {
    guard boundedElements.count > position else { return }
    let periods = GraphPeriods(graph)
    for (element, range) in boundedElements[position...] {
      if let error = periods.error(of: element) { throw error.located(at: range) }
    }
    boundedElements.removeSubrange(position...)
  }

  /// The value of a parameter, copied into the arena once. Errors: `missingParameter`.
  func parameter(_ name: String, _ range: SourceRange?) throws(QueryError) -> Cell {
    if !parameterCells.isEmpty, let cell = parameterCells[name] { return cell }
    guard let value = parameters[name] else {
      throw QueryError(.missingParameter, "parameter `$\(name)` has no value", at: range)
    }
    switch value {
    case .null: return .null
    case .boolean(let value): return Cell(value)
    case .integer(let value): return Cell(value)
    case .float(let value): return Cell(value)
    default: break
    }
    let cell = try arena.cell(value)
    parameterCells[name] = cell
    return cell
  }
}

/// What a statement changed; reported with its answer.
public struct UpdateCounters: Sendable, Equatable {
  public var nodesCreated = 0
  public var nodesDeleted = 0
  public var relationshipsCreated = 0
  public var relationshipsDeleted = 0
  public var propertiesSet = 0
  public var labelsAdded = 0
  public var labelsRemoved = 0

  public init() {}

  public var containsUpdates: Bool { self != UpdateCounters() }
}
