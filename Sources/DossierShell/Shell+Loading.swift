import DossierFormats
import DossierSyntax

/// Graph files in a shell.
extension Shell {
  /// Bad records of a file that are told one by one; more are only counted.
  static let toldBadRecords = 100

  /// Loads a graph file into the graph, all or nothing, and reports the error or, in the
  /// interactive shell, what was loaded.
  @discardableResult
  public func load(_ path: String) -> Ending { load([path]) }

  /// Loads graph files one after the other; the tables among them are read together. The format of the
  /// settings holds for all of them, unless another is given. Where the settings say so, bad records
  /// are told and left out; the ending is `failure` when there were any.
  @discardableResult
  public func load(_ paths: [String], format: GraphFileFormat? = nil) -> Ending {
    let progress = LoadProgress()
    let options = LoadOptions(
      format: format ?? settings.inputFormat, keepsGoing: settings.leavesOutBadRecords,
      progress: progress)
    do throws(QueryError) {
      let reports = try read(paths, options, progress)
      var ending = Ending.success
      for loaded in reports {
        report(warningsOf: loaded)
        if loaded.badRecordCount > 0 { ending = .failure }
        if settings.showsSummaries { report(Self.text(of: loaded)) }
      }
      return ending
    } catch {
      reportError(error, in: nil, named: error.diagnostics.first?.file ?? paths.first)
      return .unreadableFile
    }
  }

  /// Loads files and shows meanwhile how far it is.
  private func read(
    _ paths: [String], _ options: LoadOptions, _ progress: LoadProgress
  ) throws(QueryError) -> [LoadReport] {
    let database = database
    guard let line = self.progress else {
      return try GraphFile.load(paths: paths, into: database, options: options)
    }
    let text = { @Sendable in ProgressText.text(progress) }
    return try line.watch(text) { () throws(QueryError) in
      try GraphFile.load(paths: paths, into: database, options: options)
    }
  }

  /// Warnings, and one line for each bad record: `people.csv:7:3: error: message [22N10]`.
  private func report(warningsOf loaded: LoadReport) {
    let path = TextEscaping.visible(loaded.path)
    for warning in loaded.warnings {
      report("warning: \(path): \(TextEscaping.visible(warning))\n")
    }
    guard loaded.badRecordCount > 0 else { return }
    for error in loaded.badRecords.prefix(Self.toldBadRecords) {
      report(DiagnosticLine.text(error, named: loaded.path))
    }
    let untold = loaded.badRecordCount - min(loaded.badRecords.count, Self.toldBadRecords)
    if untold > 0 { report("\(path): and \(CountText.grouped(untold)) more\n") }
    let kinds = loaded.badRecordCounts.map { kind in
      "\(CountText.grouped(kind.count)) \(kind.code.detail) [\(kind.code.status)]"
    }
    let count = CountText.text(loaded.badRecordCount, "bad record")
    report("\(path): \(count) left out: \(kinds.joined(separator: ", "))\n")
  }

  /// `loaded xiaomi.gram: 24 nodes, 43 relationships, 3 nodes joined`.
  private static func text(of loaded: LoadReport) -> String {
    var parts = [
      CountText.text(loaded.nodesCreated, "node"),
      CountText.text(loaded.relationshipsCreated, "relationship"),
    ]
    if loaded.nodesJoined > 0 {
      parts.append("\(CountText.text(loaded.nodesJoined, "node")) joined by `id`")
    }
    return "loaded \(TextEscaping.visible(loaded.path)): \(parts.joined(separator: ", "))\n"
  }
}
