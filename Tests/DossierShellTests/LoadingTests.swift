import Dossier
import DossierFormats
import DossierSyntax
import Foundation
import Testing

@testable import DossierShell

/// Files on the way into the shell and out of it.
@Suite struct LoadingTests {
  /// A new folder with some files, whose path is given to `body`.
  private func withFolder(
    _ files: [String: String], _ body: (String) throws -> Void
  ) throws {
    let folder = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max)))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    try body(folder)
  }

  @Test func loadTakesSeveralFilesAndFormats() throws {
    try withFolder(["a.gram": "(a)", "b.gram": "(b)", "with blank.gram": "(c)", "d.data": "1 2"]) {
      folder in
      let recorded = RecordedShell()
      recorded.run(":load \(folder)/[ab].gram")
      #expect(recorded.shell.database.statistics.nodeCount == 2)
      recorded.run(":load \(folder)/with blank.gram")
      #expect(recorded.shell.database.statistics.nodeCount == 3)
      recorded.run(":load '\(folder)/with blank.gram' \(folder)/a.gram")
      #expect(recorded.shell.database.statistics.nodeCount == 5)
      recorded.run(":load --format edges \(folder)/d.data")
      #expect(recorded.shell.database.statistics.nodeCount == 7)
      #expect(recorded.messages.text == "")
      recorded.run(":load \(folder)/*.nothing")
      #expect(recorded.messages.text.contains("finds no file"))
      recorded.run(":load --format nonsense \(folder)/a.gram")
      #expect(recorded.messages.text.contains("knows no format `nonsense` of files"))
      recorded.run(":save --format jsonl \(folder)/out.txt")
      let saved = try String(contentsOfFile: folder + "/out.txt", encoding: .utf8)
      #expect(saved.hasPrefix("{\"type\""))
    }
  }

  @Test func badRecordsAreToldAndCounted() throws {
    try withFolder(["a.edges": String(repeating: "1\n", count: 150) + "1 2\n"]) { folder in
      var settings = ShellSettings()
      settings.leavesOutBadRecords = true
      let recorded = RecordedShell(settings)
      #expect(recorded.shell.load([folder + "/a.edges"]) == .failure)
      let lines = recorded.messages.text.split(separator: "\n")
      #expect(lines.count == 102)
      #expect(
        lines.first?.hasPrefix("\(folder)/a.edges:1:1: error: a line of an edge list") == true)
      #expect(lines[100] == "\(folder)/a.edges: and 50 more")
      #expect(
        lines.last?.contains("150 bad records left out: 150 WrongColumnCount") == true)
      #expect(recorded.shell.database.statistics.nodeCount == 2)
    }
  }

  @Test func conversion() throws {
    try withFolder(["a.gram": "(a:A {on: date`2021-01-14`})", "bad.edges": "1 2\n3\n"]) { folder in
      func convert(
        _ inputs: [String], _ output: String, _ format: GraphFileFormat? = nil,
        keepsGoing: Bool = false
      ) -> (status: DossierShell.ExitStatus, output: String, messages: String) {
        var conversion = Convert(inputs: inputs.map { folder + "/" + $0 }, output: output)
        conversion.outputFormat = format
        conversion.keepsGoing = keepsGoing
        let (results, messages) = (MemoryOutput(), MemoryOutput())
        let status = conversion.run(results: results, messages: messages)
        return (status, results.text, messages.text)
      }
      let first = convert(["a.gram"], "-", .cypher)
      #expect(first.status == .success)
      #expect(first.output.contains("date('2021-01-14')"))
      let second = convert(["a.gram"], folder + "/a.jsonl")
      #expect(second.status == .success && second.messages.isEmpty)
      #expect(convert(["a.jsonl"], folder + "/a.jsonl").status == .success)
      #expect(convert(["a.gram"], folder + "/tables/").status == .success)
      #expect(access(folder + "/tables/A_nodes.csv", F_OK) == 0)
      #expect(convert(["a.gram"], "-").status == .wrongUsage)
      #expect(convert(["a.gram"], folder + "/x.unknown").status == .wrongUsage)
      #expect(convert(["none.gram"], folder + "/x.gram").status == .unreadableFile)
      #expect(convert(["a.gram"], folder + "/none/x.gram").status == .statementFailed)
      #expect(convert(["bad.edges"], folder + "/x.gram").status == .unreadableFile)
      #expect(access(folder + "/x.gram", F_OK) != 0)
      let kept = convert(["bad.edges"], folder + "/x.gram", keepsGoing: true)
      #expect(kept.status == .statementFailed)
      #expect(access(folder + "/x.gram", F_OK) == 0)
    }
  }

  @Test func parameterFiles() throws {
    try withFolder([
      "p.json": #"{"x": [1, "a"], "d": {"$type": "Date", "_value": "2021-01-14"}}"#,
      "broken.json": "{\n\"x\": }", "list.json": "[1]",
      "date.json": #"{"d": {"$type": "Date", "_value": "2021-99-99"}}"#,
    ]) { folder in
      let recorded = RecordedShell()
      try recorded.shell.setParameters(ofFile: folder + "/p.json")
      recorded.run("RETURN $x AS x, $d AS d;")
      #expect(recorded.results.text.contains("2021-01-14"))
      do throws(QueryError) {
        try recorded.shell.setParameters(ofFile: folder + "/broken.json")
        Issue.record("reads what is no JSON")
      } catch {
        #expect(error.diagnostics.first?.position?.line == 2)
        #expect(error.diagnostics.first?.position?.column == 6)
      }
      for name in ["list", "date", "none"] {
        #expect(throws: QueryError.self) {
          try recorded.shell.setParameters(ofFile: "\(folder)/\(name).json")
        }
      }
    }
  }

  @Test func startupFile() throws {
    try withFolder(["rc": ":param x => 5\nRETRUN 1;\n:format csv\n"]) { folder in
      let recorded = RecordedShell()
      recorded.shell.runStartupFile(folder + "/rc")
      recorded.shell.runStartupFile(folder + "/none")
      recorded.run("RETURN $x AS x;")
      #expect(recorded.results.text == "x\n5\n" || recorded.results.text == "x\r\n5\r\n")
      #expect(recorded.messages.text.contains("\(folder)/rc:2:1"))
    }
  }

  @Test func compressedScripts() throws {
    try withFolder([:]) { folder in
      // `RETURN 1 AS x;` in a stored block.
      let text = Array("RETURN 1 AS x;".utf8)
      let count = UInt8(text.count)
      let bytes: [UInt8] =
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, count, 0, ~count, 0xFF] + text
        + [0, 0, 0, 0, count, 0, 0, 0]
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/x.cypher.gz"))
      let recorded = RecordedShell()
      recorded.run(":source \(folder)/x.cypher.gz")
      #expect(recorded.messages.text.contains("x.cypher.gz"))
      #expect(recorded.messages.text.contains("its checksum is wrong"))
    }
  }

  @Test func progressIsShownLateAndErased() {
    let output = MemoryOutput()
    let line = ProgressLine(output: output, delay: 0.05, interval: 0.01, width: { 10 })
    defer { line.close() }
    let short = { @Sendable in "short" }
    let long = { @Sendable in "a text that is too long" }
    line.watch(short) {}
    #expect(output.text == "")
    line.watch(long) { _ = usleep(200_000) }
    #expect(output.text.hasPrefix("\ra text th\u{1B}[K\ra text th"))
    #expect(output.text.hasSuffix("\r\u{1B}[K"))
    let shown = output.text
    line.watch(short) {}
    usleep(100_000)
    #expect(output.text == shown)
  }

  @Test func progressTexts() {
    #expect(ProgressText.text(rows: 12_000, seconds: 3.7) == "running: 12,000 rows, 3 s")
    #expect(ProgressText.text(rows: 0, seconds: 200) == "running: 3 min 20 s")
    #expect(ProgressText.text(LoadProgress()) == "opening files")
  }
}
