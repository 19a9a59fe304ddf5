import DossierSyntax
import Synchronization

/// The rows of a stretch of a plan that several workers run, in the order in which a single worker
/// would have made them.
///
/// Workers run in rounds: each makes rows until there are enough of them, then the rows are passed on
/// by the caller's thread while the workers rest, in the midst of their morsels if need be. So memory
/// stays bounded, and nothing runs when nobody asks for more rows.
final class PhysicalGather: PhysicalOperator {
  private let pipeline: ParallelPipeline
  private let slots: [Slot]
  /// Time spent before others were called in, without what the source took.
  private var spent: Int64 = 0
  private var isShared = false
  /// The source has no more morsels, or an error ended it.
  private var isExhausted = false
  /// The morsel whose rows are next.
  private var head = 0
  /// What was made of morsels that are not passed on yet.
  private var outputs: [Int: MorselOutput] = [:]
  private var quota = PhysicalGather.firstQuota
  /// The charge for the batch that was passed on last.
  private var passedBytes = 0

  /// Rows of a round, at first and at most.
  private static let firstQuota = 16 << 10
  private static let largestQuota = 256 << 10

  init(_ pipeline: ParallelPipeline, slots: [Slot]) {
    self.pipeline = pipeline
    self.slots = slots
  }

  override func rewind() {
    spent = 0
    isShared = false
    isExhausted = false
    head = 0
    outputs = [:]
    quota = Self.firstQuota
    pipeline.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if !isShared {
      let start = ExecutionControl.now()
      let batch = try nextAlone(state)
      spent += ExecutionControl.now() - start
      if batch != nil, pipeline.parallelism.workers > 1, pipeline.wantsHelp(after: spent) {
        isShared = true
        head = pipeline.workers[0].morsel ?? head
      }
      return batch
    }
    state.arena.refund(passedBytes)
    passedBytes = 0
    while true {
      if let batch = try pass(state) { return batch }
      if isExhausted && outputs.isEmpty && pipeline.workers.allSatisfy({ $0.morsel == nil }) {
        return nil
      }
      try pipeline.hire(state)
      work(state)
    }
  }

  /// The next rows by the first worker alone.
  private func nextAlone(_ state: ExecutionState) throws(QueryError) -> Batch? {
    let worker = pipeline.workers[0]
    while true {
      if worker.morsel == nil {
        let asked = ExecutionControl.now()
        let step = pipeline.source.next(state)
        spent &-= ExecutionControl.now() &- asked
        switch step {
        case .end: return nil
        case .failed(_, let error): throw error
        case .morsel(let morsel):
          worker.begin(morsel)
          head = morsel.index + 1
        }
      }
      if let batch = try worker.root.next(state) { return batch }
      worker.endMorsel()
    }
  }

  // MARK: Rounds

  /// Passes on the next rows that were made; nil when the head morsel has none ready.
  private func pass(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while var output = outputs.removeValue(forKey: head) {
      if output.position < output.batches.count {
        let made = output.batches[output.position]
        output.batches[output.position].columns = []
        output.position += 1
        outputs[head] = output
        passedBytes = made.bytes
        let batch = Batch(count: made.count, slotCount: state.slotCount)
        for (slot, column) in zip(slots, made.columns) { batch.set(slot, column) }
        return batch
      }
      if let error = output.error { throw error }
      guard output.isComplete else { return nil }
      head += 1
    }
    return nil
  }

  /// Lets all workers make rows for a round.
  private func work(_ state: ExecutionState) {
    let round = GatherRound(pipeline, slots, quota: quota, main: state)
    quota = min(quota * 2, Self.largestQuota)
    pipeline.start { round.run($0) }
    round.run(pipeline.workers[0])
    pipeline.join()
    for (index, output) in round.outputs {
      outputs[index, default: MorselOutput()].append(output)
    }
    isExhausted = isExhausted || round.isExhausted
  }
}

/// What was made of a morsel and is not passed on yet.
private struct MorselOutput {
  var batches: [(count: Int, columns: [Column], bytes: Int)] = []
  var position = 0
  var isComplete = false
  var error: QueryError?

  mutating func append(_ later: MorselOutput) {
    if position > 0 { batches.removeSubrange(..<position) }
    position = 0
    batches += later.batches
    isComplete = later.isComplete
    error = later.error
  }
}

/// A round of work: workers make rows until there are enough of them or time is up.
private final class GatherRound: @unchecked Sendable {
  private let pipeline: ParallelPipeline
  private let slots: [Slot]
  private let quota: Int
  private let main: ExecutionState
  /// Monotonic nanoseconds at which no worker begins anew.
  private let end: Int64
  private let rows = Atomic<Int>(0)
  private let exhausted = Atomic<Bool>(false)
  private let lock = ThreadLock()
  /// By morsel; under the lock.
  private(set) var outputs: [(index: Int, output: MorselOutput)] = []

  /// Nanoseconds after which rows are passed on although there are few of them.
  private static let duration: Int64 = 50_000_000

  init(_ pipeline: ParallelPipeline, _ slots: [Slot], quota: Int, main: ExecutionState) {
    self.pipeline = pipeline
    self.slots = slots
    self.quota = quota
    self.main = main
    end = ExecutionControl.now() + Self.duration
  }

  var isExhausted: Bool { exhausted.load(ordering: .relaxed) }

  private var isOver: Bool {
    rows.load(ordering: .relaxed) >= quota || ExecutionControl.now() >= end
  }

  /// Runs a worker, at least for a batch of the morsel that it is at.
  func run(_ worker: PipelineWorker) {
    var output = MorselOutput()
    while true {
      if worker.morsel == nil {
        if isOver { return }
        switch pipeline.source.next(main) {
        case .end: return exhausted.store(true, ordering: .relaxed)
        case .failed(let index, let error):
          exhausted.store(true, ordering: .relaxed)
          return fail(index, error, output)
        case .morsel(let morsel):
          if pipeline.isInVain(morsel.index) {
            return exhausted.store(true, ordering: .relaxed)
          }
          worker.begin(morsel)
        }
      }
      guard let index = worker.morsel else { return }
      do throws(QueryError) {
        if let batch = try worker.root.next(worker.state) {
          output.batches.append(try detached(batch, worker.state))
        } else {
          worker.endMorsel()
          output.isComplete = true
        }
      } catch {
        worker.endMorsel()
        return fail(index, error, output)
      }
      let isOver = isOver
      if output.isComplete || isOver {
        hand(index, output)
        output = MorselOutput()
      }
      if isOver { return }
    }
  }

  /// The columns of a batch without what they were made from.
  private func detached(
    _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> (count: Int, columns: [Column], bytes: Int) {
    let columns = slots.map { batch.column($0) }
    let bytes = columns.reduce(0) { $0 + $1.physicalCount * $1.kind.stride }
    try state.arena.charge(bytes)
    rows.wrappingAdd(batch.count, ordering: .relaxed)
    return (batch.count, columns, bytes)
  }

  private func fail(_ index: Int, _ error: QueryError, _ output: MorselOutput) {
    pipeline.fail(error, in: index)
    var output = output
    output.error = error
    hand(index, output)
  }

  private func hand(_ index: Int, _ output: MorselOutput) {
    lock.withLock { outputs.append((index, output)) }
  }
}
