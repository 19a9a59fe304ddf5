import Dossier
import DossierFormats
import DossierSyntax
import Glibc

/// `dossier check`: finds errors in scripts and graph files without running a statement.
///
/// Errors are written as compilers write them, `file:line:column: error: message`, which editors
/// understand.
public struct FileCheck {
  private let results: any ByteOutput
  private var failureCount = 0

  public init(results: any ByteOutput) {
    self.results = results
  }

  /// Checks files on a statement thread and writes the errors to standard output.
  public static func run(paths: [String]) -> ExitStatus {
    var status = ExitStatus.success
    StatementThread().perform {
      var check = FileCheck(results: FileOutput(descriptor: STDOUT_FILENO))
      status = check.check(paths)
    }
    return status
  }

  /// Checks files; scripts are told by their ending, everything else is a graph file.
  mutating func check(_ paths: [String]) -> ExitStatus {
    var isUnreadable = false
    for path in paths {
      do throws(QueryError) {
        if GraphFileFormat(fileName: path) == .cypher {
          try checkScript(path)
        } else {
          let loaded = try GraphFile.load(
            path: path, into: Database(), options: LoadOptions(keepsGoing: true))
          for error in loaded.badRecords { report(error, in: path) }
        }
      } catch {
        report(error, in: path)
        if error.code == .fileUnreadable { isUnreadable = true }
      }
    }
    if isUnreadable { return .unreadableFile }
    return failureCount == 0 ? .success : .statementFailed
  }

  /// Parses and binds each statement of a script.
  private mutating func checkScript(_ path: String) throws(QueryError) {
    let text = try SourceText(validating: FileText.bytes(ofFile: path))
    let session = Database().session()
    var cursor = ScriptCursor(text)
    while let item = cursor.next() {
      switch item.kind {
      case .statement:
        do throws(QueryError) {
          _ = try session.prepare(text.string(in: item.range))
        } catch {
          report(error.moved(to: item.range, in: text, firstLine: 1), in: path)
        }
      case .command:
        let word = CommandLine(text.string(in: item.range)).word
        guard ShellCommand.named(word) == nil else { continue }
        let message = "there is no command `\(word)`"
        report(QueryError(.unexpectedSyntax, message, at: item.range), in: path, text)
      }
    }
  }

  private mutating func report(_ error: QueryError, in path: String, _ text: SourceText? = nil) {
    failureCount += 1
    let located = text?.locating(error) ?? error
    do throws(OutputClosed) {
      try results.write(DiagnosticLine.text(located, named: path))
    } catch {}
  }
}
