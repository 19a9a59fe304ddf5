import DossierSyntax

/// An operator that changes the graph: it reads all of its input, writes for every row, and then
/// gives the rows on, so that no clause sees half of another clause's changes.
class PhysicalWriteOperator: PhysicalUnaryOperator {
  private let kept: [Slot]
  private var slicer: BatchSlicer?

  /// `kept` are the slots of the input that are read here or later.
  init(_ input: PhysicalOperator, kept: [Slot]) {
    self.kept = kept
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func rest() {
    slicer = nil
    super.rest()
  }

  override final func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if slicer == nil {
      let rows = try Batch.all(of: input, kept, state)
      slicer = BatchSlicer(rows.count == 0 ? rows : try write(rows, GraphWriter(state: state)))
    }
    return slicer?.next(state.batchRows)
  }

  /// Writes for all rows, and gives them with what was made; for subclasses.
  func write(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) -> Batch { rows }
}

/// A `CreateItem` with its property map ready to be evaluated.
struct CreateStep {
  let item: CreateItem
  let properties: ExpressionKernel?
  private let ids = NameIDs()

  init(item: CreateItem, properties: ExpressionKernel?) {
    self.item = item
    self.properties = properties
  }

  /// The ids of names once a run has asked for them; a catalog never changes them.
  private final class NameIDs {
    var labels: [LabelID]?
    var type: RelationshipTypeID?
  }

  fileprivate func labels(_ names: [String], _ writer: GraphWriter) -> [LabelID] {
    if let labels = ids.labels { return labels }
    let labels = writer.labelIDs(names)
    ids.labels = labels
    return labels
  }

  fileprivate func type(
    _ name: String, _ shape: RelationshipShape, _ writer: GraphWriter
  ) -> RelationshipTypeID {
    if let type = ids.type { return type }
    let type = writer.state.graph.catalog.internRelationshipType(name, shape)
    ids.type = type
    return type
  }
}

/// `Create`.
final class PhysicalCreate: PhysicalWriteOperator {
  private let steps: [CreateStep]

  init(_ input: PhysicalOperator, _ steps: [CreateStep], kept: [Slot]) {
    self.steps = steps
    super.init(input, kept: kept)
  }

  override func write(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) -> Batch {
    try Self.create(steps, rows, writer)
  }

  /// Makes the elements of all steps for all rows.
  static func create(
    _ steps: [CreateStep], _ rows: Batch, _ writer: GraphWriter
  ) throws(QueryError) -> Batch {
    let result = Batch(extending: rows)
    if rows.count == 0 { return result }
    for step in steps {
      let properties = try NewProperties(step.properties, result, writer)
      switch step.item {
      case .node(let slot, let labels, _, let range):
        let column = Column(.node, count: rows.count)
        let labels = step.labels(labels, writer)
        for row in 0..<rows.count {
          if row & 1023 == 0 { try writer.state.control.check() }
          let node = try writer.createNode(labels: labels)
          try properties.set(Cell(node), row, range, writer)
          column.ids[row] = node.rawValue
        }
        result.set(slot, column)
      case .relationship(let slot, let from, let to, let type, let shape, _, let range):
        let starts = result.column(from)
        let ends = result.column(to)
        let column = Column(.relationship, count: rows.count)
        let type = step.type(type, shape, writer)
        for row in 0..<rows.count {
          if row & 1023 == 0 { try writer.state.control.check() }
          let relationship = try writer.createRelationship(
            type: type, shape, from: starts.cell(row), to: ends.cell(row), range)
          try properties.set(Cell(relationship), row, range, writer)
          column.ids[row] = relationship.rawValue
        }
        result.set(slot, column)
      }
    }
    return result
  }
}

/// The values of an expression in the rows of a batch, without a column where they are all the same.
enum RowValues {
  case fixed(Cell)
  case column(Column)

  init(_ kernel: ExpressionKernel, _ rows: Batch, _ state: ExecutionState) throws(QueryError) {
    if let cell = try kernel.fixedValue(state) {
      self = .fixed(cell)
    } else {
      self = .column(try kernel.evaluate(rows, state))
    }
  }

  @inline(__always)
  func cell(_ row: Int) -> Cell {
    switch self {
    case .fixed(let cell): cell
    case .column(let column): column.cell(row)
    }
  }
}

/// The properties of elements about to be made: values for each key where the keys are written in
/// the statement, else a map for each row.
private enum NewProperties {
  case none
  case keys([(key: PropertyKeyID, values: RowValues)])
  case maps(Column)

  init(
    _ kernel: ExpressionKernel?, _ rows: Batch, _ writer: GraphWriter
  ) throws(QueryError) {
    if let map = kernel as? MapKernel {
      let ids = map.keyIDs(in: writer.state.graph.catalog)
      var keys: [(key: PropertyKeyID, values: RowValues)] = []
      keys.reserveCapacity(ids.count)
      for (key, value) in zip(ids, map.values) {
        keys.append((key, try RowValues(value, rows, writer.state)))
      }
      self = .keys(keys)
    } else if let kernel {
      self = .maps(try kernel.evaluate(rows, writer.state))
    } else {
      self = .none
    }
  }

  @inline(__always)
  func set(
    _ element: Cell, _ row: Int, _ range: SourceRange, _ writer: GraphWriter
  ) throws(QueryError) {
    let position = writer.state.boundedElements.count
    try setAll(element, row, range, writer)
    try writer.state.checkPeriods(from: position)
  }

  @inline(__always)
  private func setAll(
    _ element: Cell, _ row: Int, _ range: SourceRange, _ writer: GraphWriter
  ) throws(QueryError) {
    switch self {
    case .none: return
    case .keys(let keys):
      for (key, values) in keys {
        let value = values.cell(row)
        if !value.isNull { try writer.setNew(element, key, value, range) }
      }
    case .maps(let maps): try writer.setAll(element, maps.cell(row), range)
    }
  }
}

/// `Delete`: relationships first, then nodes. Nothing that stays may begin or end at what goes; with
/// `DETACH` that goes as well.
final class PhysicalDelete: PhysicalWriteOperator {
  private let targets: [(kernel: ExpressionKernel, range: SourceRange)]
  private let detach: Bool

  init(
    _ input: PhysicalOperator, _ targets: [(kernel: ExpressionKernel, range: SourceRange)],
    detach: Bool, kept: [Slot]
  ) {
    self.targets = targets
    self.detach = detach
    super.init(input, kept: kept)
  }

  override func write(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) -> Batch {
    var nodes: [(id: NodeID, range: SourceRange)] = []
    var relationships: [(id: RelationshipID, range: SourceRange)] = []
    var seen: Set<NodeID> = []
    let hasStatements = writer.state.graph.statementCount > 0
    for target in targets {
      let column = try target.kernel.evaluate(rows, writer.state)
      for row in 0..<column.count {
        for cell in try elements(column.cell(row), target.range) {
          if cell.tag == .relationship {
            if hasStatements { relationships.append((cell.relationshipID, target.range)) }
            delete(cell.relationshipID, writer)
          } else if seen.insert(cell.nodeID).inserted {
            nodes.append((cell.nodeID, target.range))
          }
        }
      }
    }
    try deleteNodes(nodes, writer)
    for relationship in relationships {
      try checkDetached(.relationship(relationship.id), relationship.range, writer)
    }
    return rows
  }

  /// Deletes a relationship, with `DETACH` also what is said about it.
  private func delete(_ id: RelationshipID, _ writer: GraphWriter) {
    guard detach else { return writer.deleteRelationship(id) }
    var pending = [id]
    while let next = pending.popLast() {
      if writer.state.graph.catalog.hasShapes {
        pending += writer.state.graph.relationships(of: .relationship(next))
      }
      writer.deleteRelationship(next)
    }
  }

  private func checkDetached(
    _ element: ElementID, _ range: SourceRange, _ writer: GraphWriter
  ) throws(QueryError) {
    guard writer.state.graph.degree(of: element) > 0 else { return }
    throw QueryError(
      .deleteConnectedNode, "the \(element.kind) still has relationships, so it is not deleted",
      at: range, help: "`DETACH DELETE` deletes the relationships as well")
  }

  private func deleteNodes(
    _ nodes: [(id: NodeID, range: SourceRange)], _ writer: GraphWriter
  ) throws(QueryError) {
    for (i, node) in nodes.enumerated() where writer.state.graph.contains(node.id) {
      if i & 1023 == 0 { try writer.state.control.check() }
      if detach {
        for id in writer.state.graph.relationships(of: node.id) { delete(id, writer) }
      }
      try checkDetached(.node(node.id), node.range, writer)
      writer.deleteNode(node.id)
    }
  }

  /// The elements that a value names: itself, those of a path; null names none.
  private func elements(_ cell: Cell, _ range: SourceRange) throws(QueryError) -> [Cell] {
    switch cell.tag {
    case .null: return []
    case .node, .relationship: return [cell]
    case .path: return Array(cell.cells)
    default:
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "expected a node, relationship or path to delete, found \(cell.typeName)", at: range)
    }
  }
}
