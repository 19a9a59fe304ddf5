import DossierSyntax
import Synchronization

/// What one thread of a sweep works with.
final class SweepWorker {
  /// What was added up over the pages, with sign.
  var total: Int64 = 0
  /// The bits that numbers of the pages had.
  var bits: UInt64 = 0
  /// Whether nodes have the same number.
  var common = CommonNumber()
  private var spare: [SweepNumbers] = []
  private(set) var marks: SweepMarks?
  /// A sum for each node, in rounds that ask for it.
  private(set) var sums: ZeroedMemory<Int64>?
  /// The nodes of the page that somebody asks for; nil for all that exist.
  var wanted: UnsafePointer<UInt64>?

  func begin() {
    total = 0
    bits = 0
    common = CommonNumber()
    sums = nil
  }

  func take() -> SweepNumbers { spare.popLast() ?? SweepNumbers() }

  func give(_ numbers: SweepNumbers) { spare.append(numbers) }

  /// Called by the thread of the statement. Errors: `memoryLimit`.
  func makeMarks(_ state: ExecutionState) throws(QueryError) {
    if marks == nil { marks = try SweepMarks(nodes: state.graph.nodeIDBound, state.arena) }
  }

  /// Called by the thread of the statement. Errors: `memoryLimit`.
  func makeSums(_ state: ExecutionState) throws(QueryError) {
    sums = try ZeroedMemory(state.graph.nodeIDBound, state.arena)
  }
}

/// One round over the pieces of a piece of work, pages mostly, that several threads share.
private final class SweepRound: SharedWork, @unchecked Sendable {
  private let pieces: Int
  /// Pieces that a thread takes at a time.
  private let share: Int
  private let next = Atomic<Int>(0)
  private let nextWorker = Atomic<Int>(1)
  private let workers: [SweepWorker]
  private let body: (Int, SweepWorker) throws(QueryError) -> Void
  private let lock = ThreadLock()
  private var failure: QueryError?

  init(
    _ pieces: Int, share: Int, _ workers: [SweepWorker],
    _ body: @escaping (Int, SweepWorker) throws(QueryError) -> Void
  ) {
    self.pieces = pieces
    self.share = share
    self.workers = workers
    self.body = body
  }

  var error: QueryError? { lock.withLock { failure } }

  func run(_ worker: SweepWorker) {
    while true {
      let first = next.wrappingAdd(share, ordering: .relaxed).oldValue
      if first >= pieces { return }
      do throws(QueryError) {
        for piece in first..<min(first + share, pieces) { try body(piece, worker) }
      } catch {
        next.store(pieces, ordering: .relaxed)
        lock.withLock { failure = failure ?? error }
      }
    }
  }

  override func perform() {
    let number = nextWorker.wrappingAdd(1, ordering: .relaxed).oldValue
    if number < workers.count { run(workers[number]) }
  }
}

/// Counts patterns at all nodes of a graph, page by page.
///
/// The numbers of the nodes at the far ends are laid out over the graph first, in memory that all
/// threads share; then those of the nodes before them are sums over lists of neighbours.
final class CountSweep {
  let state: ExecutionState
  let pageCount: Int
  private let nodePages: UnsafePointer<UnsafeRawPointer>
  private let owner: PageDirectory<NodePage>
  private var workers = [SweepWorker()]
  /// Some factor marks nodes.
  var usesMarks = false

  /// A page's worth of rows is that much less work in a sweep than in other operators.
  private static let rowsPerRow = 20.0

  init(_ state: ExecutionState) {
    self.state = state
    owner = state.graph.nodePages
    pageCount = min(state.graph.nodePageCount, owner.pageCount)
    nodePages = UnsafePointer(owner.addresses)
  }

  /// Which nodes of a page have a label; nil when none has.
  func bitmap(_ label: LabelID, page: Int) -> UnsafePointer<UInt64>? {
    NodePage.bitmap(at: nodePages[page], label: label.rawValue)
  }

  func existence(page: Int) -> UnsafePointer<UInt64> {
    NodePage.existence(at: nodePages[page])
  }

  /// Calls `body` for each page, on several threads when there is enough to do and `isAlone` does not
  /// forbid that. Gives the workers that took part.
  func overPages(
    work: Int, isAlone: Bool, _ body: @escaping (Int, SweepWorker) throws(QueryError) -> Void
  ) throws(QueryError) -> [SweepWorker] {
    try share(pageCount, atATime: Self.pagesAtATime, work: isAlone ? 0 : work) {
      (worker) throws(QueryError) in
      if self.usesMarks { try worker.makeMarks(self.state) }
    } among: { (page, worker) throws(QueryError) in
      try body(page, worker)
    }
  }

  /// Pages that a thread takes at a time.
  private static let pagesAtATime = 4

  /// Calls `body` for each of `count` pieces of work, on several threads when there is enough to do.
  /// `equip` gives each of them what it needs, on the caller's thread. Gives the workers that took part.
  func share(
    _ count: Int, atATime share: Int, work: Int,
    equip: (SweepWorker) throws(QueryError) -> Void,
    among body: @escaping (Int, SweepWorker) throws(QueryError) -> Void
  ) throws(QueryError) -> [SweepWorker] {
    let isShort = Double(work) < state.parallelism.minimumWork * Self.rowsPerRow
    let wanted = isShort ? 1 : state.parallelism.workers
    while workers.count < wanted { workers.append(SweepWorker()) }
    let taken = Array(workers.prefix(max(wanted, 1)))
    for worker in taken {
      worker.begin()
      try equip(worker)
    }
    if taken.count == 1 {
      for piece in 0..<count { try body(piece, taken[0]) }
      return taken
    }
    let round = SweepRound(count, share: share, taken, body)
    WorkerPool.shared.start(round, helpers: taken.count - 1)
    round.run(taken[0])
    WorkerPool.shared.finish(round)
    if let error = round.error { throw error }
    return taken
  }

  /// The signed sum of what terms count at all nodes.
  /// Errors: `integerOverflowAtRuntime`, `memoryLimit`, `cancelled`, `timeLimit`.
  func total(_ terms: [SweptTerm]) throws(QueryError) -> Int64 {
    var result: Int64 = 0
    for term in terms {
      if let known = term.root.knownTotal(state.graph) {
        result = try sum(result, try product(known, term.coefficient))
        continue
      }
      try term.root.prepare(self)
      let workers = try overPages(work: term.root.work, isAlone: term.root.isBoundToCaller) {
        (page, worker) throws(QueryError) in
        let numbers = worker.take()
        defer { worker.give(numbers) }
        try term.root.fill(page, numbers, worker, self)
        worker.total = try sum(worker.total, try numbers.total())
      }
      for worker in workers {
        result = try sum(result, try product(worker.total, term.coefficient))
      }
    }
    return result
  }
}

/// A term ready to be counted at all nodes.
struct SweptTerm {
  var coefficient: Int64
  var root: SweepVertex
}
