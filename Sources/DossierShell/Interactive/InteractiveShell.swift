import Dossier
import DossierSyntax

/// The conversation with a person: reads lines, joins them to statements, runs them.
///
/// It adds only editing, history and prompts to what a batch does. Lines are read on the calling
/// thread; statements run on the statement thread.
public final class InteractiveShell {
  private let shell: Shell
  private let editor: any LineEditor
  private let thread: StatementThread
  /// Gets a byte for each Ctrl-C.
  private let interrupts: Int32?
  /// Lines of the statement that is being entered.
  private var pending = ""
  private var lastStatement = ""
  private var interruptsInARow = 0

  public init(
    shell: Shell, editor: any LineEditor, thread: StatementThread, interrupts: Int32?
  ) {
    self.shell = shell
    self.editor = editor
    self.thread = thread
    self.interrupts = interrupts
    shell.isConversing = true
  }

  /// Converses until the person leaves.
  public func run() -> ExitStatus {
    while true {
      shell.completions.update(
        parameters: shell.parameters.entries.map(\.name), earlierLines: pending)
      switch editor.readLine(prompt: Prompt.text(pending)) {
      case .end:
        shell.report("\n")
        return .success
      case .interrupted: interrupt()
      case .abandoned:
        interruptsInARow = -1
        interrupt()
      case .line(let line):
        interruptsInARow = 0
        if accept(line) == .quit { return .success }
      }
    }
  }

  private func interrupt() {
    interruptsInARow = pending.isEmpty ? interruptsInARow + 1 : 0
    if !pending.isEmpty { editor.remember(Self.entry(pending)) }
    pending = ""
    if interruptsInARow > 0, interruptsInARow.isMultiple(of: 2) {
      shell.report("`:exit` or Ctrl-D leaves\n")
    }
  }

  /// Takes a line: a command, or a part of statements.
  private func accept(_ line: String) -> Shell.Ending {
    if pending.isEmpty {
      if isBlank(line) { return .success }
      if let command = Self.bareCommand(line) {
        editor.remember(line)
        return perform { shell in shell.run(command: ":" + command.name) }
      }
    }
    pending += pending.isEmpty ? line : "\n" + line
    return runWholeItems()
  }

  /// Runs what is whole of the entered text and keeps the rest.
  private func runWholeItems() -> Shell.Ending {
    let text = SourceText(pending)
    var cursor = ScriptCursor(text)
    var items: [ScriptItem] = []
    var end = 0
    while let item = cursor.next() {
      guard item.isTerminated || item.kind == .command else { break }
      items.append(item)
      end = cursor.offset
    }
    if items.isEmpty {
      if Parser.isComplete(text) == .empty { pending = "" }
      return .success
    }
    editor.remember(Self.entry(text.string(in: SourceRange(start: 0, end: end))))
    let rest = text.string(in: SourceRange(start: end, end: text.bytes.count))
    pending = isBlank(rest) ? "" : rest
    for item in items {
      if item.kind == .statement { lastStatement = text.string(in: item.range) }
      let ending = perform { shell in shell.run(item, of: text, named: nil) }
      if ending != .success { return ending }
    }
    return .success
  }

  /// Runs work on the statement thread; Ctrl-C cancels it.
  private func perform(_ work: (Shell) -> Shell.Ending) -> Shell.Ending {
    var ending = Shell.Ending.success
    let shell = shell
    shell.resetCancellation()
    thread.perform(
      interrupts: interrupts, interrupted: { Self.cancel(shell) }, { ending = work(shell) })
    if case .request(let request) = ending { return serve(request) }
    return ending
  }

  /// Cancels the running statement, on a new line behind the `^C` that the terminal shows.
  private static func cancel(_ shell: Shell) {
    shell.report("\n")
    shell.cancel()
  }

  private func serve(_ request: InteractiveRequest) -> Shell.Ending {
    switch request {
    case .clearScreen: shell.report("\u{1B}[H\u{1B}[2J")
    case .showHistory:
      for entry in editor.history { shell.report(TextEscaping.visibleLines(entry) + "\n") }
    case .edit: return edit()
    }
    return .success
  }

  private func edit() -> Shell.Ending {
    guard let text = ExternalEditor.edit(lastStatement, report: shell.report), !isBlank(text) else {
      return .success
    }
    shell.report(TextEscaping.visibleLines(text) + "\n")
    return accept(text.hasSuffix(";") ? text : text + ";")
  }

  // MARK: - Texts

  private func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
  }

  /// What the history keeps of an entered text.
  private static func entry(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  /// `exit`, `help` and the like are understood without a colon and a semicolon on a line alone.
  private static func bareCommand(_ line: String) -> ShellCommand? {
    let text = SourceText(CommandLine(line).text)
    return ShellCommand.meant(by: text, in: text.range)
  }
}
