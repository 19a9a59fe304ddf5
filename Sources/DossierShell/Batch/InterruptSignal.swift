import Glibc

/// Ctrl-C as bytes in a pipe, so that whoever waits can wait for it, too.
public enum InterruptSignal {
  /// The ends of the pipe; written once, before the handler is installed.
  nonisolated(unsafe) private static var pipeEnds: [Int32] = [-1, -1]

  /// Where a byte arrives for each Ctrl-C; never blocks a reader.
  public static var descriptor: Int32 { pipeEnds[0] }

  /// Catches SIGINT, and makes a closed pipe an error of `write`. Called once, before any other
  /// thread exists.
  public static func install() {
    signal(SIGPIPE, SIG_IGN)
    pipe(&pipeEnds)
    for descriptor in pipeEnds {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in InterruptSignal.note() }
    action.sa_flags = SA_RESTART
    sigaction(SIGINT, &action, nil)
    // Programs that start others from threads of a pool may hand down a blocked SIGINT.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// What the handler does; only calls that are allowed there.
  private static func note() {
    let error = errno
    var byte: UInt8 = 1
    pipeEnds.withUnsafeBufferPointer { _ = write($0[1], &byte, 1) }
    errno = error
  }

  /// Gives Ctrl-C its usual meaning.
  public static func restore() {
    signal(SIGINT, SIG_DFL)
  }

  /// Forgets what arrived.
  public static func drain() {
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) == 1 {}
  }
}
