import DossierSyntax
import Synchronization

/// The bytes that a statement may hold at a time, counted over all of its arenas. Thread-safe.
final class MemoryBudget: Sendable {
  let limitBytes: Int
  private let reserved = Atomic<Int>(0)

  init(limitBytes: Int) { self.limitBytes = limitBytes }

  /// Counts bytes before they are taken. Errors: `memoryLimit`.
  func charge(_ bytes: Int) throws(QueryError) {
    guard bytes <= limitBytes - reserved.load(ordering: .relaxed) else { throw exceeded }
    if reserved.wrappingAdd(bytes, ordering: .relaxed).newValue > limitBytes {
      refund(bytes)
      throw exceeded
    }
  }

  private var exceeded: QueryError {
    QueryError(
      .memoryLimit, "the statement needs more than its memory limit of \(limitBytes >> 20) MiB",
      help: "raise the limit with `--memory`, or ask for fewer rows at a time")
  }

  /// Takes back a charge.
  func refund(_ bytes: Int) {
    reserved.wrappingSubtract(bytes, ordering: .relaxed)
  }
}

/// The memory of one statement: bump allocation, nothing is freed before the statement ends.
///
/// Every allocation is counted against the statement's memory limit before it is made.
/// Not thread-safe: each worker has its own, within the budget of all.
final class Arena {
  private static let chunkBytes = 1 << 18

  private var chunks: [UnsafeMutableRawPointer] = []
  private var cursor: UnsafeMutableRawPointer?
  private var left = 0
  /// Bytes taken from the system so far.
  private(set) var reservedBytes = 0
  private let budget: MemoryBudget
  /// The arenas of other workers, and that of the plan, whose cells stand in this one's columns.
  private var kept: [Arena] = []

  /// - Parameter limitBytes: what the statement may take; reaching it is an error of the statement.
  init(limitBytes: Int = .max) {
    budget = MemoryBudget(limitBytes: limitBytes)
  }

  /// An arena for another worker of the same statement; it lives as long as `arena`.
  init(sharing arena: Arena) {
    budget = arena.budget
    arena.kept.append(self)
  }

  /// Keeps another arena alive to whose memory this one's cells point.
  func keep(_ other: Arena) {
    if other.reservedBytes > 0 { kept.append(other) }
  }

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Uninitialised memory, aligned to 16 bytes. Errors: `memoryLimit`.
  func allocate(bytes: Int) throws(QueryError) -> UnsafeMutableRawPointer {
    let size = max((bytes + 15) & ~15, 16)
    if size > left { try refill(size) }
    guard let start = cursor else { throw QueryError(.internalError, "arena without memory") }
    cursor = start + size
    left -= size
    return start
  }

  private func refill(_ size: Int) throws(QueryError) {
    let bytes = max(size, min(1 << (11 + 2 * min(chunks.count, 8)), Self.chunkBytes))
    try charge(bytes)
    let chunk = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
    chunks.append(chunk)
    cursor = chunk
    left = bytes
  }

  /// Counts memory that lies elsewhere (batches, tables) against the limit. Errors: `memoryLimit`.
  func charge(_ bytes: Int) throws(QueryError) {
    try budget.charge(bytes)
    reservedBytes += bytes
  }

  /// Takes back a charge.
  func refund(_ bytes: Int) {
    budget.refund(bytes)
    reservedBytes -= bytes
  }

  // MARK: Values

  /// A copy of UTF-8 bytes.
  func string(_ bytes: UnsafeBufferPointer<UInt8>) throws(QueryError) -> Cell {
    let target = try allocate(bytes: bytes.count).assumingMemoryBound(to: UInt8.self)
    if let base = bytes.baseAddress { target.update(from: base, count: bytes.count) }
    return Cell(stringAt: target, count: UInt32(truncatingIfNeeded: bytes.count))
  }

  func string(_ text: String) throws(QueryError) -> Cell {
    try string(utf8: Array(text.utf8))
  }

  func string(utf8 bytes: [UInt8]) throws(QueryError) -> Cell {
    let target = try allocate(bytes: bytes.count).assumingMemoryBound(to: UInt8.self)
    bytes.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { target.update(from: base, count: source.count) }
    }
    return Cell(stringAt: target, count: UInt32(truncatingIfNeeded: bytes.count))
  }

  /// Room for `count` cells that the caller fills in.
  func cells(_ count: Int) throws(QueryError) -> UnsafeMutablePointer<Cell> {
    try allocate(bytes: count * MemoryLayout<Cell>.stride).assumingMemoryBound(to: Cell.self)
  }

  func list(_ elements: [Cell]) throws(QueryError) -> Cell {
    let target = try cells(elements.count)
    for (i, element) in elements.enumerated() { target[i] = element }
    return try list(at: target, count: elements.count)
  }

  /// A list over cells that `cells(_:)` gave out; `isFlat` when it is known that none of them is a list
  /// or a map.
  func list(
    at target: UnsafeMutablePointer<Cell>, count: Int, isFlat: Bool = false
  ) throws(QueryError) -> Cell {
    let depth = isFlat ? 1 : try Self.depth(over: target, count: count)
    return Cell(
      .list, raw: UInt64(UInt(bitPattern: target)), aux: UInt32(truncatingIfNeeded: count),
      extra: depth)
  }

  /// A map from key, value, key, value … ; keys are string cells and distinct.
  func map(pairs: [Cell]) throws(QueryError) -> Cell {
    let target = try cells(pairs.count)
    for (i, cell) in pairs.enumerated() { target[i] = cell }
    let depth = try Self.depth(over: target, count: pairs.count)
    return Cell(
      .map, raw: UInt64(UInt(bitPattern: target)),
      aux: UInt32(truncatingIfNeeded: pairs.count / 2), extra: depth)
  }

  /// How deep lists and maps may be nested in one another.
  static let nestingLimit: UInt32 = 1_000

  /// The nesting depth of a list or map with these cells. Errors: deeper than the limit.
  private static func depth(
    over cells: UnsafeMutablePointer<Cell>, count: Int
  ) throws(QueryError) -> UInt32 {
    var deepest: UInt32 = 0
    for i in 0..<count where cells[i].tag == .list || cells[i].tag == .map {
      deepest = max(deepest, cells[i].extra)
    }
    guard deepest < nestingLimit else {
      throw QueryError(
        .nestedValueTooDeep, "lists and maps are nested more than \(nestingLimit) levels deep")
    }
    return deepest + 1
  }

  /// A path from node, relationship, node … cells.
  func path(_ elements: [Cell]) throws(QueryError) -> Cell {
    let target = try cells(elements.count)
    for (i, cell) in elements.enumerated() { target[i] = cell }
    return Cell(
      .path, raw: UInt64(UInt(bitPattern: target)), aux: UInt32(truncatingIfNeeded: elements.count))
  }

  func duration(_ value: DurationValue) throws(QueryError) -> Cell {
    let target = try allocate(bytes: MemoryLayout<DurationValue>.stride)
      .assumingMemoryBound(to: DurationValue.self)
    target.initialize(to: value)
    return Cell(.duration, raw: UInt64(UInt(bitPattern: target)))
  }
}
