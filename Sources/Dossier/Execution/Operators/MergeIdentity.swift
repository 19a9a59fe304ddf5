import DossierSyntax

/// What tells the elements from each other that a `MERGE` of a single node, or of a single relationship
/// between bound nodes, looks for or makes. Two rows with one identity stand for one element.
///
/// There is one only where rows may be looked up together before the first of them makes something:
/// what the clause sets is nothing that its pattern reads.
struct MergeIdentity {
  let element: Slot
  let kind: Column.Kind
  /// The bound nodes of a relationship.
  private let ends: (from: Slot, to: Slot, areOrdered: Bool)?

  /// Nil where rows have to go one after the other. `slots` are those that the pattern binds.
  init?(
    match: LogicalOperator, create: [CreateItem], onCreate: [BoundSetItem],
    onMatch: [BoundSetItem], slots: [Slot]
  ) {
    guard create.count == 1, let item = create.first, slots.allSatisfy({ $0 == item.slot }) else {
      return nil
    }
    element = item.slot
    let map: BoundExpression?
    switch item {
    case .node(_, _, let properties, _):
      (kind, ends, map) = (.node, nil, properties)
    case .relationship(let slot, let from, let to, _, let shape, let properties, _):
      guard shape == .betweenNodes, let step = Self.step(to: slot, in: match) else { return nil }
      (kind, ends, map) = (.relationship, (from, to, step.direction != .both), properties)
    }
    guard Self.areApart(map, onCreate + onMatch) else { return nil }
  }

  /// The only step of a match, which goes between bound nodes.
  private static func step(to relationship: Slot, in match: LogicalOperator) -> ExpandStep? {
    switch match {
    case .filter(let input, _): step(to: relationship, in: input)
    case .expand(.argument, let step):
      step.relationship == relationship && step.toIsBound && !step.relationshipIsBound ? step : nil
    default: nil
    }
  }

  /// Whether the pattern's properties read and test nothing that is set.
  private static func areApart(_ map: BoundExpression?, _ items: [BoundSetItem]) -> Bool {
    guard let written = PropertyWrites(items), !written.changesLabels else { return false }
    var values = PropertyReads()
    for case .property(_, _, let value, _) in items where !values.add(value) { return false }
    guard let map else { return true }
    guard case .map(let entries) = map else { return false }
    var reads = PropertyReads()
    guard reads.add(map) else { return false }
    return !entries.contains { written.changes($0.key) }
      && !reads.properties.contains { written.changes($0.key) }
  }

  /// The identities of rows, `width` cells each; nil where they are not all told apart by plain
  /// comparison, or where a row is in error.
  func keys(_ rows: Batch, _ step: CreateStep, _ state: ExecutionState) -> MergeKeys? {
    var columns: [Column] = []
    if let kernel = step.properties {
      guard let map = kernel as? MapKernel,
        !map.keys.contains(where: { key in
          state.graph.catalog.propertyKey(key.bytes).map { state.isBoundKey($0) } ?? false
        }), let values = try? map.columns(rows, state)
      else { return nil }
      columns = values
    }
    guard columns.allSatisfy(\.isPlain) else { return nil }
    guard let ends else { return MergeKeys(columns, count: rows.count) }
    let (from, to) = (rows.column(ends.from), rows.column(ends.to))
    for row in 0..<rows.count where from.cell(row).tag != .node || to.cell(row).tag != .node {
      return nil
    }
    if ends.areOrdered { return MergeKeys([from, to] + columns, count: rows.count) }
    let (low, high) = (Column(.node, count: rows.count), Column(.node, count: rows.count))
    for row in 0..<rows.count {
      let (a, b) = (from.cell(row).nodeID.rawValue, to.cell(row).nodeID.rawValue)
      (low.ids[row], high.ids[row]) = (min(a, b), max(a, b))
    }
    return MergeKeys([low, high] + columns, count: rows.count)
  }
}

/// The identities of some rows, and those among them that have been met.
struct MergeKeys {
  private let columns: [Column]
  private var hashes: [UInt64] = []
  /// By hash, the rows that came first with their identities and what was said of them.
  private var met: [UInt64: [(row: Int, number: Int)]] = [:]

  init(_ columns: [Column], count: Int) {
    self.columns = columns
    hashes.reserveCapacity(count)
    for row in 0..<count {
      hashes.append(columns.reduce(0) { mixHash($0 &* 31 &+ $1.cell(row).hash) })
    }
  }

  /// The number of a row's identity, `next` where it is met for the first time.
  mutating func number(of row: Int, next: Int) -> Int {
    for (other, number) in met[hashes[row], default: []]
    where columns.allSatisfy({ $0.cell(row).equals($0.cell(other)) == true }) {
      return number
    }
    met[hashes[row], default: []].append((row, next))
    return next
  }
}

extension Column {
  /// All rows hold integers, booleans or strings: values that are equal or not, and nothing between.
  fileprivate var isPlain: Bool {
    for i in 0..<physicalCount {
      switch cell(i).tag {
      case .integer, .boolean, .string: continue
      default: return false
      }
    }
    return true
  }
}
