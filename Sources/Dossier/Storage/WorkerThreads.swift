import Glibc

/// Threads that share a piece of work and end with it.
package enum WorkerThreads {
  /// How many threads a piece of work is given: one a processor, at most 8.
  package static let available = max(1, min(8, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))

  /// Calls `body` once on each of `count` threads, with 0 on the caller's and 1, 2, … on the others;
  /// returns when all have ended. A thread that can't be made is left out, so `body` must do with
  /// fewer than `count`.
  package static func run(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      let jobs = (1..<count).map { ThreadJob($0, body) }
      var threads: [pthread_t] = []
      for job in jobs {
        var thread = pthread_t()
        let started = pthread_create(
          &thread, nil,
          { context in
            if let context {
              Unmanaged<ThreadJob>.fromOpaque(context).takeUnretainedValue().perform()
            }
            return nil
          }, Unmanaged.passUnretained(job).toOpaque())
        if started == 0 { threads.append(thread) }
      }
      body(0)
      for thread in threads { pthread_join(thread, nil) }
      for job in jobs { job.release() }
    }
  }
}

/// What one thread has to do.
private final class ThreadJob {
  private let number: Int
  /// Let go before the call that it stands in returns.
  private var body: ((Int) -> Void)?

  init(_ number: Int, _ body: @escaping (Int) -> Void) {
    self.number = number
    self.body = body
  }

  func perform() { body?(number) }

  func release() { body = nil }
}
