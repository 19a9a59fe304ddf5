import Glibc

/// Work that several threads do together; each of them calls `perform` once.
class SharedWork {
  /// Threads that may still join; under the lock of the pool.
  fileprivate var openPlaces = 0
  /// Threads at work, the caller not counted; under the lock of the pool.
  fileprivate var running = 0

  /// What a thread does. Must be safe to call from several threads at once.
  func perform() {}
}

/// Threads that help with statements, shared by all databases of the process.
///
/// Threads are made when they are first wanted and then wait for work. The thread that asks for help
/// works itself, so nothing depends on a thread being free. They are detached and take no signals: a
/// process ends without minding them.
final class WorkerPool: @unchecked Sendable {
  static let shared = WorkerPool()

  /// Helpers at a time, over all statements.
  static let threadLimit = 63
  /// Address space for a stack; memory is taken as it is used. As deep as that of the thread which
  /// runs long statements.
  private static let stackBytes = 512 << 20

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wanted = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let finished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // What follows is touched under the lock only.
  private var queue: [SharedWork] = []
  private var threadCount = 0
  private var idleCount = 0

  private init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wanted, nil)
    pthread_cond_init(finished, nil)
  }

  /// Calls for up to `helpers` threads and returns at once; `finish` must follow.
  func start(_ work: SharedWork, helpers: Int) {
    guard helpers > 0 else { return }
    pthread_mutex_lock(mutex)
    work.openPlaces = helpers
    queue.append(work)
    for _ in 0..<max(0, helpers - idleCount) where threadCount < Self.threadLimit {
      if makeThread() { threadCount += 1 }
    }
    pthread_cond_broadcast(wanted)
    pthread_mutex_unlock(mutex)
  }

  /// Lets nobody join any more and waits for those at work.
  func finish(_ work: SharedWork) {
    pthread_mutex_lock(mutex)
    if work.openPlaces > 0 {
      work.openPlaces = 0
      queue.removeAll { $0 === work }
    }
    while work.running > 0 { pthread_cond_wait(finished, mutex) }
    pthread_mutex_unlock(mutex)
  }

  private func makeThread() -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var all = sigset_t()
    var old = sigset_t()
    sigfillset(&all)
    // A new thread inherits the mask: signals stay with the threads that expect them.
    pthread_sigmask(SIG_SETMASK, &all, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    var thread = pthread_t()
    return pthread_create(
      &thread, &attributes,
      { _ in
        WorkerPool.shared.serve()
        return nil
      }, nil) == 0
  }

  private func serve() {
    pthread_mutex_lock(mutex)
    while true {
      guard let work = queue.first else {
        idleCount += 1
        pthread_cond_wait(wanted, mutex)
        idleCount -= 1
        continue
      }
      work.openPlaces -= 1
      if work.openPlaces == 0 { queue.removeFirst() }
      work.running += 1
      pthread_mutex_unlock(mutex)
      work.perform()
      pthread_mutex_lock(mutex)
      work.running -= 1
      if work.running == 0 { pthread_cond_broadcast(finished) }
    }
  }
}
