import Dossier
import Foundation
import Testing

@testable import DossierShell

@Suite struct CommandTests {
  @Test func namesAndAliasesAreDistinct() {
    var seen: Set<String> = []
    for command in ShellCommand.table {
      for name in [":" + command.name] + command.aliases {
        #expect(seen.insert(name).inserted, "\(name) stands twice")
        #expect(ShellCommand.isCommandPrefix(name.utf8.first ?? 0))
        #expect(name == name.lowercased())
      }
      #expect(!command.summary.isEmpty && command.summary.last != ".")
    }
  }

  @Test(arguments: [
    (":help", "help"), (".help", "help"), ("\\?", "help"), (":QUIT", "exit"), ("\\q", "exit"),
    (".mode", "format"), (".read", "source"), ("\\i", "source"), ("\\timing", "timer"),
    ("\\x", "line"), ("\\d", "schema"), ("\\o", "output"), ("\\e", "edit"), (".once", "once"),
    (".schema", "schema"), (".timer", "timer"), (".output", "output"), (".quit", "exit"),
  ])
  func habitsOfOtherShellsWork(_ spelling: String, _ name: String) {
    #expect(ShellCommand.named(spelling)?.name == name)
  }

  @Test(arguments: [
    (":fromat", ":format"), (":hlep", ":help"), ("\\dt", ":schema"), (":use", ":load FILE"),
    (":sorce", ":source"), (".exti", ".exit"),
    ("\\l", ":load FILE"), ("\\c", ":load FILE"), ("\\du", ":schema"), ("\\df", ":help functions"),
    ("\\gx", "\\x"), ("\\conninfo", ":stats"), (":sysinfo", ":stats"), (":play", ":source FILE"),
    (".open", ":load FILE"), (".databases", ":schema"), (".indexes", ":schema"),
    (".headers", ":format"), (".show", ":stats"), (".eqp", ":explain STATEMENT"),
  ])
  func nearMissesNameTheRightCommand(_ typed: String, _ suggestion: String) {
    #expect(ShellCommand.suggestion(for: typed) == suggestion)
  }

  @Test(arguments: [
    (".bail on", "--keep-going"), ("\\! ls", "Ctrl-Z"), (".print x", "RETURN"),
    ("\\copy a", "LOAD CSV"),
    (".nullvalue x", "null"), ("\\encoding", "UTF-8"), ("\\r", "Ctrl-C"),
    ("SHOW TABLES;", ":schema"),
    ("USE db;", ":load FILE"), ("CREATE INDEX i;", "indexes"),
    ("EXPLAIN ANALYZE MATCH (n) RETURN n;", "PROFILE"),
  ])
  func otherHabitsAreAnswered(_ typed: String, _ word: String) {
    let recorded = RecordedShell()
    recorded.run(typed)
    #expect(recorded.messages.text.contains(word))
  }

  @Test func statementsThatMeanCommands() {
    let recorded = RecordedShell()
    recorded.run("BEGIN; CREATE (:A); ROLLBACK; start  transaction; CREATE (:B); COMMIT;")
    recorded.run("MATCH (n) RETURN labels(n) AS labels; exit; RETURN 1 AS unseen")
    #expect(
      recorded.results.text == "labels\n------\n['B']\n"
        || recorded.results.text == "labels\n------\n[B]\n")
  }

  @Test func helpExplainsClauses() {
    for topic in ["MATCH", "order", "load csv", "merge"] {
      #expect(RecordedShell().shell.run(command: ":help \(topic)") == .success, "\(topic)")
    }
  }

  @Test func plansTellMemory() {
    let recorded = RecordedShell()
    recorded.run("PROFILE UNWIND range(1, 5000) AS x WITH x ORDER BY -x RETURN x")
    let lines = recorded.results.text.split(separator: "\n")
    #expect(lines[0].hasSuffix("memory") && lines[0].contains("own time"))
    #expect(lines.contains { $0.hasSuffix("KiB") })
  }

  @Test func commandLinesLoseSemicolonsAndBlanks() {
    let line = CommandLine("  :param  x => 1 ; ")
    #expect(line.word == ":param")
    #expect(line.argument == "x => 1")
    #expect(CommandLine(":help;").word == ":help")
  }

  @Test func helpExplainsCommandsAndFunctions() {
    let recorded = RecordedShell()
    #expect(recorded.shell.run(command: ":help") == .success)
    for command in ShellCommand.table { #expect(recorded.results.text.contains(command.synopsis)) }
    for topic in HelpTopic.names + ["format", ":load", "\\x", "toUpper", "COUNT()"] {
      #expect(recorded.shell.run(command: ":help \(topic)") == .success, "\(topic)")
    }
    #expect(recorded.shell.run(command: ":help toUppr") == .failure)
    #expect(recorded.messages.text.contains("did you mean `:help toUpper`?"))
  }

  @Test func schemaShowsCountsAndTypes() {
    let recorded = RecordedShell()
    recorded.run("CREATE (:A {x: 1})-[:t-o {y: 'a'}]->(:A {x: 'b'})\n;\n:schema")
    #expect(
      recorded.results.text == """
        2 nodes, 1 relationship

        labels
          :A        2  x INTEGER|STRING

        relationship types
          :t-o        1  y STRING

        """)
  }

  @Test func settingsAreShownAndChanged() {
    let recorded = RecordedShell()
    recorded.run(
      ":format json\n:format\n:timer on\n:timer off\n:rows 5\n:rows\n:width 80\n:timeout 1.5\n:memory 1G\n:memory"
    )
    #expect(
      recorded.messages.text
        == "format is json\ntimer is on\ntimer is off\nat most 5 rows are shown\nmemory limit is 1 GiB\n"
    )
    #expect(recorded.shell.session.limits.timeout == 1.5)
    #expect(recorded.shell.session.limits.memoryBytes == 1 << 30)
    for wrong in [":format nothing", ":timer maybe", ":rows -1", ":timeout x", ":param x", ":load"]
    {
      #expect(recorded.shell.run(command: wrong) == .failure)
    }
  }

  @Test func aSessionReadsAsOfATime() {
    let recorded = RecordedShell()
    recorded.run("CREATE ({from: date('2021-01-01'), to: date('2021-02-01')}), ({end: date()})")
    for (command, count) in [
      (":as-of date('2021-01-31')", 2), (":as-of date('2021-02-01')", 1),
      (":as-of between '2020-12' and '2021-01'", 2), (":as-of off", 2),
    ] {
      recorded.run(command + "\nMATCH (n) RETURN 'found ' + count(n)")
      #expect(recorded.results.text.hasSuffix("found \(count)\n"), "\(command)")
    }
    recorded.run(":as-of date()\nCREATE ()")
    #expect(recorded.messages.text.contains("as of a valid time"))
    recorded.run(":as-of\n:as-of 'soon'\n:as-of nothing(", keepsGoing: true)
    #expect(recorded.messages.text.contains("statements read AS OF date()"))
    #expect(recorded.messages.text.contains("the string is none"))
    recorded.run(":as-of off\n:valid-time start end")
    #expect(recorded.messages.text.contains("elements are valid from `start` to `end`"))
  }

  @Test func aSessionTrustsSomeClaims() {
    let recorded = RecordedShell()
    recorded.run("CREATE ()-[:R {mode: 'reported'}]->()-[:R]->()")
    for (command, count) in [
      (":trust asserted", 1), (":trust REPORTED", 2), (":trust ruled", 0), (":trust off", 2),
    ] {
      recorded.run(command + "\nMATCH ()-[r]->() RETURN 'found ' + count(r)")
      #expect(recorded.results.text.hasSuffix("found \(count)\n"), "\(command)")
    }
    recorded.run(":trust claimed\nCREATE ()")
    #expect(recorded.messages.text.contains("`CREATE` changes the graph"))
    recorded.run(":trust\n:trust rulde", keepsGoing: true)
    #expect(recorded.messages.text.contains("statements see what is claimed or stronger"))
    #expect(recorded.messages.text.contains("did you mean `ruled`?"))
  }

  @Test func sourcesAreDeclared() {
    let recorded = RecordedShell()
    recorded.run(":sources\n:sources stated-in per")
    #expect(recorded.messages.text.contains("`reported-by` leads to sources; modes are in `mode`"))
    #expect(recorded.messages.text.contains("`stated-in`, `per` leads to sources"))
    #expect(recorded.shell.database.view.sourceNames.types == ["stated-in", "per"])
    #expect(recorded.shell.run(command: ":sources load.cypher") == .failure)
    #expect(recorded.shell.database.view.sourceNames.types == ["stated-in", "per"])
  }

  @Test func whyIsTold() {
    let recorded = RecordedShell()
    recorded.run(
      """
      CREATE (:A {id: 1, name: 'a'})-[:R {source: 'D1', from: date('2021-01-01'), mode: 'asserted'}]->({x: 2});
      :format table
      WHY MATCH (a:A)-->(b) RETURN 'one' AS x;
      """)
    #expect(
      recorded.results.text.hasSuffix(
        """
        row | x   | element          | from       | to | claim    | sources
        ----+-----+------------------+------------+----+----------+--------
          1 | one | (:A {name: 'a'}) |            |    |          |
            |     | [:R]             | 2021-01-01 |    | asserted | ['D1']
            |     | ()               |            |    |          |

        """))
    recorded.run(":format csv\nWHY MATCH (:A)-->(b) RETURN 1 AS x;")
    #expect(recorded.results.text.hasSuffix("\r\n1,1,({x: 2}),,,,[]\r\n"))
  }

  @Test func commitsAreListedAndCanBeRead() {
    let recorded = RecordedShell()
    recorded.run("CREATE ({x: 1})\n;MATCH (n) SET n.x = 2;\n:format csv\n:commits 2")
    #expect(recorded.results.text.hasPrefix("commit,"))
    #expect(recorded.results.text.contains("\n2,"))
    #expect(recorded.results.text.contains("\n1,"))
    #expect(!recorded.results.text.contains("\n0,"))
    recorded.run("FOR SYSTEM_TIME AS OF 1 MATCH (n) RETURN 'x was ' + n.x;")
    #expect(recorded.results.text.hasSuffix("x was 1\r\n"))
    #expect(recorded.shell.run(command: ":commits none") == .failure)
  }

  @Test func parametersAreExpressions() {
    let recorded = RecordedShell()
    recorded.run(":param a => 1 + 1\n:param b: $a * 2\n:params\n:params clear\n:params")
    #expect(recorded.messages.text == "$a => 2\n$b => 4\nno parameters are set\n")
    #expect(recorded.shell.run(command: ":param a => nobody") == .failure)
  }

  @Test func resultsGoToFilesOnRequest() throws {
    let path = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recorded = RecordedShell()
    recorded.run(":format csv\n:once \(path)\nRETURN 1 AS a; RETURN 2 AS b;")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "a\r\n1\r\n")
    #expect(recorded.results.text == "b\r\n2\r\n")
  }

  @Test func scriptsMayNotCallThemselvesForever() throws {
    let path = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max))).cypher"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ":source \(path)".write(toFile: path, atomically: true, encoding: .utf8)
    let recorded = RecordedShell()
    #expect(recorded.shell.run(command: ":source \(path)") == .failure)
    #expect(recorded.messages.text.contains("too often"))
  }

  @Test(arguments: [
    ("512M", 512 << 20), ("2G", 2 << 30), ("1.5GiB", 3 << 29), ("4096", 4096), ("1kb", 1024),
  ])
  func sizes(_ text: String, _ bytes: Int) {
    #expect(LimitText.bytes(text) == bytes)
  }

  @Test(arguments: ["", "M", "-1", "1X", "1.2.3", "0", "99999999999T", "0x10", "1e3"])
  func noSizes(_ text: String) {
    #expect(LimitText.bytes(text) == nil)
  }
}
