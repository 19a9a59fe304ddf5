import DossierSyntax

/// `[a, b, …]`.
final class ListKernel: ExpressionKernel {
  private let elements: [ExpressionKernel]

  init(_ elements: [ExpressionKernel]) { self.elements = elements }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    var columns: [Column] = []
    columns.reserveCapacity(elements.count)
    for element in elements { columns.append(try element.evaluate(batch, state)) }
    let isConstant = columns.allSatisfy(\.isConstant)
    let result = Column(.cell, count: batch.count, isConstant: isConstant)
    for row in 0..<result.physicalCount {
      let target = try state.arena.cells(columns.count)
      for (i, column) in columns.enumerated() { target[i] = column.cell(row) }
      result.cells[row] = try state.arena.list(at: target, count: columns.count)
    }
    return result
  }
}

/// `base[index]` of lists (negative from the end), maps, nodes and relationships.
final class IndexKernel: ExpressionKernel {
  private let base: ExpressionKernel
  private let index: ExpressionKernel
  private let range: SourceRange

  init(_ base: ExpressionKernel, _ index: ExpressionKernel, _ range: SourceRange) {
    self.base = base
    self.index = index
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let bases = try base.evaluate(batch, state)
    let indices = try index.evaluate(batch, state)
    let isConstant = bases.isConstant && indices.isConstant
    let result = Column(.cell, count: batch.count, isConstant: isConstant)
    for row in 0..<result.physicalCount {
      result.cells[row] = try element(bases.cell(row), indices.cell(row), state)
    }
    return result
  }

  private func element(
    _ base: Cell, _ index: Cell, _ state: ExecutionState
  ) throws(QueryError) -> Cell {
    switch base.tag {
    case .null: return .null
    case .list: return try listElement(base, index)
    case .map, .node, .relationship:
      if index.isNull { return .null }
      guard index.tag == .string else {
        throw QueryError(
          .mapElementAccessByNonString, "expected a string as key, found \(index.typeName)",
          at: range)
      }
      if base.tag == .map { return base.mapValue(index.bytes) }
      guard let key = state.graph.catalog.propertyKey(index.bytes) else { return .null }
      if base.tag == .node {
        return try state.graph.property(base.nodeID, key, arena: state.arena)
      }
      return try state.graph.property(base.relationshipID, key, arena: state.arena)
    default:
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "expected a list, map, node or relationship before `[`, found \(base.typeName)", at: range)
    }
  }

  private func listElement(_ list: Cell, _ index: Cell) throws(QueryError) -> Cell {
    if index.isNull { return .null }
    guard index.tag == .integer else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "expected an integer as list index, found \(index.typeName)",
        at: range)
    }
    let elements = list.cells
    let i = index.integer
    let position = i < 0 ? i + Int64(elements.count) : i
    return position >= 0 && position < elements.count ? elements[Int(position)] : .null
  }
}

/// `base[from..to]`; bounds count from the end when negative and are cut to the list.
final class SliceKernel: ExpressionKernel {
  private let base: ExpressionKernel
  private let from: ExpressionKernel?
  private let to: ExpressionKernel?
  private let range: SourceRange

  init(
    _ base: ExpressionKernel, from: ExpressionKernel?, to: ExpressionKernel?, _ range: SourceRange
  ) {
    self.base = base
    self.from = from
    self.to = to
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let bases = try base.evaluate(batch, state)
    let starts = try from?.evaluate(batch, state)
    let ends = try to?.evaluate(batch, state)
    let result = Column(.cell, count: batch.count)
    for row in 0..<batch.count {
      result.cells[row] = try slice(
        bases.cell(row), from: starts?.cell(row), to: ends?.cell(row), state)
    }
    return result
  }

  private func slice(
    _ list: Cell, from: Cell?, to: Cell?, _ state: ExecutionState
  ) throws(QueryError) -> Cell {
    if list.isNull || from?.isNull == true || to?.isNull == true { return .null }
    guard list.tag == .list else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "expected a list before `[`, found \(list.typeName)",
        at: range)
    }
    let elements = list.cells
    let start = try bound(from, absent: 0, elements.count)
    let end = try bound(to, absent: elements.count, elements.count)
    guard start < end, let base = elements.baseAddress else {
      return try state.arena.list(at: try state.arena.cells(0), count: 0)
    }
    return try state.arena.list(
      at: UnsafeMutablePointer(mutating: base + start), count: end - start)
  }

  private func bound(_ cell: Cell?, absent: Int, _ count: Int) throws(QueryError) -> Int {
    guard let cell else { return absent }
    guard cell.tag == .integer else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "expected an integer as slice bound, found \(cell.typeName)", at: range)
    }
    let position = cell.integer < 0 ? cell.integer + Int64(count) : cell.integer
    return Int(min(max(position, 0), Int64(count)))
  }
}

/// `element IN list`.
final class MembershipKernel: ExpressionKernel {
  private let element: ExpressionKernel
  private let list: ExpressionKernel
  private let range: SourceRange

  init(_ element: ExpressionKernel, _ list: ExpressionKernel, _ range: SourceRange) {
    self.element = element
    self.list = list
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let elements = try element.evaluate(batch, state)
    let lists = try list.evaluate(batch, state)
    let isConstant = elements.isConstant && lists.isConstant
    let result = Column(.boolean, count: batch.count, nullable: true, isConstant: isConstant)
    let lookup = lists.isConstant && batch.count > 8 ? MembershipSet(lists.cell(0)) : nil
    for row in 0..<result.physicalCount {
      result.booleans[row] = 0
      let cell = elements.cell(row)
      let found: Bool?
      if let lookup {
        found = lookup.contains(cell)
      } else {
        found = try contains(lists.cell(row), cell)
      }
      guard let truth = found else { continue }
      result.booleans[row] = truth ? 1 : 0
      result.setValid(row)
    }
    return result
  }

  private func contains(_ list: Cell, _ element: Cell) throws(QueryError) -> Bool? {
    if list.isNull { return nil }
    guard list.tag == .list else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "expected a list behind `IN`, found \(list.typeName)",
        at: range)
    }
    var unknown = false
    for candidate in list.cells {
      switch element.equals(candidate) {
      case true?: return true
      case nil: unknown = true
      case false?: break
      }
    }
    return unknown ? nil : false
  }
}

/// A hash set over a constant list of scalars, for `IN` over many rows.
private struct MembershipSet {
  private let cells: UnsafeBufferPointer<Cell>
  private var table: [Int32]
  private let mask: Int
  private var hasNull = false

  /// nil for lists that are short or hold lists, maps or NaN, where equality is not equivalence.
  init?(_ list: Cell) {
    guard list.tag == .list, list.cells.count > 8, list.cells.count < 1 << 30 else { return nil }
    cells = list.cells
    var size = 16
    while size < cells.count * 2 { size *= 2 }
    mask = size - 1
    table = Array(repeating: -1, count: size)
    for (i, cell) in cells.enumerated() {
      switch cell.tag {
      case .null: hasNull = true
      case .list, .map, .path, .duration: return nil
      case .float where cell.float.isNaN: return nil
      default:
        var at = Int(truncatingIfNeeded: cell.hash) & mask
        while table[at] >= 0 { at = (at + 1) & mask }
        table[at] = Int32(truncatingIfNeeded: i)
      }
    }
  }

  /// Whether the list has an equal element; nil for null.
  func contains(_ cell: Cell) -> Bool? {
    if cell.isNull { return nil }
    var at = Int(truncatingIfNeeded: cell.hash) & mask
    while table[at] >= 0 {
      if cell.equals(cells[Int(table[at])]) == true { return true }
      at = (at + 1) & mask
    }
    return hasNull ? nil : false
  }
}
