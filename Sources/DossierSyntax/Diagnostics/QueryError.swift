/// The error that every failing call of the library throws: one or more diagnostics, the first is the cause.
public struct QueryError: Error, Sendable, CustomStringConvertible {
  /// At least one diagnostic.
  public var diagnostics: [Diagnostic]

  public init(_ diagnostic: Diagnostic) {
    diagnostics = [diagnostic]
  }

  public init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange? = nil, label: String? = nil,
    help: String? = nil
  ) {
    diagnostics = [Diagnostic(code, message, at: range, label: label, help: help)]
  }

  /// The code of the first diagnostic; match on it: `catch let e where e.code == .undefinedVariable`.
  public var code: DiagnosticCode { diagnostics[0].code }

  public var description: String { "error[\(code.status)]: \(diagnostics[0].message)" }
}
