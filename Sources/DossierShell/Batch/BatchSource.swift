import Synchronization

/// Something that a batch runs, in the order of the command line.
public struct BatchSource: Sendable {
  /// Where the statements come from.
  public enum Origin: Sendable, Equatable {
    /// `-c`: the text itself.
    case text(String)
    /// `-f`: a script; `-` is standard input.
    case file(String)
    case standardInput
  }

  public var origin: Origin
  /// Grows with each source that is made; options of different names are put in order by it.
  public let sequenceNumber: Int

  private static let counter = Atomic<Int>(0)

  public init(_ origin: Origin) {
    self.origin = origin == .file("-") ? .standardInput : origin
    sequenceNumber = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// What error messages call the source; nil for the text of `-c`.
  var fileName: String? {
    switch origin {
    case .text: nil
    case .file(let path): path
    case .standardInput: "<stdin>"
    }
  }
}
