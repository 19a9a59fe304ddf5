import DossierSyntax

/// `{key: value, …}`.
final class MapKernel: ExpressionKernel {
  let keys: [Cell]
  let values: [ExpressionKernel]
  /// The keys' ids once somebody has asked for them; a catalog never changes them.
  private var ids: [PropertyKeyID] = []

  /// `keys` are string cells of the statement's arena, distinct.
  init(keys: [Cell], values: [ExpressionKernel]) {
    self.keys = keys
    self.values = values
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let columns = try columns(batch, state)
    let isConstant = columns.allSatisfy(\.isConstant)
    let result = Column(.cell, count: batch.count, isConstant: isConstant)
    var pairs = [Cell](repeating: .null, count: keys.count * 2)
    for row in 0..<result.physicalCount {
      for (i, column) in columns.enumerated() {
        pairs[2 * i] = keys[i]
        pairs[2 * i + 1] = column.cell(row)
      }
      result.cells[row] = try state.arena.map(pairs: pairs)
    }
    return result
  }

  /// The ids of the keys, new ones added to the catalog of the graph that is written.
  func keyIDs(in catalog: Catalog) -> [PropertyKeyID] {
    if ids.count < keys.count { ids = keys.map { catalog.internPropertyKey($0.bytes) } }
    return ids
  }

  /// The values of each key, in the order of `keys`.
  func columns(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> [Column] {
    var columns: [Column] = []
    for value in values { columns.append(try value.evaluate(batch, state)) }
    return columns
  }
}

extension ExpressionKernel {
  /// A constant map as a map of constants, another kernel as it is.
  var dividedByKeys: ExpressionKernel {
    guard let map = (self as? ConstantKernel)?.cell, map.tag == .map else { return self }
    let pairs = map.cells
    let places = stride(from: 0, to: pairs.count, by: 2)
    return MapKernel(
      keys: places.map { pairs[$0] }, values: places.map { ConstantKernel(pairs[$0 + 1]) })
  }
}

/// `variable {.key, .*, key: value}`.
final class MapProjectionKernel: ExpressionKernel {
  private let base: ExpressionKernel
  /// An absent key stands for all properties of the base.
  private let items: [(key: Cell?, value: ExpressionKernel?)]
  private let properties: FunctionDefinition
  private let range: SourceRange

  init(
    base: ExpressionKernel, items: [(key: Cell?, value: ExpressionKernel?)],
    properties: FunctionDefinition, _ range: SourceRange
  ) {
    self.base = base
    self.items = items
    self.properties = properties
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let bases = try base.evaluate(batch, state)
    var columns: [Column] = []
    for item in items {
      if let value = item.value {
        columns.append(try value.evaluate(batch, state))
      } else {
        columns.append(
          try properties.kernel([bases], batch.count, FunctionContext(state: state, range: range)))
      }
    }
    let result = Column(.cell, count: batch.count)
    for row in 0..<batch.count {
      result.cells[row] =
        bases.cell(row).isNull ? .null : try state.arena.map(pairs: pairs(columns, row))
    }
    return result
  }

  /// Later items overwrite earlier ones of the same key.
  private func pairs(_ columns: [Column], _ row: Int) -> [Cell] {
    var pairs: [Cell] = []
    func put(_ key: Cell, _ value: Cell) {
      for i in stride(from: 0, to: pairs.count, by: 2) where pairs[i].equals(key) == true {
        pairs[i + 1] = value
        return
      }
      pairs += [key, value]
    }
    for (item, column) in zip(items, columns) {
      let cell = column.cell(row)
      if let key = item.key {
        put(key, cell)
      } else if cell.tag == .map {
        let all = cell.cells
        for i in stride(from: 0, to: all.count, by: 2) { put(all[i], all[i + 1]) }
      }
    }
    return pairs
  }
}

/// `base:Label:…`.
final class LabelTestKernel: ExpressionKernel {
  private let base: ExpressionKernel
  private let labels: [String]
  private let range: SourceRange

  init(_ base: ExpressionKernel, _ labels: [String], _ range: SourceRange) {
    self.base = base
    self.labels = labels
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let column = try base.evaluate(batch, state)
    let known = labels.map { state.graph.catalog.label($0) }
    let types = labels.map { state.graph.catalog.relationshipTypes(named: $0) }
    let result = Column(.boolean, count: batch.count, nullable: true)
    for row in 0..<batch.count {
      result.booleans[row] = 0
      let cell = column.cell(row)
      let truth: Bool
      switch cell.tag {
      case .null: continue
      case .node:
        truth = known.allSatisfy { $0.map { state.graph.hasLabel(cell.nodeID, $0) } ?? false }
      case .relationship:
        let type = state.graph.ends(of: cell.relationshipID).type
        truth = types.allSatisfy { $0.contains(type) }
      default:
        throw QueryError(
          .invalidArgumentTypeAtRuntime,
          "expected a node or relationship before `:`, found \(cell.typeName)", at: range)
      }
      result.booleans[row] = truth ? 1 : 0
      result.setValid(row)
    }
    return result
  }
}
