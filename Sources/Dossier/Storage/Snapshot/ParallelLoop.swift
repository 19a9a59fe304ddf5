import Glibc
import Synchronization

/// Independent steps on all processors.
enum ParallelLoop {
  /// No more threads than this; memory is the limit before.
  private static let threadLimit = 8

  /// Calls `body` once for each number below `count`, in no order, on several threads at once where
  /// `isWorthThreads` says so. Returns when all calls have.
  static func run(
    count: Int, isWorthThreads: Bool, _ body: @Sendable (Int) -> Void
  ) {
    let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let threads = isWorthThreads ? min(processors, threadLimit, count) : 1
    guard threads > 1 else {
      for step in 0..<count { body(step) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let steps = Steps(count: count, body: body)
      let context = Unmanaged.passUnretained(steps).toOpaque()
      var started: [pthread_t] = []
      for _ in 1..<threads {
        var thread = pthread_t()
        let status = pthread_create(
          &thread, nil,
          { context in
            if let context { Unmanaged<Steps>.fromOpaque(context).takeUnretainedValue().perform() }
            return nil
          }, context)
        if status == 0 { started.append(thread) }
      }
      steps.perform()
      for thread in started { pthread_join(thread, nil) }
      steps.finish()
    }
  }

  /// What the threads share.
  private final class Steps: @unchecked Sendable {
    private static let stride = 16
    private let next = Atomic(0)
    private let count: Int
    /// Let go when all is done: it must not outlive the call that it stands in.
    private var body: (@Sendable (Int) -> Void)?

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
      self.count = count
      self.body = body
    }

    func perform() {
      guard let body else { return }
      while true {
        let first = next.wrappingAdd(Self.stride, ordering: .relaxed).oldValue
        guard first < count else { return }
        for step in first..<min(first + Self.stride, count) { body(step) }
      }
    }

    func finish() { body = nil }
  }
}
