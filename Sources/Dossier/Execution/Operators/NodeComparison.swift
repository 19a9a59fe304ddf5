import DossierSyntax

/// `node.key op value` for the nodes of neighbour lists: how many satisfy it.
///
/// Whole numbers and dates are compared as they lie in their pages; where a statement asks for many
/// of them, they are laid out as codes first (`NodeCodes`). All other values compare as cells.
final class NodeComparison {
  private let op: ComparisonOperator
  private let key: String
  private var reader: PropertyReader?
  /// The kind of all values of the property, where they are whole numbers or dates.
  private var tag: CellTag?
  private var codes: NodeCodes?
  /// Nodes that were asked for one by one.
  private var asked = 0
  private let ranks = CodeRanks()

  /// Nodes that are asked for before codes are made, as a share of all nodes.
  private static let patience = 8

  init(_ op: ComparisonOperator, key: String) {
    self.op = op
    self.key = key
  }

  /// Looks the property up in the graph as it is now.
  func prepare(_ state: ExecutionState) {
    if reader != nil, state.isReadOnly { return }
    codes = nil
    asked = 0
    reader = state.graph.catalog.propertyKey(key).flatMap { state.graph.nodeProperties($0) }
    switch reader?.uniformKind {
    case .integer: tag = .integer
    case .date: tag = .date
    default: tag = nil
    }
  }

  /// How many nodes of a list satisfy the comparison with a value. Errors: `memoryLimit`.
  @inline(__always)
  func count(
    _ nodes: UnsafePointer<UInt32>, _ n: Int, _ value: Cell, _ state: ExecutionState
  ) throws(QueryError) -> Int {
    guard let tag, value.tag == tag else { return countCells(nodes, n, value) }
    let number = value.integer
    if let codes {
      switch op {
      case .less: return codes.count(nodes, n, below: number)
      case .lessOrEqual where number < .max: return codes.count(nodes, n, below: number &+ 1)
      case .greater: return codes.count(nodes, n, above: number)
      case .greaterOrEqual where number > .min: return codes.count(nodes, n, above: number &- 1)
      default: break
      }
    }
    try makeCodes(asking: n, state)
    return countNumbers(nodes, n, number)
  }

  /// Makes codes where enough nodes were asked for.
  private func makeCodes(asking n: Int, _ state: ExecutionState) throws(QueryError) {
    asked &+= n
    guard codes == nil, asked > state.graph.nodeIDBound / Self.patience, let reader,
      !op.isEquality
    else { return }
    codes = try NodeCodes(
      reader, nodeBound: state.graph.nodeIDBound,
      nullIsHighest: op == .less || op == .lessOrEqual, state.arena)
    asked = codes == nil ? .min : 0
  }

  // MARK: Many rows about one list

  /// Lays out the nodes of a list for several rows that `rankedCount` is then asked for; false where
  /// each row is better counted by itself. Errors: `memoryLimit`.
  func rank(
    _ nodes: UnsafePointer<UInt32>, _ n: Int, rows: Int, _ state: ExecutionState
  ) throws(QueryError) -> Bool {
    guard tag != nil, !op.isEquality else { return false }
    if codes == nil { try makeCodes(asking: n, state) }
    return codes?.lay(nodes, n, rows: rows, into: ranks) ?? false
  }

  /// How many nodes of the list that was laid out satisfy the comparison; nil for values that have to
  /// be compared one by one.
  @inline(__always)
  func rankedCount(_ value: Cell) -> Int? {
    guard let tag, value.tag == tag, let codes else { return nil }
    let number = value.integer
    switch op {
    case .less: return codes.count(in: ranks, below: number)
    case .lessOrEqual where number < .max: return codes.count(in: ranks, below: number &+ 1)
    case .greater: return codes.count(in: ranks, above: number)
    case .greaterOrEqual where number > .min: return codes.count(in: ranks, above: number &- 1)
    default: return nil
    }
  }

  private func countNumbers(_ nodes: UnsafePointer<UInt32>, _ n: Int, _ number: Int64) -> Int {
    switch op {
    case .equal: count(nodes, n) { $0 == number }
    case .notEqual: count(nodes, n) { $0 != number }
    case .less: count(nodes, n) { $0 < number }
    case .lessOrEqual: count(nodes, n) { $0 <= number }
    case .greater: count(nodes, n) { $0 > number }
    case .greaterOrEqual: count(nodes, n) { $0 >= number }
    }
  }

  @inline(__always)
  private func count(
    _ nodes: UnsafePointer<UInt32>, _ n: Int, _ test: (Int64) -> Bool
  ) -> Int {
    guard let reader else { return 0 }
    var total = 0
    for i in 0..<n {
      let row = Int(nodes[i]) & Page.mask
      let place = reader.place(Int(nodes[i]) >> Page.shift, row)
      let holds = test(place.values.assumingMemoryBound(to: Int64.self)[row])
      total &+= Int(byte(holds)) & Int(truncatingIfNeeded: place.isValid)
    }
    return total
  }

  private func countCells(_ nodes: UnsafePointer<UInt32>, _ n: Int, _ value: Cell) -> Int {
    guard let reader, !value.isNull else { return 0 }
    var total = 0
    for i in 0..<n where op.truth(reader.borrowedCell(row: Int(nodes[i])), value) == true {
      total &+= 1
    }
    return total
  }
}
