import Dossier
import DossierFormats
import DossierSyntax
import Glibc

/// `dossier convert IN… OUT`: reads graph files and writes their graph to one file.
public struct Convert {
  public var inputs: [String]
  /// `-` is standard output.
  public var output: String
  /// The formats; nil where names and contents tell them.
  public var inputFormat: GraphFileFormat?
  public var outputFormat: GraphFileFormat?
  /// Bad records are told and left out.
  public var keepsGoing = false
  public var isQuiet = false

  public init(inputs: [String], output: String) {
    self.inputs = inputs
    self.output = output
  }

  /// Converts on a statement thread: `statementFailed` when records were left out, `wrongUsage` when the
  /// output has no format that is written, `unreadableFile` when an input can't be read,
  /// `statementFailed` when the output can't be written.
  public func run() -> ExitStatus {
    var status = ExitStatus.success
    let progress = isQuiet ? nil : ProgressLine.forStandardError()
    StatementThread().perform {
      status = run(
        results: FileOutput(descriptor: STDOUT_FILENO),
        messages: FileOutput(descriptor: STDERR_FILENO), progress)
    }
    progress?.close()
    return status
  }

  func run(
    results: any ByteOutput, messages: any ByteOutput, _ progress: ProgressLine? = nil
  ) -> ExitStatus {
    var settings = ShellSettings()
    settings.inputFormat = inputFormat
    settings.leavesOutBadRecords = keepsGoing
    settings.messageColors = Terminal.hasColors(STDERR_FILENO)
    let shell = Shell(
      database: Database(), settings: settings, results: results, messages: messages)
    shell.progress = progress
    guard let format = outputFormat ?? GraphFileFormat(outputName: output), format.isWritable
    else {
      shell.report("error: \(unknownFormat)\n")
      return .wrongUsage
    }
    let ending = shell.load(inputs)
    if ending == .unreadableFile { return .unreadableFile }
    do throws(QueryError) {
      let saved = try save(shell, format)
      for warning in saved.warnings { shell.report("warning: \(TextEscaping.visible(warning))\n") }
    } catch {
      shell.reportError(error, in: nil, named: error.diagnostics.first?.file ?? output)
      return .statementFailed
    }
    return ending == .success ? .success : .statementFailed
  }

  private var unknownFormat: String {
    let written = GraphFileFormat.allCases.filter(\.isWritable).map(\.rawValue)
    let name = TextEscaping.visible(output)
    let reason =
      outputFormat.map { "graphs can't be written in the format \($0.rawValue)" }
      ?? (output == "-"
        ? "standard output needs --format-out"
        : "the name `\(name)` tells no format that is written")
    return "\(reason); formats are \(written.joined(separator: ", "))"
  }

  private func save(_ shell: Shell, _ format: GraphFileFormat) throws(QueryError) -> SaveReport {
    let view = shell.database.view
    guard output == "-" else { return try GraphFile.save(view, to: output, format: format) }
    let (bytes, report) = try GraphFile.bytes(of: view, format: format)
    var failure: OutputClosed?
    bytes.withUnsafeBytes { raw in
      do throws(OutputClosed) { try shell.results.write(raw) } catch { failure = error }
    }
    if let failure, !failure.isBrokenPipe {
      let reason = String(cString: strerror(failure.errorNumber))
      throw QueryError(.fileUnwritable, "can't write standard output: \(reason)")
    }
    return report
  }
}
