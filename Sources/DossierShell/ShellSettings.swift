import Dossier
import DossierFormats
import Glibc

/// What options and commands set.
public struct ShellSettings {
  public var format = OutputFormat.table
  /// Where results are read, and how much of them is shown.
  public var rendering = RenderingOptions()
  /// Limits of each statement.
  public var limits = SessionLimits()
  /// Which files `LOAD CSV` may read.
  public var fileAccess = FileAccess.none
  /// Row counts and changes are reported behind each statement.
  public var showsSummaries = false
  /// The time of each statement is reported.
  public var showsTimes = false
  /// Statements are written to the messages before they run.
  public var echoes = false
  /// Messages may use colours.
  public var messageColors = false
  /// Long results are shown by a pager.
  public var usesPager = false

  /// The format of graph files; nil where names and contents tell it.
  public var inputFormat: GraphFileFormat?
  /// Loads tell bad records, leave them out and go on.
  public var leavesOutBadRecords = false

  public init() {}

  /// Settings for the standard outputs: boxes, colours and row limits where a person reads results.
  public static func forStandardOutputs() -> ShellSettings {
    var settings = ShellSettings()
    settings.messageColors = Terminal.hasColors(STDERR_FILENO)
    settings.rendering.hasColors = Terminal.hasColors(STDOUT_FILENO)
    if Terminal.isTerminal(STDOUT_FILENO) {
      settings.format = .box
      settings.rendering.isTerminal = true
      settings.rendering.fitsTerminal = true
      settings.rendering.rowLimit = 1000
    }
    return settings
  }
}
