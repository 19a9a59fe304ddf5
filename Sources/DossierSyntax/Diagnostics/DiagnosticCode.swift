/// An entry of the error table: a GQLSTATUS code, openCypher's classification and a title.
///
/// Users match on the named constants in `DiagnosticCode+Table.swift`, never on text.
public struct DiagnosticCode: Hashable, Sendable {
  /// openCypher's error type, for example `SyntaxError`.
  public var type: String
  /// When the error is found.
  public var phase: Phase
  /// openCypher's detail, for example `UndefinedVariable`.
  public var detail: String
  /// Five characters: class and subclass as in ISO/IEC 39075, section 23.
  public var status: String

  /// When an error is found: before a statement runs or while it runs.
  public enum Phase: String, Sendable {
    case compileTime = "compile time"
    case runtime
  }

  public init(_ type: String, _ phase: Phase, _ detail: String, status: String) {
    self.type = type
    self.phase = phase
    self.detail = detail
    self.status = status
  }
}
