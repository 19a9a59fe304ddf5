import DossierSyntax

/// Errors as compilers write them, which editors understand.
enum DiagnosticLine {
  /// `file:line:column: error: message (help) [code]`, a line for each diagnostic; `path` is the file
  /// of those that name none.
  static func text(_ error: QueryError, named path: String) -> String {
    error.diagnostics.map { diagnostic in
      let place = diagnostic.position.map { ":\($0.line):\($0.column)" } ?? ""
      let help = diagnostic.help.map { " (\($0))" } ?? ""
      let message = TextEscaping.visible(diagnostic.message + help)
      let name = TextEscaping.visible(diagnostic.file ?? path)
      return "\(name)\(place): error: \(message) [\(diagnostic.code.status)]\n"
    }.joined()
  }
}
