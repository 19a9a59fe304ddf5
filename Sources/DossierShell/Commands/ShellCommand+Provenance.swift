import Dossier
import DossierSyntax

/// Commands on provenance.
extension ShellCommand {
  /// `:trust asserted`, `:trust off`.
  static let trustAction: Action = { (shell, argument) throws(Failure) in
    if !argument.isEmpty {
      let mode = argument.lowercased()
      do throws(QueryError) {
        try shell.session.restrictTrust(to: ["off", "none", "all"].contains(mode) ? nil : mode)
      } catch {
        throw .query(error, text: SourceText(argument))
      }
    }
    shell.report(
      shell.session.trust.map { "statements see what is \($0) or stronger\n" }
        ?? "statements see all claims\n")
    return .success
  }

  /// `:sources stated-in`.
  static let sourcesAction: Action = { (shell, argument) throws(Failure) in
    // One letter too many behind `:source` must not declare anything.
    guard !argument.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") })
    else {
      throw .message(
        "takes relationship types, and this looks like a file",
        help: "`:source` runs scripts; `CALL dossier.sources('…')` takes any type")
    }
    let types = argument.split(separator: " ").map { Value.string(String($0)) }
    do throws(QueryError) {
      if !types.isEmpty {
        _ = try shell.session.run(
          "CALL dossier.sources($types)", parameters: ["types": .list(types)])
      }
    } catch {
      throw .query(error, text: SourceText(argument))
    }
    let names = shell.database.view.sourceNames
    let listed = names.types.map { "`\($0)`" }.joined(separator: ", ")
    shell.report("\(listed) leads to sources; modes are in `\(names.mode)`\n")
    return .success
  }
}
