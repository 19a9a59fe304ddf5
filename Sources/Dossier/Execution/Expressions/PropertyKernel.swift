import DossierSyntax

/// `base.key`: of nodes and relationships by typed gathering, of maps and temporal values by name.
final class PropertyKernel: ExpressionKernel {
  private let base: ExpressionKernel
  private let name: String
  private let nameBytes: [UInt8]
  private let range: SourceRange
  private var key: PropertyKeyID?

  init(_ base: ExpressionKernel, key: String, _ range: SourceRange) {
    self.base = base
    name = key
    nameBytes = Array(key.utf8)
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let column = try base.evaluate(batch, state).narrowed()
    if key == nil { key = state.graph.catalog.propertyKey(name) }
    switch column.kind {
    case .node:
      try checkNodes(column, state)
      return try gather(
        column, key.flatMap { state.graph.nodeProperties($0) }, batch.count, state)
    case .relationship:
      try checkRelationships(column, state)
      return try gather(
        column, key.flatMap { state.graph.relationshipProperties($0) }, batch.count, state)
    default: return try general(column, batch.count, state)
    }
  }

  // MARK: Elements

  private func gather(
    _ ids: Column, _ reader: PropertyReader?, _ n: Int, _ state: ExecutionState
  ) throws(QueryError) -> Column {
    guard let reader, n > 0 else { return Column(constant: .null, count: n) }
    let source = ids.flattened()
    switch commonKind(source, reader) {
    case .absent: return Column(constant: .null, count: n)
    case .integer: return typed(source, reader, .integer, Int64.self, state)
    case .date: return typed(source, reader, .date, Int64.self, state)
    case .float: return typed(source, reader, .float, Double.self, state)
    case .boolean: return typed(source, reader, .boolean, UInt8.self, state)
    case .string: return typed(source, reader, .string, UInt32.self, state)
    case .general, nil: break
    }
    let result = Column(.cell, count: n)
    for i in 0..<n {
      result.cells[i] =
        source.isValid(i) ? try reader.general(row: Int(source.ids[i]), arena: state.arena) : .null
    }
    return result
  }

  /// The kind that all pages touched by the rows share; nil when kinds mix.
  private func commonKind(_ source: Column, _ reader: PropertyReader) -> PropertyReader.Kind? {
    if let uniform = reader.uniformKind { return uniform }
    var common = PropertyReader.Kind.absent
    var lastPage = -1
    for i in 0..<source.count where source.isValid(i) {
      let page = Int(source.ids[i] >> 11)
      if page == lastPage { continue }
      lastPage = page
      let kind = reader.kind(page: page)
      if kind == .absent || kind == common { continue }
      if common != .absent { return nil }
      common = kind
    }
    return common
  }

  private func typed<T>(
    _ source: Column, _ reader: PropertyReader, _ kind: Column.Kind, _ type: T.Type,
    _ state: ExecutionState
  ) -> Column {
    if state.isReadOnly, let view = pageView(source, reader, kind, state) { return view }
    let n = source.count
    let result = Column(
      kind, count: n, nullable: true,
      dictionary: kind == .string ? state.graph.strings : nil)
    let target = result.values.assumingMemoryBound(to: T.self)
    let ids = source.ids
    var isComplete = true
    let asks = source.validity
    let kept = result.validity
    for word in 0..<(n + 63) >> 6 {
      let asked = asks?[word] ?? .max
      var present: UInt64 = 0
      let first = word << 6
      let count = min(64, n - first)
      for i in 0..<count {
        let id = ids[first + i]
        let row = Int(id & 2047)
        let place = reader.place(Int(id >> 11), row)
        let isThere = place.isValid & (asked >> UInt64(i))
        if isThere & 1 != 0 {
          target[first + i] = place.values.assumingMemoryBound(to: T.self)[row]
        } else {
          (result.values + (first + i) * MemoryLayout<T>.stride).initializeMemory(
            as: UInt8.self, repeating: 0, count: MemoryLayout<T>.stride)
        }
        present |= (isThere & 1) << UInt64(i)
      }
      kept?[word] = present
      let all = count == 64 ? UInt64.max : (1 << UInt64(count)) - 1
      isComplete = isComplete && present & all == all
    }
    return isComplete ? Column(allValid: result) : result
  }

  /// The values as they lie in their page, when the rows are a run of one page without gaps. Only
  /// for statements that do not write, as a write could change the page under the column.
  private func pageView(
    _ source: Column, _ reader: PropertyReader, _ kind: Column.Kind, _ state: ExecutionState
  ) -> Column? {
    let n = source.count
    let ids = source.ids
    let row = Int(ids[0] & 2047)
    guard source.validity == nil, ids[n - 1] &- ids[0] == UInt32(n - 1), row + n <= 2048,
      source.isRun || source.isAscending
    else { return nil }
    let page = Int(ids[0] >> 11)
    guard reader.kind(page: page) != .absent else { return nil }
    let validity = reader.validity(page: page)
    let isFull = reader.count(page: page) == Page.rows || Self.isFull(validity, row, n)
    guard isFull || row & 63 == 0 else { return nil }
    return Column(
      borrowing: reader.values(page: page) + row * kind.stride,
      validity: isFull ? nil : validity + (row >> 6), kind, count: n, owner: state,
      dictionary: kind == .string ? state.graph.strings : nil,
      page: state.usesZones && kind.hasZones ? reader.zonedPage(page) : nil)
  }

  /// Whether the rows `first ..< first + n` of a page have a value.
  private static func isFull(
    _ validity: UnsafePointer<UInt64>, _ first: Int, _ n: Int
  ) -> Bool {
    let (start, end) = (first >> 6, (first + n - 1) >> 6)
    var missing: UInt64 = 0
    for word in start...end {
      var asked = UInt64.max
      if word == start { asked &= .max << UInt64(first & 63) }
      if word == end { asked &= .max >> UInt64(63 - (first + n - 1) & 63) }
      missing |= ~validity[word] & asked
    }
    return missing == 0
  }

  /// The values of all rows of a batch without a copy; nil where they do not lie in one page. Never
  /// an error, so it may be asked about rows that are not wanted.
  func view(_ batch: Batch, _ state: ExecutionState) -> Column? {
    guard state.isReadOnly, batch.count > 0, let base = base as? SlotKernel,
      let ids = batch.ownColumn(base.slot), ids.isRun, ids.kind == .node
    else { return nil }
    if key == nil { key = state.graph.catalog.propertyKey(name) }
    guard let key, let reader = state.graph.nodeProperties(key) else { return nil }
    switch reader.kind(page: Int(ids.ids[0] >> 11)) {
    case .integer: return pageView(ids, reader, .integer, state)
    case .date: return pageView(ids, reader, .date, state)
    case .float: return pageView(ids, reader, .float, state)
    case .string: return pageView(ids, reader, .string, state)
    case .absent, .boolean, .general: return nil
    }
  }

  private func checkNodes(_ column: Column, _ state: ExecutionState) throws(QueryError) {
    guard state.counters.nodesDeleted > 0 else { return }
    for i in 0..<column.physicalCount where column.isValid(i) {
      if !state.graph.contains(NodeID(rawValue: column.ids[i])) { throw deleted("node") }
    }
  }

  private func checkRelationships(_ column: Column, _ state: ExecutionState) throws(QueryError) {
    guard state.counters.relationshipsDeleted > 0 else { return }
    for i in 0..<column.physicalCount where column.isValid(i) {
      if !state.graph.contains(RelationshipID(rawValue: column.ids[i])) {
        throw deleted("relationship")
      }
    }
  }

  private func deleted(_ what: String) -> QueryError {
    QueryError(
      .deletedEntityAccess, "the \(what) whose `\(name)` is read was deleted by this statement",
      at: range)
  }

  // MARK: Other values

  private func general(
    _ column: Column, _ n: Int, _ state: ExecutionState
  ) throws(QueryError) -> Column {
    let result = Column(.cell, count: n, isConstant: column.isConstant)
    for i in 0..<column.physicalCount {
      result.cells[i] = try property(of: column.cell(i), state)
    }
    return result
  }

  private func property(of cell: Cell, _ state: ExecutionState) throws(QueryError) -> Cell {
    switch cell.tag {
    case .null: return .null
    case .map: return nameBytes.withUnsafeBufferPointer { cell.mapValue($0) }
    case .node:
      if state.counters.nodesDeleted > 0, !state.graph.contains(cell.nodeID) {
        throw deleted("node")
      }
      guard let key else { return .null }
      return try state.graph.property(cell.nodeID, key, arena: state.arena)
    case .relationship:
      if state.counters.relationshipsDeleted > 0, !state.graph.contains(cell.relationshipID) {
        throw deleted("relationship")
      }
      guard let key else { return .null }
      return try state.graph.property(cell.relationshipID, key, arena: state.arena)
    case .date, .localTime, .time, .localDateTime, .dateTime, .duration:
      return try nameBytes.withUnsafeBufferPointer { (bytes) throws(QueryError) in
        try cell.component(key: bytes, arena: state.arena) ?? .null
      }
    default:
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "expected a node, relationship, map or temporal value before `.\(name)`, found "
          + cell.typeName, at: range)
    }
  }
}

extension Column {
  /// Whether ids strictly ascend.
  fileprivate var isAscending: Bool {
    var falls = 0
    for i in 1..<max(count, 1) { falls |= Int(byte(ids[i] <= ids[i - 1])) }
    return falls == 0
  }

  /// The same values without a validity bitmap, when every row turned out to have one.
  convenience init(allValid column: Column) {
    self.init(
      borrowing: column.values, validity: nil, column.kind, count: column.count, owner: column,
      dictionary: column.dictionary)
  }
}

extension Cell {
  /// The value of a map's key, compared by bytes; null when absent. O(number of keys).
  func mapValue(_ key: UnsafeBufferPointer<UInt8>) -> Cell {
    let pairs = cells
    for i in stride(from: 0, to: pairs.count, by: 2) {
      if pairs[i].bytes.elementsEqual(key) { return pairs[i + 1] }
    }
    return .null
  }

  /// The type as a message names it.
  var typeName: String {
    switch tag {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .float: "a float"
    case .string: "a string"
    case .list: "a list"
    case .map: "a map"
    case .node: "a node"
    case .relationship: "a relationship"
    case .path: "a path"
    case .date: "a date"
    case .localTime: "a local time"
    case .time: "a time"
    case .localDateTime: "a local datetime"
    case .dateTime: "a datetime"
    case .duration: "a duration"
    }
  }
}
