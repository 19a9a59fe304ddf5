import Foundation
import TestSupport
import Testing

@testable import DossierShell

/// Drives the real program on a pseudo-terminal, as a person would.
///
/// The tests need the program beside them; where it has not been built they do nothing.
@Suite(.serialized) struct TerminalTests {
  static let program: String? = {
    let path = Checkout.root + "/.build/debug/dossier"
    return access(path, X_OK) == 0 ? path : nil
  }()

  @Test(.enabled(if: program != nil))
  func aConversation() throws {
    let terminal = try Terminal(Self.program ?? "", ["Graphs/xiaomi.gram"])
    defer { terminal.end() }
    #expect(terminal.waits(for: "dossier> "))
    terminal.type("MATCH (c:Comp\t {name: 'Xiaomi'})\rRETURN c.nam\t;\r")
    #expect(terminal.waits(for: "│ Xiaomi │"))
    #expect(terminal.waits(for: "1 row"))
    terminal.type("RETURN '任正非' AS person;\r")
    #expect(terminal.waits(for: "│ 任正非 │"))
    terminal.type("UNWIND range(1, 100000000000) AS x RETURN sum(x);\r")
    // Readline switches bracketed paste off when it hands over the line.
    #expect(terminal.waits(for: "sum(x);") && terminal.waits(for: "\u{1B}[?2004l"))
    usleep(300_000)
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "57014"))
    terminal.type("RETURN 40 + 2 AS answer;\r")
    #expect(terminal.waits(for: "│     42 │"))
    terminal.type("RETRUN 1;\r")
    #expect(terminal.waits(for: "did you mean `RETURN`?"))
    terminal.type("half a line\u{3}")
    terminal.type(":fromat\r")
    #expect(terminal.waits(for: "did you mean `:format`?") && terminal.waits(for: "dossier> "))
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test(.enabled(if: program != nil))
  func historyIsKept() throws {
    let history = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max)))/history"
    defer {
      try? FileManager.default.removeItem(atPath: (history as NSString).deletingLastPathComponent)
    }
    let first = try Terminal(Self.program ?? "", ["--history", history])
    #expect(first.waits(for: "dossier> "))
    first.type("RETURN 'two\rlines' AS x;\r")
    #expect(first.waits(for: "1 row"))
    first.type(":exit\r")
    #expect(first.exitStatus() == 0)
    let second = try Terminal(Self.program ?? "", ["--history", history, "--quiet"])
    defer { second.end() }
    #expect(second.waits(for: "dossier> "))
    // The last entry is `:exit`, the one before it the statement.
    second.type("\u{1B}[A\u{1B}[A")
    #expect(second.waits(for: "lines' AS x;"))
    second.type("\r")
    #expect(second.waits(for: "│ two\\nlines │"))
    #expect(second.waits(for: "dossier> "))
    second.type("\u{4}")
    #expect(second.exitStatus() == 0)
  }

  /// A program on the far end of a pseudo-terminal of 80 columns.
  private final class Terminal {
    private let descriptor: Int32
    private let process = Process()
    private var screen: [UInt8] = []

    init(_ program: String, _ arguments: [String]) throws {
      // What `posix_openpt`, `unlockpt` and `ptsname` do; Swift does not see these functions.
      descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var locked: Int32 = 0
      var number: Int32 = 0
      #expect(ioctl(descriptor, 0x4004_5431, &locked) == 0)
      #expect(ioctl(descriptor, 0x8004_5430, &number) == 0)
      let name = "/dev/pts/\(number)"
      var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
      let side = open(name, O_RDWR | O_NOCTTY)
      let handle = FileHandle(fileDescriptor: side, closeOnDealloc: true)
      // A new session makes the pseudo-terminal the one that Ctrl-C comes from.
      process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
      process.arguments = ["--ctty", "--wait", program] + arguments
      process.currentDirectoryURL = URL(fileURLWithPath: Checkout.root)
      process.environment = [
        "TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "PAGER": "",
        "NO_COLOR": "1", "HOME": "/nonexistent", "INPUTRC": "/dev/null",
        "XDG_STATE_HOME": NSTemporaryDirectory() + "dossier-state-\(getpid())",
      ]
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
}
