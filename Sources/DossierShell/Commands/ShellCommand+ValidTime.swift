import Dossier
import DossierSyntax

/// Commands on valid time.
extension ShellCommand {
  /// `:as-of date('2021-03-01')`, `:as-of between '2020' and '2021'`, `:as-of off`.
  static let asOfAction: Action = { (shell, argument) throws(Failure) in
    if argument.isEmpty {
      shell.report(
        shell.validTime.map { "statements read \($0)\n" } ?? "statements read all of time\n")
      return .success
    }
    if ["off", "none", "all"].contains(argument.lowercased()) {
      try restrict(shell, to: nil, written: argument)
      return .success
    }
    let isWindow = argument.prefix(8).lowercased() == "between "
    try restrict(shell, to: isWindow ? argument : "AS OF " + argument, written: argument)
    return .success
  }

  private static func restrict(
    _ shell: Shell, to restriction: String?, written: String
  ) throws(Failure) {
    do throws(QueryError) {
      try shell.session.restrictValidTime(
        to: restriction, parameters: shell.parameters.dictionary)
    } catch {
      throw .query(error, text: SourceText(restriction ?? written))
    }
    shell.validTime = restriction
  }

  /// `:valid-time startDate endDate`.
  static let validTimeAction: Action = { (shell, argument) throws(Failure) in
    let names = argument.split(separator: " ").map(String.init)
    guard names.isEmpty || names.count == 2 else {
      throw .message(
        "takes two properties", help: "for example `:valid-time startDate endDate`")
    }
    do throws(QueryError) {
      if names.count == 2 {
        _ = try shell.session.run(
          "CALL dossier.validTime($from, $to)",
          parameters: ["from": .string(names[0]), "to": .string(names[1])])
      }
    } catch {
      throw .query(error, text: SourceText(argument))
    }
    let keys = shell.database.view.validTimeKeys
    shell.report("elements are valid from `\(keys.from)` to `\(keys.to)`\n")
    return .success
  }
}
