import DossierSyntax
import Glibc

/// Runs sources one after the other: statements, commands, scripts, standard input.
public struct BatchRunner {
  private let shell: Shell
  /// Goes on behind statements that fail.
  private let keepsGoing: Bool
  /// Runs everything in one transaction; a failure undoes all of it.
  private let isTransaction: Bool
  private let start = MonotonicClock.now()
  /// Statements and commands that ran, and those that failed.
  public private(set) var statementCount = 0
  public private(set) var failureCount = 0
  /// How it went so far; the first failure counts.
  public private(set) var ending = Shell.Ending.success
  /// Something happened that ends the batch.
  private var isOver = false

  public init(shell: Shell, keepsGoing: Bool = false, isTransaction: Bool = false) {
    self.shell = shell
    self.keepsGoing = keepsGoing
    self.isTransaction = isTransaction
  }

  /// Runs sources in order, up to the first failure unless the runner keeps going.
  public mutating func run(_ sources: [BatchSource]) {
    do throws(QueryError) {
      if isTransaction { try shell.session.begin() }
      for source in sources where !isOver { run(source) }
      if isTransaction, shell.session.isInTransaction {
        if failureCount == 0, ending != .cancelled {
          try shell.session.commit()
        } else {
          try shell.session.rollback()
        }
      }
    } catch {
      shell.reportError(error, in: nil, named: nil)
      note(.failure)
    }
    if keepsGoing, failureCount > 0 {
      let failures = CountText.grouped(failureCount)
      shell.report("\(failures) of \(CountText.text(statementCount, "statement")) failed\n")
    }
  }

  /// Reports how many statements ran and failed, and in what time.
  public func reportSummary() {
    let statements = CountText.text(statementCount, "statement")
    let failures = CountText.text(failureCount, "failure")
    let time = DurationText.text(MonotonicClock.seconds(since: start))
    shell.report("\(statements), \(failures), \(time)\n")
  }

  /// What the process tells its caller. `quit` and a closed output are no failures.
  public var exitStatus: ExitStatus {
    switch ending {
    case .success, .quit, .outputClosed, .request: .success
    case .failure: .statementFailed
    case .unreadableFile: .unreadableFile
    case .cancelled: .interrupted
    }
  }

  private mutating func run(_ source: BatchSource) {
    do throws(QueryError) {
      switch source.origin {
      case .text(let text): run(SourceText(text), nil)
      case .file(let path):
        run(try SourceText(validating: FileText.bytes(ofFile: path)), source.fileName)
      case .standardInput:
        let shell = shell
        var reader = StreamReader(descriptor: STDIN_FILENO)
        while !isOver, let block = try reader.next(isCancelled: { shell.isCancelled }) {
          run(block.text, source.fileName, firstLine: block.firstLine)
        }
        if shell.isCancelled { note(.cancelled) }
      }
    } catch {
      shell.reportError(error, in: nil, named: source.fileName)
      note(.unreadableFile)
    }
  }

  /// Runs a text that is there already.
  mutating func run(_ text: SourceText, named fileName: String?) {
    run(text, fileName)
  }

  private mutating func run(_ text: SourceText, _ fileName: String?, firstLine: Int = 1) {
    var cursor = ScriptCursor(text, isWholeFile: firstLine == 1)
    while !isOver, let item = cursor.next() {
      statementCount += 1
      note(shell.run(item, of: text, named: fileName, firstLine: firstLine))
      if shell.isCancelled { note(.cancelled) }
    }
  }

  /// Takes notice of how an item ended.
  private mutating func note(_ end: Shell.Ending) {
    switch end {
    case .success, .request: return
    case .quit, .outputClosed, .cancelled:
      if end == .cancelled || ending == .success { ending = end }
      isOver = true
    case .failure, .unreadableFile:
      failureCount += 1
      if ending == .success { ending = end }
      isOver = !keepsGoing
    }
  }
}

extension Shell {
  /// Runs a piece of a script.
  func run(
    _ item: ScriptItem, of text: SourceText, named fileName: String?, firstLine: Int = 1
  ) -> Ending {
    switch item.kind {
    case .statement:
      if let command = ShellCommand.meant(by: text, in: item.range) {
        let line = text.position(of: item.range.start).line + firstLine - 1
        return run(command: ":" + command.name, named: fileName, line: line)
      }
      return run(item.range, of: text, named: fileName, line: firstLine)
    case .command:
      let line = text.position(of: item.range.start).line + firstLine - 1
      return run(command: text.string(in: item.range), named: fileName, line: line)
    }
  }
}
