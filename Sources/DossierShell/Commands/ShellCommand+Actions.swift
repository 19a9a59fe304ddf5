import Dossier
import DossierFormats
import DossierSyntax
import Glibc

/// Actions of commands that read files, run statements or show the graph.
extension ShellCommand {
  static let loadAction: Action = { (shell, argument) throws(Failure) in
    let files = try FileArguments(argument)
    guard !files.paths.isEmpty else { throw .message("takes a file", help: ":load FILE…") }
    return shell.load(files.paths, format: files.format)
  }

  static let saveAction: Action = { (shell, argument) throws(Failure) in
    let files = try FileArguments(argument)
    guard files.paths.count == 1, let path = files.paths.first else {
      throw .message("takes one file", help: ":save FILE")
    }
    do throws(QueryError) {
      let saved = try GraphFile.save(shell.database.view, to: path, format: files.format)
      for warning in saved.warnings { shell.report("warning: \(TextEscaping.visible(warning))\n") }
      let nodes = CountText.text(saved.nodes, "node")
      let relationships = CountText.text(saved.relationships, "relationship")
      shell.report("saved \(nodes), \(relationships)\n")
    } catch {
      throw .query(error)
    }
    return .success
  }

  static let sourceAction: Action = { (shell, argument) throws(Failure) in
    guard !argument.isEmpty else { throw .message("takes a file", help: ":source FILE") }
    guard shell.sourceDepth < 16 else { throw .message("is called by its own scripts too often") }
    shell.sourceDepth += 1
    defer { shell.sourceDepth -= 1 }
    var batch = BatchRunner(shell: shell)
    batch.run([BatchSource(.file(expanded(argument)))])
    throw .reported(batch.ending)
  }

  /// Sends results to a file, or back to where they went.
  static func redirect(
    _ shell: Shell, _ argument: String, isOnce: Bool
  ) throws(Failure) -> Shell.Ending {
    if argument.isEmpty || argument == "stdout" {
      guard !isOnce else { throw .message("takes a file", help: ":once FILE") }
      shell.redirection = nil
      return .success
    }
    guard let redirection = OutputRedirection(path: expanded(argument), isOnce: isOnce) else {
      throw .message("cannot write `\(shown(argument))`: \(String(cString: strerror(errno)))")
    }
    shell.redirection = redirection
    return .success
  }

  /// A file name without quotes around it, `~` replaced by the home folder.
  static func expanded(_ argument: String) -> String {
    var path = argument[...]
    if path.count >= 2, let quote = path.first, quote == "'" || quote == "\"", path.last == quote {
      path = path.dropFirst().dropLast()
    }
    if path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") {
      return String(cString: home) + path.dropFirst()
    }
    return String(path)
  }

  /// Runs a statement behind `EXPLAIN` or `PROFILE`.
  static func runPrefixed(
    _ keyword: String, _ shell: Shell, _ argument: String
  ) throws(Failure) -> Shell.Ending {
    guard !argument.isEmpty else { throw .message("takes a statement") }
    let text = SourceText("\(keyword) \(argument)")
    return shell.run(text.range, of: text, named: nil)
  }

  static let beginAction: Action = { (shell, _) throws(Failure) in
    do throws(QueryError) { try shell.session.begin() } catch { throw .query(error) }
    return .success
  }

  static let commitAction: Action = { (shell, _) throws(Failure) in
    do throws(QueryError) { try shell.session.commit() } catch { throw .query(error) }
    return .success
  }

  static let rollbackAction: Action = { (shell, _) throws(Failure) in
    do throws(QueryError) { try shell.session.rollback() } catch { throw .query(error) }
    return .success
  }

  /// `:commits`, `:commits 5`.
  static let commitsAction: Action = { (shell, argument) throws(Failure) in
    let number = argument.isEmpty ? 20 : Int(argument)
    guard let number, number > 0 else { throw .message("takes a number of commits") }
    let text = SourceText(
      "CALL dossier.commits() YIELD commit, time, nodesCreated, nodesDeleted, "
        + "relationshipsCreated, relationshipsDeleted, propertiesSet, labelsAdded, labelsRemoved "
        + "RETURN * ORDER BY commit DESC LIMIT \(number)")
    return shell.run(text.range, of: text, named: nil)
  }

  static let viewAction: Action = { (shell, argument) throws(Failure) in
    var elements = ElementCollection()
    if let rows = shell.lastResult?.rows {
      for row in rows { for value in row { elements.add(value) } }
    }
    guard !elements.nodes.isEmpty || !elements.relationships.isEmpty else {
      throw .message(
        "has nothing to draw", help: "return nodes, relationships or paths first: RETURN p")
    }
    let drawing = GraphDrawing(elements)
    let path = argument.isEmpty ? "/tmp/dossier-\(getpid()).html" : expanded(argument)
    guard let file = OutputRedirection(path: path, isOnce: true) else {
      throw .message("cannot write `\(shown(path))`: \(String(cString: strerror(errno)))")
    }
    do throws(OutputClosed) {
      try file.output.write(path.hasSuffix(".svg") ? drawing.svg() : drawing.html())
    } catch {
      throw .message(
        "cannot write `\(shown(path))`: \(String(cString: strerror(error.errorNumber)))")
    }
    shell.report("drawn in \(TextEscaping.visible(path))\n")
    if argument.isEmpty, shell.isConversing, Terminal.hasDesktop { Terminal.openOnDesktop(path) }
    return .success
  }

  // MARK: - The graph

  static let schemaAction: Action = { (shell, _) throws(Failure) in
    try write(SchemaText.text(shell.database.statistics), shell)
  }

  static let statsAction: Action = { (shell, _) throws(Failure) in
    let statistics = shell.database.statistics
    let statements =
      statistics.statementCount > 0
      ? ", \(statistics.statementCount) of them about relationships" : ""
    let text = [
      CountText.text(statistics.nodeCount, "node"),
      CountText.text(statistics.relationshipCount, "relationship") + statements,
      CountText.text(statistics.labels.count, "label"),
      CountText.text(statistics.relationshipTypes.count, "relationship type"),
      CountText.text(statistics.propertyKeys.count, "property key"),
    ]
    return try write(text.joined(separator: "\n") + "\n", shell)
  }

  /// Writes what was asked for where results go.
  static func write(_ text: String, _ shell: Shell) throws(Failure) -> Shell.Ending {
    do throws(OutputClosed) {
      try (shell.redirection?.output ?? shell.results).write(text)
    } catch {
      throw .output(error)
    }
    return .success
  }
}
