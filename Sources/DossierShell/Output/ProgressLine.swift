import Glibc

/// A line for people that tells how far long work is: shown from the second second on, rewritten in
/// place, and erased when the work ends.
///
/// The work goes on undisturbed; a thread of its own asks for the text. `watch` is called by one thread
/// at a time and not within itself.
final class ProgressLine: @unchecked Sendable {
  /// Guarded by the mutex.
  private struct State {
    /// What tells how far the work is; nil when there is none.
    var text: (@Sendable () -> String)?
    /// When the line is shown or rewritten next, on the monotonic clock.
    var due: Int64 = 0
    var isShown = false
    /// The thread waits for work, not for a moment.
    var isIdle = false
    var isRunning = false
    var isClosed = false
  }

  private var state = State()
  private let output: any ByteOutput
  private let delay: Int64
  private let interval: Int64
  private let width: () -> Int
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// Work of less than `delay` seconds shows nothing; the line is rewritten every `interval` seconds
  /// and has at most `width` columns.
  init(
    output: any ByteOutput, delay: Double = 1, interval: Double = 0.2,
    width: @escaping () -> Int = { Terminal.size(STDERR_FILENO)?.columns ?? 80 }
  ) {
    self.output = output
    self.delay = Int64(delay * 1e9)
    self.interval = Int64(interval * 1e9)
    self.width = width
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// A line on standard error, where a person reads that; nil elsewhere.
  static func forStandardError() -> ProgressLine? {
    guard Terminal.isTerminal(STDERR_FILENO), Terminal.variable("TERM") != "dumb" else {
      return nil
    }
    return ProgressLine(output: FileOutput(descriptor: STDERR_FILENO))
  }

  /// Does some work and shows meanwhile what `text` says; it is called from another thread.
  func watch<Answer, Failure: Error>(
    _ text: @escaping @Sendable () -> String, _ work: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    begin(text)
    defer { end() }
    return try work()
  }

  /// Ends the thread behind the line.
  func close() {
    pthread_mutex_lock(mutex)
    state.isClosed = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  private func begin(_ text: @escaping @Sendable () -> String) {
    pthread_mutex_lock(mutex)
    state.text = text
    state.due = MonotonicClock.now() + delay
    if !state.isRunning { start() }
    if state.isIdle { pthread_cond_signal(condition) }
    pthread_mutex_unlock(mutex)
  }

  private func end() {
    pthread_mutex_lock(mutex)
    state.text = nil
    if state.isShown { write("\r\u{1B}[K") }
    state.isShown = false
    pthread_mutex_unlock(mutex)
  }

  // MARK: - The thread

  private func start() {
    let argument = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<ProgressLine>.fromOpaque(pointer).takeRetainedValue().serve()
        return nil
      }, argument.toOpaque())
    if status == 0 { pthread_detach(thread) } else { argument.release() }
    state.isRunning = status == 0
  }

  /// The thread's life. It sleeps until a line is due, and without work until there is some.
  private func serve() {
    pthread_mutex_lock(mutex)
    while !state.isClosed {
      guard let text = state.text else {
        state.isIdle = true
        pthread_cond_wait(condition, mutex)
        state.isIdle = false
        continue
      }
      if MonotonicClock.now() < state.due {
        sleep(until: state.due)
        continue
      }
      let columns = max(width() - 1, 1)
      write(
        "\r" + String(String.UnicodeScalarView(text().unicodeScalars.prefix(columns))) + "\u{1B}[K")
      state.isShown = true
      state.due = MonotonicClock.now() + interval
    }
    pthread_mutex_unlock(mutex)
  }

  private func sleep(until moment: Int64) {
    var time = timespec()
    time.tv_sec = Int(moment / 1_000_000_000)
    time.tv_nsec = Int(moment % 1_000_000_000)
    pthread_cond_timedwait(condition, mutex, &time)
  }

  private func write(_ text: String) {
    do throws(OutputClosed) { try output.write(text) } catch {}
  }
}
