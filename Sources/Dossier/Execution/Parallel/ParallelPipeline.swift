import DossierSyntax
import Synchronization

/// One worker's copy of a stretch of a plan.
final class PipelineWorker {
  let state: ExecutionState
  let root: PhysicalOperator
  /// Where the rows of the stretch are aggregated; nil where they are passed on.
  var table: AggregationTable?
  private let leaf: MorselLeaf
  private let source: MorselSource
  /// The morsel whose rows the worker is at.
  private(set) var morsel: Int?

  init(
    _ state: ExecutionState, _ leaf: MorselLeaf, _ source: MorselSource, root: PhysicalOperator,
    table: AggregationTable?
  ) {
    self.state = state
    self.leaf = leaf
    self.source = source
    self.root = root
    self.table = table
  }

  func begin(_ morsel: Morsel) {
    self.morsel = morsel.index
    leaf.begin(morsel, slots: source.slots, state)
  }

  func endMorsel() { morsel = nil }

  /// Starts over.
  func rewind() {
    morsel = nil
    root.rewind()
  }
}

/// A stretch of a plan that several workers run side by side, each on other morsels of its source.
///
/// The first worker is the caller's thread with the state of the statement. Others are made when the
/// stretch turns out to take long.
final class ParallelPipeline: SharedWork, @unchecked Sendable {
  let source: MorselSource
  let parallelism: Parallelism
  /// The planner's guess of the rows of the source.
  private let expectedRows: Double
  private(set) var workers: [PipelineWorker]
  private let makeWorker: (ExecutionState) throws(QueryError) -> PipelineWorker
  /// How far the first worker was when it had been at work for a while.
  private var ready: (spent: Int64, rows: Double)?
  /// What each worker does in the work under way.
  private var task: (PipelineWorker) -> Void = { _ in }
  /// The next worker that no thread has taken on; 0 belongs to the caller.
  private let nextWorker = Atomic<Int>(1)
  /// The lowest morsel in which an error was met, and the error.
  private let failedMorsel = Atomic<Int>(.max)
  private var failure: QueryError?
  private let failureLock = ThreadLock()

  init(
    _ source: MorselSource, _ parallelism: Parallelism, expectedRows: Double,
    first: PipelineWorker,
    makeWorker: @escaping (ExecutionState) throws(QueryError) -> PipelineWorker
  ) {
    self.source = source
    self.parallelism = parallelism
    self.expectedRows = expectedRows
    workers = [first]
    self.makeWorker = makeWorker
  }

  /// Makes the other workers, if there are none yet.
  func hire(_ state: ExecutionState) throws(QueryError) {
    while workers.count < parallelism.workers {
      workers.append(try makeWorker(ExecutionState(workerOf: state)))
    }
  }

  /// Whether others should join in after the first worker has worked alone for so many nanoseconds:
  /// what is left of the expected rows will take longer than their coming costs. Where more rows come
  /// than were expected, that is so when it has taken long already.
  func wantsHelp(after spent: Int64) -> Bool {
    let least = parallelism.delay
    if spent >= least && least == 0 { return true }
    let done = Double(source.handedRows)
    if done < 1 || spent < least / 16 { return false }
    let left = expectedRows - done
    if left <= 0 { return spent >= least }
    if spent >= least { return Double(spent) * left / done >= Double(least) / 2 }
    // The first rows pay for what is made ready once.
    guard let ready else {
      ready = (spent, done)
      return false
    }
    let rows = done - ready.rows
    return rows > 0 && Double(spent - ready.spent) * left / rows >= 0.4 * Double(least)
  }

  // MARK: Working together

  /// Lets helpers do `task` for the workers but the first; the caller goes on, and calls `join`.
  func start(_ task: @escaping (PipelineWorker) -> Void) {
    self.task = task
    nextWorker.store(1, ordering: .sequentiallyConsistent)
    WorkerPool.shared.start(self, helpers: workers.count - 1)
  }

  /// Does what no helper has begun, and waits for the rest.
  func join() {
    perform()
    WorkerPool.shared.finish(self)
    task = { _ in }
  }

  override func perform() {
    while true {
      let number = nextWorker.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue
      guard number < workers.count else { return }
      task(workers[number])
    }
  }

  // MARK: Errors

  /// Remembers the error of the earliest morsel; work on later ones is in vain.
  func fail(_ error: QueryError, in morsel: Int) {
    failureLock.withLock {
      guard morsel < failedMorsel.load(ordering: .relaxed) else { return }
      failedMorsel.store(morsel, ordering: .relaxed)
      failure = error
    }
  }

  /// Whether an earlier morsel has failed.
  func isInVain(_ morsel: Int) -> Bool { morsel > failedMorsel.load(ordering: .relaxed) }

  /// The error that a single worker would have met first.
  var firstError: QueryError? { failureLock.withLock { failure } }

  /// Starts over; nobody is at work.
  func rewind() {
    failedMorsel.store(.max, ordering: .relaxed)
    failure = nil
    ready = nil
    source.rewind()
    for worker in workers { worker.rewind() }
  }
}
