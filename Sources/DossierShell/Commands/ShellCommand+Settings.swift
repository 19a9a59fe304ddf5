import Dossier
import DossierSyntax

/// Actions of commands that show or change settings.
extension ShellCommand {
  static let formatAction: Action = { (shell, argument) throws(Failure) in
    if argument.isEmpty {
      shell.report("format is \(shell.settings.format.rawValue)\n")
      return .success
    }
    // psql writes `\pset format csv`.
    let argument = argument.hasPrefix("format ") ? String(argument.dropFirst(7)) : argument
    guard let format = OutputFormat(name: argument) else {
      let names = OutputFormat.allCases.map(\.rawValue)
      let near = EditDistance.nearest(to: argument, among: names).map { "did you mean `\($0)`? " }
      throw .message(
        "knows no format `\(shown(argument))`",
        help: (near ?? "") + "formats are \(names.joined(separator: ", "))")
    }
    shell.settings.format = format
    return .success
  }

  static let expandAction: Action = { (shell, _) throws(Failure) in
    let isLine = shell.settings.format == .line
    let usual: OutputFormat = shell.settings.rendering.isTerminal ? .box : .table
    shell.settings.format = isLine ? usual : .line
    shell.report("format is \(shell.settings.format.rawValue)\n")
    return .success
  }

  static let rowsAction: Action = { (shell, argument) throws(Failure) in
    shell.settings.rendering.rowLimit = try limit(
      argument, now: shell.settings.rendering.rowLimit, noun: "rows", shell)
    return .success
  }

  static let widthAction: Action = { (shell, argument) throws(Failure) in
    if argument.lowercased() == "auto" {
      shell.settings.rendering.fitsTerminal = true
      return .success
    }
    if argument.isEmpty, shell.settings.rendering.fitsTerminal {
      shell.report("boxes are as wide as the terminal\n")
      return .success
    }
    shell.settings.rendering.width = try limit(
      argument, now: shell.settings.rendering.width, noun: "columns", shell)
    shell.settings.rendering.fitsTerminal = false
    return .success
  }

  static let pagerAction: Action = { (shell, argument) throws(Failure) in
    shell.settings.usesPager = try toggled(shell.settings.usesPager, argument)
    shell.report("pager is \(shell.settings.usesPager ? Terminal.pager ?? "missing" : "off")\n")
    return .success
  }

  /// A new limit from an argument; without one the limit is shown and stays.
  private static func limit(
    _ argument: String, now: Int?, noun: String, _ shell: Shell
  ) throws(Failure) -> Int? {
    if argument.isEmpty {
      shell.report("\(now.map { "at most \($0)" } ?? "all") \(noun) are shown\n")
      return now
    }
    if ["all", "off", "0", "none"].contains(argument.lowercased()) { return nil }
    guard let number = Int(argument), number > 0 else {
      throw .message("takes a number of \(noun), or `all`")
    }
    return number
  }

  static let timerAction: Action = { (shell, argument) throws(Failure) in
    shell.settings.showsTimes = try toggled(shell.settings.showsTimes, argument)
    shell.report("timer is \(shell.settings.showsTimes ? "on" : "off")\n")
    return .success
  }

  static let echoAction: Action = { (shell, argument) throws(Failure) in
    shell.settings.echoes = try toggled(shell.settings.echoes, argument)
    shell.report("echo is \(shell.settings.echoes ? "on" : "off")\n")
    return .success
  }

  private static func toggled(_ now: Bool, _ argument: String) throws(Failure) -> Bool {
    switch argument.lowercased() {
    case "": return !now
    case "on", "true", "1", "yes": return true
    case "off", "false", "0", "no": return false
    default: throw .message("takes `on` or `off`")
    }
  }

  static let timeoutAction: Action = { (shell, argument) throws(Failure) in
    if argument.isEmpty {
      let now = shell.settings.limits.timeout.map { DurationText.text($0) } ?? "off"
      shell.report("time limit is \(now)\n")
      return .success
    }
    if argument.lowercased() == "off" {
      shell.settings.limits.timeout = nil
    } else if let seconds = LimitText.seconds(argument) {
      shell.settings.limits.timeout = seconds
    } else {
      throw .message("takes a number of seconds, or `off`")
    }
    shell.session.limits = shell.settings.limits
    return .success
  }

  static let memoryAction: Action = { (shell, argument) throws(Failure) in
    if argument.isEmpty {
      let now = shell.settings.limits.memoryBytes
      shell.report("memory limit is \(now == .max ? "off" : LimitText.text(bytes: now))\n")
      return .success
    }
    if argument.lowercased() == "off" {
      shell.settings.limits.memoryBytes = .max
    } else if let bytes = LimitText.bytes(argument) {
      shell.settings.limits.memoryBytes = bytes
    } else {
      throw .message("takes a size as 512M or 2G, or `off`")
    }
    shell.session.limits = shell.settings.limits
    return .success
  }

  static let parameterAction: Action = { (shell, argument) throws(Failure) in
    if ["", "list", "clear"].contains(argument) {
      return try parametersAction(shell, argument == "list" ? "" : argument)
    }
    guard let (name, expression) = parameterParts(argument) else {
      throw .message(
        "takes a name and an expression", help: "for example `:param name => 'Xiaomi'`")
    }
    do throws(QueryError) {
      try shell.setParameter(name, expression: expression)
    } catch {
      throw .query(error, text: SourceText(expression))
    }
    return .success
  }

  /// `name => expression`, `name: expression`, `name = expression` or `name expression`.
  private static func parameterParts(_ argument: String) -> (name: String, expression: String)? {
    var name = argument[...]
    if name.first == "$" { name.removeFirst() }
    let end = name.firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? name.endIndex
    var rest = name[end...].drop { $0 == " " || $0 == "\t" }
    name = name[..<end]
    for sign in ["=>", ":=", "=", ":"] where rest.hasPrefix(sign) {
      rest = rest.dropFirst(sign.count)
      break
    }
    rest = rest.drop { $0 == " " || $0 == "\t" }
    return name.isEmpty || rest.isEmpty ? nil : (String(name), String(rest))
  }

  static let parametersAction: Action = { (shell, argument) throws(Failure) in
    if argument.lowercased() == "clear" {
      shell.parameters.removeAll()
      return .success
    }
    guard argument.isEmpty else { throw .message("takes `clear` or nothing") }
    if shell.parameters.entries.isEmpty { shell.report("no parameters are set\n") }
    for (name, value) in shell.parameters.entries {
      var buffer = ByteBuffer()
      buffer.append("$")
      TextEscaping.appendVisible(name, to: &buffer)
      buffer.append(" => ")
      ValueText.appendNested(value, to: &buffer)
      shell.report(buffer.text + "\n")
    }
    return .success
  }

  /// An argument as messages show it.
  static func shown(_ argument: String) -> String {
    TextEscaping.visible(String(argument.unicodeScalars.prefix(40)))
  }
}
