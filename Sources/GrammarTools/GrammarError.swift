/// What is wrong with a grammar file.
public struct GrammarError: Error, Sendable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) {
    self.description = description
  }
}
