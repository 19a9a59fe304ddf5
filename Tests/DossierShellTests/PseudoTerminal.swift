import Foundation
import TestSupport
import Testing

/// A program on the far end of a pseudo-terminal of 24 rows and 80 columns unless told else.
final class PseudoTerminal {
  private let descriptor: Int32
  private let process = Process()
  private var screen: [UInt8] = []

  /// The program, where it has been built beside the tests.
  static let program: String? = {
    let path = Checkout.root + "/.build/debug/dossier"
    return access(path, X_OK) == 0 ? path : nil
  }()

  /// Starts a program with `variables` beside the usual environment.
  init(
    _ program: String, _ arguments: [String], rows: UInt16 = 24, columns: UInt16 = 80,
    variables: [String: String] = [:]
  ) throws {
    // What `posix_openpt`, `unlockpt` and `ptsname` do; Swift does not see these functions.
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var locked: Int32 = 0
    var number: Int32 = 0
    #expect(ioctl(descriptor, 0x4004_5431, &locked) == 0)
    #expect(ioctl(descriptor, 0x8004_5430, &number) == 0)
    let name = "/dev/pts/\(number)"
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    let side = open(name, O_RDWR | O_NOCTTY)
    let handle = FileHandle(fileDescriptor: side, closeOnDealloc: true)
    // A new session makes the pseudo-terminal the one that Ctrl-C comes from.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
    process.arguments = ["--ctty", "--wait", program] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Checkout.root)
    let usual = [
      "TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "PAGER": "",
      "NO_COLOR": "1", "HOME": "/nonexistent", "INPUTRC": "/dev/null",
      "XDG_STATE_HOME": NSTemporaryDirectory() + "dossier-state-\(getpid())",
    ]
    process.environment = usual.merging(variables) { $1 }
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    try handle.close()
  }

  func type(_ keys: String) {
    _ = keys.withCString { write(descriptor, $0, keys.utf8.count) }
  }

  /// Reads until a text appears behind what was waited for before; false after ten seconds.
  func waits(for text: String) -> Bool {
    let deadline = Date().addingTimeInterval(10)
    while Date() < deadline {
      if let range = String(decoding: screen, as: UTF8.self).range(of: text) {
        let consumed = String(decoding: screen, as: UTF8.self)[..<range.upperBound].utf8.count
        screen.removeFirst(min(consumed, screen.count))
        return true
      }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, 100) > 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return false }
      screen += chunk[..<count]
    }
    return false
  }

  /// The status with which the program ends by itself.
  func exitStatus() -> Int32? {
    let deadline = Date().addingTimeInterval(10)
    while process.isRunning, Date() < deadline { usleep(20_000) }
    return process.isRunning ? nil : process.terminationStatus
  }

  func end() {
    if process.isRunning { process.terminate() }
    close(descriptor)
  }
}
