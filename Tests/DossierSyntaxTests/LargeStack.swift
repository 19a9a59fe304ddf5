import Foundation

/// Runs work on a thread with a stack of 64 MiB, as statements at the nesting limit need more than the
/// threads of the test runner have in a debug build.
func onLargeStack(_ work: @escaping @Sendable () -> Void) {
  let finished = DispatchSemaphore(value: 0)
  let thread = Thread {
    work()
    finished.signal()
  }
  thread.stackSize = 64 << 20
  thread.start()
  finished.wait()
}
