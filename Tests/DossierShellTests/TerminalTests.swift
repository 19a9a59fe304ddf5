import Foundation
import Testing

@testable import DossierShell

/// Drives the real program on a pseudo-terminal, as a person would.
///
/// The tests need the program beside them; where it has not been built they do nothing.
@Suite(.serialized) struct TerminalTests {
  static let program = PseudoTerminal.program

  @Test(.enabled(if: program != nil))
  func aConversation() throws {
    let terminal = try PseudoTerminal(Self.program ?? "", ["Graphs/xiaomi.gram"])
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
    let first = try PseudoTerminal(Self.program ?? "", ["--history", history])
    #expect(first.waits(for: "dossier> "))
    first.type("RETURN 'two\rlines' AS x;\r")
    #expect(first.waits(for: "1 row"))
    first.type(":exit\r")
    #expect(first.exitStatus() == 0)
    let second = try PseudoTerminal(Self.program ?? "", ["--history", history, "--quiet"])
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
}
