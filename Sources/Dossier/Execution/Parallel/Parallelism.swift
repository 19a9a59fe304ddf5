import Glibc

/// How many threads may work on a statement, and from when on.
struct Parallelism: Sendable {
  /// Threads at a time, the caller's included.
  var workers: Int
  /// Nanoseconds that a part of a plan runs on one thread before others join in; where the planner
  /// knows the rows, others join in as soon as the rest will take half as long.
  var delay: Int64 = 1_000_000
  /// A part of a plan with less expected work, in rows, is not prepared for several threads.
  var minimumWork = 30_000.0
  /// Rows that a worker takes at a time; nil to go by the number of rows.
  var morselRows: Int?

  /// Everything on the caller's thread.
  static let alone = Parallelism(workers: 1)

  /// Several threads for whatever can be shared, however little it is; for tests.
  static func always(_ workers: Int, morselRows: Int) -> Parallelism {
    Parallelism(workers: workers, delay: 0, minimumWork: 0, morselRows: morselRows)
  }

  /// The most threads that work on a statement unless more are asked for.
  private static let defaultLimit = 8

  /// The processors that are online, eight at most.
  static let availableWorkers = min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), defaultLimit)
}
