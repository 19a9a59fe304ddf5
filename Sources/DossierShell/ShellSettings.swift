import Dossier

/// What options and commands set.
public struct ShellSettings {
  public var format = OutputFormat.table
  /// Where results are read, and how much of them is shown.
  public var rendering = RenderingOptions()
  /// Limits of each statement.
  public var limits = SessionLimits()
  /// Row counts and changes are reported behind each statement.
  public var showsSummaries = false
  /// The time of each statement is reported.
  public var showsTimes = false
  /// Statements are written to the messages before they run.
  public var echoes = false
  /// Messages may use colours.
  public var messageColors = false

  public init() {}
}
