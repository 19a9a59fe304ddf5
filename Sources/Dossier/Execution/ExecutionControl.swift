import DossierSyntax
import Glibc
import Synchronization

/// What a running statement shares with other threads: its stop sign, raised by one of them or past a
/// deadline, and the number of its rows.
public final class ExecutionControl: Sendable {
  private let cancelled = Atomic<Bool>(false)
  private let rows = Atomic<Int>(0)
  /// Monotonic clock, nanoseconds; `Int64.max` for none.
  private let deadline: Int64

  /// A control without limit, or one that stops after `timeout` seconds.
  public init(timeout: Double? = nil) {
    if let timeout, timeout > 0, timeout < 1e9 {
      deadline = Self.now() + Int64(timeout * 1e9)
    } else {
      deadline = .max
    }
  }

  /// Ends the statement at its next check; may be called from any thread and from signal handlers.
  public func cancel() {
    cancelled.store(true, ordering: .relaxed)
  }

  /// Rows of the result so far.
  var rowCount: Int { rows.load(ordering: .relaxed) }

  /// Called once per batch of the result.
  func add(rows count: Int) {
    rows.wrappingAdd(count, ordering: .relaxed)
  }

  /// Called once per batch, and by long loops every few thousand steps.
  /// Errors: `cancelled`, `timeLimit`.
  func check() throws(QueryError) {
    if cancelled.load(ordering: .relaxed) {
      throw QueryError(.cancelled, "the statement was cancelled")
    }
    if deadline != .max && Self.now() > deadline {
      throw QueryError(
        .timeLimit, "the statement took longer than its time limit",
        help: "raise the limit with `--timeout`, or narrow the pattern")
    }
  }

  /// The monotonic clock in nanoseconds.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// The instants that `date()` and its siblings answer with while a statement runs.
struct StatementClock: Sendable {
  /// Seconds and nanoseconds since epoch, UTC.
  struct Instant: Sendable {
    var seconds: Int64
    var nanoseconds: Int32
  }
  /// When the transaction began.
  var transaction: Instant
  /// When the statement began.
  var statement: Instant
  /// Starts the generator behind `rand()`.
  var seed: Int64

  /// The system clock now.
  static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }
}
