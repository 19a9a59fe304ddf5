import Foundation
import Testing

@testable import DossierShell

/// What the real program answers to what a person types, on a pseudo-terminal.
@Suite(.serialized) struct TranscriptTests {
  /// Keys, and the texts that appear behind them, in order.
  typealias Step = (keys: String, answers: [String])

  static let program = PseudoTerminal.program

  /// Runs steps in a shell over the sample graph, each up to the next prompt, and leaves with Ctrl-D.
  private func converse(
    _ steps: [Step], rows: UInt16 = 24, columns: UInt16 = 100, variables: [String: String] = [:]
  ) throws {
    let terminal = try PseudoTerminal(
      Self.program ?? "", ["Graphs/xiaomi.gram", "--no-history", "--no-rc"], rows: rows,
      columns: columns, variables: variables)
    defer { terminal.end() }
    #expect(terminal.waits(for: "dossier> "))
    for step in steps {
      // Two signals at once would be one.
      if step.keys == "\u{3}" { usleep(200_000) }
      terminal.type(step.keys)
      for answer in step.answers {
        #expect(terminal.waits(for: answer), "\(step.keys) does not show \(answer)")
      }
    }
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test(.enabled(if: program != nil))
  func tabCompletesWhatMayCome() throws {
    try converse([
      ("MATCH (c:Comp\t", ["any"]), (")-[r:led\t", ["-by"]), ("]->(p:Pers\t", ["on"]),
      (") WHERE c.tick\t", ["er"]), (" IS NOT N\t", ["ULL"]), (" AND r.stat\t", ["ement"]),
      (" = 'x' RET\t", ["URN "]), ("toUpp\t", ["er("]), ("p.name) ORD\t", ["ER BY"]),
      ("\u{3}", ["dossier> "]), (":param company => 'Xiaomi'\r", ["dossier> "]),
      ("MATCH (c {name: $comp\t", ["any"]), ("\u{3}", ["dossier> "]),
      (":form\t", ["at"]), (" mark\t", ["down"]), ("\r", ["dossier> "]),
      (":load Graphs/xia\t", ["omi.gram"]), ("\u{3}", ["dossier> "]),
      ("MATCH (n)-[long:makes]->() RETURN lo\t", ["ng"]), ("\u{3}", ["dossier> "]),
    ])
  }

  @Test(.enabled(if: program != nil))
  func promptsTellWhatIsOpen() throws {
    try converse([
      ("RETURN [1,\r", ["      [> "]), ("'a\r", ["      '> "]), ("b'\r", ["      [> "]),
      ("] AS x\r", ["       > "]), (";\r", ["[1, 'a\\nb']", "1 row", "dossier> "]),
      ("MATCH (n\r", ["      (> "]), ("\u{3}", ["dossier> "]),
      ("half a line", ["half a line"]), ("\u{3}", ["dossier> "]), ("\u{3}", ["dossier> "]),
      ("\u{3}", ["`:exit` or Ctrl-D leaves", "dossier> "]),
    ])
  }

  @Test(.enabled(if: program != nil))
  func habitsOfOtherShells() throws {
    try converse([
      (".tables\r", [":Company", "dossier> "]), ("\\timing\r", ["timer is on", "dossier> "]),
      ("RETURN 1 AS one;\r", ["│   1 │", "1 row, ", " ms", "dossier> "]),
      ("\\x\r", ["format is line", "dossier> "]),
      ("RETURN 1 AS a, 2 AS b;\r", ["b", "2", "dossier> "]),
      ("\\x\r", ["format is box", "dossier> "]), (".mode csv\r", ["dossier> "]),
      ("RETURN 'a,b' AS x;\r", ["\"a,b\"", "dossier> "]), ("\\pset format box\r", ["dossier> "]),
      (":fromat\r", ["did you mean `:format`?", "dossier> "]),
      ("\\dt\r", ["did you mean `:schema`?", "dossier> "]),
      (".bail on\r", ["--keep-going", "dossier> "]),
      ("SHOW TABLES;\r", ["`:schema`", "dossier> "]),
      ("START TRANSACTION;\r", ["dossier> "]),
      ("CREATE (:Draft);\r", ["created 1 node", "dossier> "]),
      ("ROLLBACK;\r", ["dossier> "]),
      ("MATCH (d:Draft) RETURN count(d) AS drafts;\r", ["│      0 │", "dossier> "]),
      (":help MERGE\r", ["ON CREATE SET", "dossier> "]),
      (":help toUpper\r", ["toUpper(", "dossier> "]), (":stats\r", ["47 nodes", "dossier> "]),
    ])
  }

  @Test(.enabled(if: program != nil))
  func resultsFitTheScreen() throws {
    try converse(
      [
        ("RETURN '任正非' AS name;\r", ["│ 任正非 │", "dossier> "]),
        (
          "RETURN 'a long text that goes on and on behind the edge of the screen' AS t;\r",
          ["…", "dossier> "]
        ),
        (":rows 2\r", ["dossier> "]),
        ("UNWIND range(1, 9) AS x RETURN x;\r", ["│ 2 │", "7 rows not shown", "dossier> "]),
        ("EXPLAIN MATCH (n) RETURN n;\r", ["operator", "dossier> "]),
        (
          "PROFILE MATCH (n) RETURN n.name ORDER BY n.name;\r",
          ["rows", "time", "memory", "dossier> "]
        ),
        (
          "MATCH p = (:Company {name: 'Huawei'})-[:founded-by]->() RETURN p;\r",
          ["founded-by", "dossier> "]
        ),
      ], columns: 60)
  }

  @Test(.enabled(if: program != nil))
  func filesAreWrittenAndRead() throws {
    let folder = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max)))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let editor = folder + "/editor"
    try "#!/bin/sh\necho \"RETURN 'edited' AS text;\" > \"$1\"\n"
      .write(toFile: editor, atomically: true, encoding: .utf8)
    chmod(editor, 0o700)
    try converse(
      [
        (":once \(folder)/one.txt\r", ["dossier> "]), ("RETURN 1 AS a;\r", ["1 row", "dossier> "]),
        (":save \(folder)/all.gram\r", ["saved 47 nodes, 63 relationships", "dossier> "]),
        (":load \(folder)/all.gram\r", ["loaded", "dossier> "]),
        ("MATCH p = (:Company {name: 'Xiaomi'})--() RETURN p;\r", ["rows", "dossier> "]),
        (":view \(folder)/p.svg\r", ["drawn in", "dossier> "]),
        ("\\e\r", ["edited", "1 row", "dossier> "]),
      ], variables: ["EDITOR": editor])
    #expect(try String(contentsOfFile: folder + "/one.txt", encoding: .utf8).contains("1"))
    #expect(try String(contentsOfFile: folder + "/p.svg", encoding: .utf8).hasPrefix("<svg"))
  }

  @Test(.enabled(if: program != nil))
  func coloursAndPagersAreChosenByTheEnvironment() throws {
    try converse(
      [("RETURN 1 AS a;\r", ["\u{1B}[1ma", "dossier> "])],
      variables: ["NO_COLOR": "", "CLICOLOR_FORCE": "1"])
    try converse([("RETURN 1 AS a;\r", ["│ a │", "dossier> "])], variables: ["NO_COLOR": "1"])
    try converse(
      [("RETURN 1 AS a;\r", ["│ a │", "dossier> "])], variables: ["NO_COLOR": "", "TERM": "dumb"])
    try converse(
      [("UNWIND range(1, 90) AS x RETURN x;\r", ["paged: │  1 │", "paged: │ 90 │", "dossier> "])],
      variables: ["PAGER": "sed 's/^/paged: /'"])
  }

  @Test(.enabled(if: program != nil))
  func longStatementsAreCancelledAtOnce() throws {
    let terminal = try PseudoTerminal(
      Self.program ?? "", ["--no-history", "--no-rc"])
    defer { terminal.end() }
    #expect(terminal.waits(for: "dossier> "))
    terminal.type("UNWIND range(1, 100000000000) AS x WITH x WHERE x < 0 RETURN count(x);\r")
    #expect(terminal.waits(for: "running: "))
    let start = Date()
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "57014") && terminal.waits(for: "dossier> "))
    // A tenth of a second where the machine is idle.
    #expect(Date().timeIntervalSince(start) < 2)
    terminal.type("RETURN 6 * 7 AS answer;\r")
    #expect(terminal.waits(for: "│     42 │"))
    terminal.type("exit\r")
    #expect(terminal.exitStatus() == 0)
  }
}
