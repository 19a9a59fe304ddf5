/// Reads lines from a person: GNU readline, a plain reader, or a script of lines in tests.
public protocol LineEditor: AnyObject {
  /// Shows a prompt and reads a line.
  func readLine(prompt: String) -> LineInput
  /// Adds an entry to the history.
  func remember(_ entry: String)
  /// The entries of the history, oldest first.
  var history: [String] { get }
}

/// What a person entered.
public enum LineInput: Equatable, Sendable {
  /// A line, without its line feed; a pasted text may have several lines.
  case line(String)
  /// Ctrl-C on an empty line.
  case interrupted
  /// Ctrl-C on a line that had some text already.
  case abandoned
  /// Ctrl-D, or the end of the input.
  case end
}

/// Reads lines of a file descriptor without any editing.
public final class PlainLineEditor: LineEditor {
  private let descriptor: Int32
  private let prompts: any ByteOutput
  private var pending: [UInt8] = []
  public private(set) var history: [String] = []

  /// An editor that writes its prompts to `prompts`.
  public init(descriptor: Int32, prompts: any ByteOutput) {
    self.descriptor = descriptor
    self.prompts = prompts
  }

  public func readLine(prompt: String) -> LineInput {
    do throws(OutputClosed) { try prompts.write(prompt) } catch { return .end }
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeFirst(end + 1)
        return .line(line)
      }
      guard let count = FileText.read(descriptor, appendingTo: &pending), count > 0 else {
        defer { pending.removeAll() }
        return pending.isEmpty ? .end : .line(String(decoding: pending, as: UTF8.self))
      }
    }
  }

  public func remember(_ entry: String) {
    history.append(entry)
  }
}
