import Glibc

/// A thread with a large stack on which statements are parsed, run, shown and released, so that
/// deeply nested texts and values never exhaust the stack of the main thread.
///
/// `perform` is called from one thread only.
public final class StatementThread {
  /// Address space of the stack; only the touched part takes memory.
  public static let stackBytes = 512 << 20

  /// What the two threads share.
  private final class Exchange {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    var work: (() -> Void)?
    var isClosed = false
    /// Becomes readable when work is done.
    let doneReader: Int32
    let doneWriter: Int32

    init() {
      var descriptors: [Int32] = [-1, -1]
      _ = pipe(&descriptors)
      for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      (doneReader, doneWriter) = (descriptors[0], descriptors[1])
      pthread_mutex_init(mutex, nil)
      pthread_cond_init(condition, nil)
    }

    deinit {
      close(doneReader)
      close(doneWriter)
      pthread_cond_destroy(condition)
      pthread_mutex_destroy(mutex)
      condition.deallocate()
      mutex.deallocate()
    }

    /// The thread's life: waits for work until the exchange is closed.
    func serve() {
      var byte: UInt8 = 0
      while runNext() { _ = write(doneWriter, &byte, 1) }
    }

    /// Waits for work, runs it and lets go of it; false when the exchange is closed.
    private func runNext() -> Bool {
      pthread_mutex_lock(mutex)
      while work == nil && !isClosed { pthread_cond_wait(condition, mutex) }
      let next = work
      work = nil
      pthread_mutex_unlock(mutex)
      next?()
      return next != nil
    }

    func submit(_ work: (() -> Void)?) {
      pthread_mutex_lock(mutex)
      if let work { self.work = work } else { isClosed = true }
      pthread_cond_signal(condition)
      pthread_mutex_unlock(mutex)
    }
  }

  private let exchange = Exchange()
  private var isRunning = false

  /// Starts the thread. Where the system refuses so large a stack, a smaller one is tried.
  public init() {
    for bytes in [Self.stackBytes, Self.stackBytes / 8] where !isRunning {
      isRunning = Self.start(exchange, stackBytes: bytes)
    }
  }

  deinit {
    exchange.submit(nil)
  }

  private static func start(_ exchange: Exchange, stackBytes: Int) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let argument = Unmanaged.passRetained(exchange)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue().serve()
        return nil
      }, argument.toOpaque())
    if status != 0 { argument.release() }
    return status == 0
  }

  /// Runs `work` on the thread and waits for its end. Meanwhile each byte that arrives at
  /// `interrupts`, a file descriptor, calls `interrupted` on the waiting thread.
  public func perform(
    interrupts: Int32? = nil, interrupted: () -> Void = {}, _ work: () -> Void
  ) {
    guard isRunning else { return work() }
    withoutActuallyEscaping(work) { work in
      exchange.submit(work)
      waitUntilDone(interrupts ?? -1, interrupted)
    }
  }

  private func waitUntilDone(_ interrupts: Int32, _ interrupted: () -> Void) {
    var requests = [
      pollfd(fd: exchange.doneReader, events: Int16(POLLIN), revents: 0),
      pollfd(fd: interrupts, events: Int16(POLLIN), revents: 0),
    ]
    var byte: UInt8 = 0
    while true {
      guard poll(&requests, 2, -1) > 0 else { continue }
      if requests[1].revents & Int16(POLLIN) != 0, read(interrupts, &byte, 1) == 1 {
        interrupted()
      }
      if requests[0].revents != 0 {
        _ = read(exchange.doneReader, &byte, 1)
        return
      }
    }
  }
}
