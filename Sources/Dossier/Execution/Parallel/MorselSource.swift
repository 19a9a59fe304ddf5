import DossierSyntax

/// A run of rows that one worker takes at a time. Its columns never change.
struct Morsel {
  /// Morsels are numbered from 0 in the order of the rows.
  var index: Int
  var count: Int
  /// One for each slot of the source.
  var columns: [Column]
}

/// The rows that workers share out among themselves, in their order.
///
/// The operators below run on whichever thread asks, one thread at a time.
final class MorselSource: @unchecked Sendable {
  /// What a worker that asks gets.
  enum Step {
    case morsel(Morsel)
    /// The rows cannot be made; the error stands in the place of the morsel with the index.
    case failed(index: Int, QueryError)
    case end
  }

  /// The slots that the workers' operators read.
  let slots: [Slot]
  private let input: PhysicalOperator
  /// Rows of a morsel; nil when batches must stay whole.
  private let morselRows: Int?
  private let lock = ThreadLock()
  // What follows is touched under the lock only.
  private var state: ExecutionState?
  private var batch: (count: Int, columns: [Column])?
  private var position = 0
  private var index = 0
  /// Rows handed out so far.
  private(set) var handedRows = 0
  private var isAtEnd = false

  init(_ input: PhysicalOperator, slots: [Slot], morselRows: Int?) {
    self.input = input
    self.slots = slots
    self.morselRows = morselRows
  }

  /// The next rows. `main` is the state of the statement, of which the source makes one of its own.
  func next(_ main: ExecutionState) -> Step {
    lock.withLock {
      if isAtEnd { return .end }
      let state = state ?? ExecutionState(workerOf: main)
      self.state = state
      do throws(QueryError) {
        guard let morsel = try nextMorsel(state) else {
          isAtEnd = true
          return .end
        }
        return .morsel(morsel)
      } catch {
        isAtEnd = true
        return .failed(index: index, error)
      }
    }
  }

  private func nextMorsel(_ state: ExecutionState) throws(QueryError) -> Morsel? {
    if batch == nil {
      guard let next = try input.next(state) else { return nil }
      batch = (next.count, slots.map { next.column($0) })
      position = 0
    }
    guard let (count, columns) = batch else { return nil }
    let taken = min(morselRows ?? count, count - position)
    let morsel = Morsel(
      index: index, count: taken,
      columns: taken == count ? columns : columns.map { $0.slice(position, count: taken) })
    position += taken
    handedRows += taken
    index += 1
    if position == count { batch = nil }
    return morsel
  }

  /// Starts over. Nobody else may use the source at the time.
  func rewind() {
    batch = nil
    index = 0
    handedRows = 0
    isAtEnd = false
    input.rewind()
  }
}

/// Where a worker's operators get the rows of its morsel from.
final class MorselLeaf: PhysicalOperator {
  private var batch: Batch?

  /// Hands rows in; the ones before have been read.
  func begin(_ morsel: Morsel, slots: [Slot], _ state: ExecutionState) {
    let next = Batch(count: morsel.count, slotCount: state.slotCount)
    for (slot, column) in zip(slots, morsel.columns) { next.set(slot, column) }
    batch = next
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    defer { batch = nil }
    return batch
  }

  override func rewind() { batch = nil }
}

extension Column {
  /// A run of rows of the column.
  func slice(_ start: Int, count n: Int) -> Column {
    if !isConstant, validity == nil {
      return Column(
        borrowing: values + start * kind.stride, validity: nil, kind, count: n, owner: self,
        dictionary: dictionary, isRun: isRun)
    }
    let rows = (start..<start + n).map { UInt32(truncatingIfNeeded: $0) }
    return rows.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { gather($0, count: n) } ?? self
    }
  }
}
