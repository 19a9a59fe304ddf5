import DossierSyntax

/// The errors of temporal functions; none of them shows the value that was given.
extension QueryError {
  /// A component, zone or text that no temporal value can have.
  static func invalidTemporal(_ message: String, help: String? = nil) -> QueryError {
    QueryError(.invalidArgumentValue, message, help: help)
  }

  /// A component outside of its range, for example a 13th month.
  static func temporalComponent(
    _ name: String, mustBeFrom low: Int64, to high: Int64
  ) -> QueryError {
    invalidTemporal("`\(name)` is out of range, expected a value from \(low) to \(high)")
  }

  /// A text that has none of the forms of its type.
  static func unreadableTemporal(_ type: String, example: String) -> QueryError {
    invalidTemporal("text is not a `\(type)`", help: "write it as in `\(example)`")
  }

  /// A result beyond the first or last year.
  static var temporalOutOfRange: QueryError {
    QueryError(
      .integerOverflowAtRuntime, "result is outside of the years -999999999 to 999999999")
  }

  /// A duration with a part that needs more than 64 bits.
  static var durationOverflow: QueryError {
    QueryError(.integerOverflowAtRuntime, "a part of the duration does not fit 64 bits")
  }
}
