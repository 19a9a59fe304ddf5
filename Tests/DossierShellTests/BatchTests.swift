import Dossier
import DossierSyntax
import Foundation
import Testing

@testable import DossierShell

@Suite struct BatchTests {
  @Test func resultsOfSeveralStatementsArePartedByBlankLines() {
    let recorded = RecordedShell()
    let batch = recorded.run("RETURN 1 AS a; CREATE (:A); RETURN 'x' AS b")
    #expect(recorded.results.text == "a\n-\n1\n\nb\n-\nx\n")
    #expect(recorded.messages.text == "")
    #expect(batch.exitStatus == .success)
  }

  @Test func aBatchStopsAtTheFirstError() {
    let recorded = RecordedShell()
    let batch = recorded.run("RETURN 1 AS a;\nRETURN\n  nobody; RETURN 2 AS b")
    #expect(recorded.results.text == "a\n-\n1\n")
    #expect(recorded.messages.text.contains("line 3, column 3"))
    #expect(batch.exitStatus == .statementFailed)
  }

  @Test func keepGoingRunsAllAndReports() {
    let recorded = RecordedShell()
    let batch = recorded.run("RETURN x; RETURN 2 AS b; RETURN y", keepsGoing: true)
    #expect(recorded.results.text == "b\n-\n2\n")
    #expect(recorded.messages.text.hasSuffix("2 of 3 statements failed\n"))
    #expect(batch.exitStatus == .statementFailed)
  }

  @Test func aTransactionHoldsAsAWhole() {
    let recorded = RecordedShell()
    recorded.run("CREATE (:A); CREATE (:B); RETURN x", isTransaction: true)
    #expect(recorded.shell.database.statistics.nodeCount == 0)
    recorded.run("CREATE (:A); CREATE (:B)", isTransaction: true)
    #expect(recorded.shell.database.statistics.nodeCount == 2)
  }

  @Test func commandsStandOnLinesOfTheirOwn() {
    let recorded = RecordedShell()
    let batch = recorded.run(
      """
      :param x => [1, date('2021-01-14')]
      :format jsonl
      // a comment
      RETURN $x AS x; :format csv
      RETURN ':no command' AS y;
      """)
    #expect(batch.exitStatus == .success)
    #expect(recorded.results.text == "{\"x\":[1,\"2021-01-14\"]}\ny\r\n:no command\r\n")
  }

  @Test func scriptsMayStartWithAnInterpreterLine() {
    let recorded = RecordedShell()
    recorded.run("#!/usr/bin/env -S dossier -f\nRETURN 1 AS a;")
    #expect(recorded.results.text == "a\n-\n1\n")
  }

  @Test func missingFilesAreTold() {
    let recorded = RecordedShell()
    var batch = BatchRunner(shell: recorded.shell)
    batch.run([BatchSource(.file("/nowhere/x.cypher"))])
    #expect(batch.exitStatus == .unreadableFile)
    #expect(recorded.messages.text.contains("/nowhere/x.cypher"))
    #expect(recorded.shell.load("/nowhere/x.gram") == .unreadableFile)
  }

  @Test func errorsInScriptsNameFileLineAndColumn() throws {
    let path = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max))).cypher"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "RETURN 1;\nRETURN 2 RETRUN 3;\n".write(toFile: path, atomically: true, encoding: .utf8)
    let recorded = RecordedShell()
    var batch = BatchRunner(shell: recorded.shell)
    batch.run([BatchSource(.file(path))])
    #expect(recorded.messages.text.contains("\(path):2:10"))
  }

  /// An output whose writes fail.
  private final class FailingOutput: ByteOutput {
    private let errorNumber: Int32

    init(errorNumber: Int32) {
      self.errorNumber = errorNumber
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(OutputClosed) {
      throw OutputClosed(errorNumber: errorNumber)
    }
  }

  @Test(arguments: [
    (EPIPE, DossierShell.ExitStatus.success, true), (ENOSPC, .statementFailed, false),
  ])
  func failingOutputsEndTheBatch(
    _ number: Int32, _ status: DossierShell.ExitStatus, _ isQuiet: Bool
  ) {
    let messages = MemoryOutput()
    let shell = Shell(
      database: Database(), settings: ShellSettings(),
      results: FailingOutput(errorNumber: number), messages: messages)
    var batch = BatchRunner(shell: shell)
    batch.run([BatchSource(.text("RETURN 1; RETURN 2"))])
    #expect(batch.exitStatus == status)
    #expect(batch.statementCount == 1)
    #expect(messages.text.isEmpty == isQuiet)
  }

  @Test(arguments: [
    ("a=1", "1"), ("a=-2.5", "-2.5"), ("a='x'", "'x'"), ("a=Xiaomi", "'Xiaomi'"),
    ("a=[1, {b: null}]", "[1, {b: null}]"), ("a=2021-01-14", "'2021-01-14'"),
    ("a=date('2021-01-14')", "2021-01-14"), ("a=", "''"), ("a=b=c", "'b=c'"),
    ("a=count(*)", "'count(*)'"), ("a=1 AS x MATCH (n)", "'1 AS x MATCH (n)'"),
  ])
  func parametersAreLiteralsOrTexts(_ assignment: String, _ value: String) {
    let recorded = RecordedShell()
    #expect(recorded.shell.setParameter(assignment: assignment))
    #expect(recorded.shell.parameters.dictionary["a"]?.description == value)
  }

  @Test func timeLimitsEndStatements() {
    var settings = ShellSettings()
    settings.limits.timeout = 0.05
    let recorded = RecordedShell(settings)
    let batch = recorded.run("UNWIND range(1, 100000000000) AS x RETURN count(x)")
    #expect(batch.exitStatus == .statementFailed)
    #expect(recorded.messages.text.contains("57013"))
  }

  @Test func rowLimitsHideRows() {
    var settings = ShellSettings()
    settings.rendering.rowLimit = 2
    settings.showsSummaries = true
    let recorded = RecordedShell(settings)
    recorded.run("UNWIND range(1, 5) AS x RETURN x")
    #expect(recorded.results.text == "x\n-\n1\n2\n")
    #expect(recorded.messages.text == "5 rows\n3 rows not shown; `:rows all` shows all\n")
  }
}

@Suite struct FileCheckTests {
  @Test func errorsAreWrittenAsCompilersDo() throws {
    let path = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max))).cypher"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "CREATE (:A);\nRETURN\n  nobody;\n:nothing\n:format csv\nRETRUN 1;".write(
      toFile: path, atomically: true, encoding: .utf8)
    let results = MemoryOutput()
    var check = FileCheck(results: results)
    #expect(check.check([path]) == .statementFailed)
    let lines = results.text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("\(path):3:3: error: variable `nobody` is not defined"))
    #expect(lines[1].hasPrefix("\(path):4:1: error: there is no command `:nothing`"))
    #expect(lines[2].hasPrefix("\(path):6:1: error: "))
    #expect(check.check([path + "x"]) == .unreadableFile)
  }
}

@Suite struct StreamReaderTests {
  /// Writes chunks to a pipe and gives back the statements of each block that is read.
  private func blocks(_ chunks: [String]) throws -> [(line: Int, statements: [String])] {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    var reader = StreamReader(descriptor: ends[0])
    var found: [(line: Int, statements: [String])] = []
    func take(_ block: ScriptBlock) {
      var cursor = ScriptCursor(block.text)
      var statements: [String] = []
      while let item = cursor.next() { statements.append(block.text.string(in: item.range)) }
      found.append((block.firstLine, statements))
    }
    for chunk in chunks {
      _ = chunk.withCString { write(ends[1], $0, chunk.utf8.count) }
    }
    close(ends[1])
    while let block = try reader.next() { take(block) }
    close(ends[0])
    return found
  }

  @Test func statementsComeWithTheirLines() throws {
    let found = try blocks(["RETURN 1;\nRETURN ", "';';\n:help\nRETURN 3"])
    #expect(found.flatMap(\.statements) == ["RETURN 1", "RETURN ';'", ":help", "RETURN 3"])
    // The line feed behind `:help` begins the last block.
    #expect(found.last?.line == 3)
  }

  @Test func nothingIsNothing() throws {
    #expect(try blocks([]).isEmpty)
    #expect(try blocks(["\n\n"]).flatMap(\.statements).isEmpty)
  }

  @Test func invalidBytesAreRefusedWithTheirLine() throws {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    let bytes: [UInt8] = Array("RETURN 1;\nRETURN '".utf8) + [0xFF] + Array("';\n".utf8)
    _ = write(ends[1], bytes, bytes.count)
    close(ends[1])
    defer { close(ends[0]) }
    var reader = StreamReader(descriptor: ends[0])
    do throws(QueryError) {
      _ = try reader.next()
      Issue.record("accepted")
    } catch {
      #expect(error.code == .invalidUnicodeCharacter)
      #expect(error.diagnostics[0].position?.line == 2)
    }
  }
}
