import DossierSyntax

/// The number of matches of a pattern that hangs off a node, without finding them one by one.
final class PatternCountKernel: ExpressionKernel {
  private let root: ExpressionKernel
  private let terms: [CountTerm]
  private let builder: CountTermBuilder
  private var counted: [CountedTerm]?
  /// The terms where nothing but a node's own lists is read, for rows of one page of nodes.
  private var swept: [SweptTerm]?
  private var sweep: CountSweep?
  private var isPrepared = false
  /// Rows that were asked for so far.
  private var asked = 0
  private let worker = SweepWorker()
  /// The rows of a page that are asked for.
  private let wanted: UnsafeMutablePointer<UInt64>

  /// Fewer rows are looked at one by one.
  private static let pageRows = 128
  /// Pages of the graph that may be prepared for each row.
  private static let pagesPerRow = 16

  init(_ root: ExpressionKernel, _ terms: [CountTerm], _ builder: CountTermBuilder) {
    self.root = root
    self.terms = terms
    self.builder = builder
    wanted = .allocate(capacity: Page.words)
  }

  deinit { wanted.deallocate() }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let nodes = try root.evaluate(batch, state).nodeIDs()
    // What was counted holds for one version of the graph.
    if counted == nil || !state.isReadOnly {
      counted = try builder.build(terms, state)
      swept = try builder.degrees(terms, state)
      sweep = CountSweep(state)
      isPrepared = false
    }
    let result = Column(.integer, count: batch.count)
    if nodes.isDense {
      try count(nodes.ids, batch.count, into: result.integers, state)
      return result
    }
    var ids: [UInt32] = []
    for row in 0..<batch.count where nodes.isValid(row) { ids.append(nodes.ids[row]) }
    var totals = [Int64](repeating: 0, count: ids.count)
    try Self.withBases(ids, &totals) { (ids, totals, n) throws(QueryError) in
      try count(ids, n, into: totals, state)
    }
    var next = 0
    for row in 0..<batch.count {
      result.integers[row] = nodes.isValid(row) ? totals[next] : 0
      next += nodes.isValid(row) ? 1 : 0
    }
    return result
  }

  private static func withBases(
    _ ids: [UInt32], _ totals: inout [Int64],
    _ body: (UnsafePointer<UInt32>, UnsafeMutablePointer<Int64>, Int) throws(QueryError) -> Void
  ) throws(QueryError) {
    try ids.withUnsafeBufferPointer { (source) throws(QueryError) in
      try totals.withUnsafeMutableBufferPointer { (target) throws(QueryError) in
        guard let ids = source.baseAddress, let totals = target.baseAddress else { return }
        try body(ids, totals, source.count)
      }
    }
  }

  private func count(
    _ ids: UnsafePointer<UInt32>, _ n: Int, into totals: UnsafeMutablePointer<Int64>,
    _ state: ExecutionState
  ) throws(QueryError) {
    if try countPage(ids, n, into: totals) { return }
    let nodes = Array(UnsafeBufferPointer(start: ids, count: n))
    let numbers = try CountedTerm.total(counted ?? [], nodes, state)
    for i in 0..<n { totals[i] = numbers[i] }
  }

  /// The totals of nodes that are many of one page; false for others, and when a number is too large.
  private func countPage(
    _ ids: UnsafePointer<UInt32>, _ n: Int, into totals: UnsafeMutablePointer<Int64>
  ) throws(QueryError) -> Bool {
    asked &+= n
    guard let swept, let sweep, n >= Self.pageRows else { return false }
    let page = Int(ids[0]) >> Page.shift
    guard page < sweep.pageCount, Self.areOfOnePage(ids, n) else { return false }
    if !isPrepared {
      if !swept.allSatisfy({ $0.root.totalWork == 0 }), asked < sweep.pageCount / Self.pagesPerRow {
        return false
      }
      for term in swept { try term.root.prepare(sweep) }
      isPrepared = true
    }
    mark(ids, n, existing: sweep.existence(page: page))
    worker.wanted = UnsafePointer(wanted)
    defer { worker.wanted = nil }
    do throws(QueryError) {
      for (i, term) in swept.enumerated() {
        try add(term, page, ids, n, to: totals, isFirst: i == 0, sweep)
      }
    } catch {
      if error.code == .integerOverflowAtRuntime { return false }
      throw error
    }
    if swept.isEmpty { totals.update(repeating: 0, count: n) }
    return true
  }

  private func add(
    _ term: SweptTerm, _ page: Int, _ ids: UnsafePointer<UInt32>, _ n: Int,
    to totals: UnsafeMutablePointer<Int64>, isFirst: Bool, _ sweep: CountSweep
  ) throws(QueryError) {
    let numbers = worker.take()
    defer { worker.give(numbers) }
    try term.root.fill(page, numbers, worker, sweep)
    if numbers.isZero {
      if isFirst { totals.update(repeating: 0, count: n) }
      return
    }
    let source = numbers.base
    if isFirst, term.coefficient == 1 {
      for i in 0..<n { totals[i] = source[Int(ids[i] & UInt32(Page.mask))] }
      return
    }
    for i in 0..<n {
      let part = try product(source[Int(ids[i] & UInt32(Page.mask))], term.coefficient)
      totals[i] = isFirst ? part : try sum(totals[i], part)
    }
  }

  private static func areOfOnePage(_ ids: UnsafePointer<UInt32>, _ n: Int) -> Bool {
    let first = ids[0]
    var differences: UInt32 = 0
    for i in 0..<n { differences |= ids[i] ^ first }
    return differences >> UInt32(Page.shift) == 0
  }

  private func mark(
    _ ids: UnsafePointer<UInt32>, _ n: Int, existing: UnsafePointer<UInt64>
  ) {
    let words = wanted
    if n == Int(ids[n &- 1]) &- Int(ids[0]) &+ 1, Self.isAscending(ids, n) {
      words.initialize(repeating: 0, count: Page.words)
      Bitmap.insertRun(words, first: Int(ids[0]) & Page.mask, count: n)
    } else {
      words.initialize(repeating: 0, count: Page.words)
      for i in 0..<n { _ = Bitmap.insert(words, Int(ids[i]) & Page.mask) }
    }
    for word in 0..<Page.words { words[word] &= existing[word] }
  }

  private static func isAscending(_ ids: UnsafePointer<UInt32>, _ n: Int) -> Bool {
    var falls: UInt32 = 0
    for i in 1..<max(n, 1) { falls |= UInt32(truncatingIfNeeded: bit(ids[i] <= ids[i &- 1])) }
    return falls == 0
  }
}
