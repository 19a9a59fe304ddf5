#if Readline
  import CReadline
  import DossierShell
  import Glibc
  import Synchronization

  /// The line editor of GNU readline, by its callback interface, which leaves Ctrl-C to us.
  ///
  /// Readline is one per process; so is its editor.
  final class ReadlineEditor: LineEditor {
    /// What readline's callbacks, which are plain C functions, exchange with the editor.
    private struct Exchange {
      var line: String?
      var isFinished = false
      var completions: CompletionSource?
    }
    private static let exchange = Mutex(Exchange())

    /// Entries that readline remembers.
    private static let historyLimit: Int32 = 10_000

    private let historyPath: String?

    /// An editor that reads the history file, and adds each entry to it.
    init(historyPath: String?, completions: CompletionSource) {
      self.historyPath = historyPath
      crl_initialize()
      Self.exchange.withLock { $0.completions = completions }
      crl_set_completion { text, start, end in ReadlineEditor.complete(text, start, end) }
      stifle_history(Self.historyLimit)
      if let historyPath { read_history(historyPath) }
    }

    func readLine(prompt: String) -> LineInput {
      Self.exchange.withLock {
        $0.line = nil
        $0.isFinished = false
      }
      rl_callback_handler_install(prompt) { line in ReadlineEditor.finish(line) }
      var requests = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: InterruptSignal.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      while !Self.exchange.withLock({ $0.isFinished }) {
        guard poll(&requests, 2, -1) > 0 else { continue }
        if requests[1].revents != 0 {
          InterruptSignal.drain()
          let isEmpty = crl_line().map { $0.pointee == 0 } ?? true
          crl_abandon_line()
          return isEmpty ? .interrupted : .abandoned
        }
        if requests[0].revents & Int16(POLLIN) != 0 {
          rl_callback_read_char()
        } else if requests[0].revents != 0 {
          // The terminal is gone: readline would wait for a key for ever.
          rl_callback_handler_remove()
          return .end
        }
      }
      guard let line = Self.exchange.withLock({ $0.line }) else { return .end }
      return .line(line)
    }

    /// Called by readline with a whole line, or nil at the end of the input.
    private static func finish(_ line: UnsafeMutablePointer<CChar>?) {
      rl_callback_handler_remove()
      exchange.withLock {
        $0.line = line.map { String(cString: $0) }
        $0.isFinished = true
      }
      free(line)
    }

    // MARK: - History

    func remember(_ entry: String) {
      let count = crl_history_length()
      if count > 0, String(cString: crl_history_entry(count - 1)) == entry { return }
      add_history(entry)
      if let historyPath {
        if append_history(1, historyPath) != 0 { write_history(historyPath) }
        chmod(historyPath, 0o600)
      }
    }

    var history: [String] {
      (0..<crl_history_length()).map { String(cString: crl_history_entry($0)) }
    }

    // MARK: - Completion

    /// Called by readline on Tab.
    private static func complete(
      _ text: UnsafePointer<CChar>?, _ start: Int32, _ end: Int32
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
      guard let text, let line = crl_line() else { return nil }
      let point = Int(crl_point())
      let before = String(
        decoding: UnsafeRawBufferPointer(start: line, count: min(point, strlen(line))),
        as: UTF8.self)
      let word = String(cString: text)
      let completions = exchange.withLock { $0.completions }
      let completion = completions?.complete(before, word: word) ?? .nothing
      crl_finish_completion(completion.offersFiles ? 1 : 0, completion.appendsBlank ? 1 : 0)
      return matches(completion, word)
    }

    /// The matches as readline takes them: first what all have in common, then each of them.
    private static func matches(
      _ completion: Completion, _ word: String
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
      guard !completion.candidates.isEmpty else { return nil }
      var texts = [completion.commonPrefix(of: word)]
      if completion.candidates.count > 1 { texts += completion.candidates }
      let list = crl_make_matches(Int32(texts.count))
      for (index, text) in texts.enumerated() { list?[index] = strdup(text) }
      return list
    }
  }
#endif
