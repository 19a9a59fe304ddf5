/// The manual page of the program, in the language of `man`, made from the tables of options, commands,
/// output formats and exit statuses.
public enum ManualPage {
  /// The page of a command and its subcommands.
  public static func text(_ command: CommandReference) -> String {
    var page = ".TH \(command.name.uppercased()) 1 \"\" \"Dossier \(ProgramVersion.text)\"\n"
    page += ".SH NAME\n\(command.name) \\- \(escaped(command.summary.lowercasedFirst))\n"
    page += ".SH SYNOPSIS\n" + synopsis(command, "")
    for subcommand in command.subcommands { page += ".br\n" + synopsis(subcommand, command.name) }
    page += ".SH DESCRIPTION\n\(escaped(command.discussion))\n"
    page += ".SH OPTIONS\n" + options(command)
    for subcommand in command.subcommands {
      page += ".SH \(subcommand.name.uppercased())\n.B \(command.name) \(subcommand.name)\n.PP\n"
      page += "\(escaped(subcommand.summary))\n"
      if !subcommand.discussion.isEmpty {
        page += ".PP\n.nf\n\(escaped(subcommand.discussion))\n.fi\n"
      }
      page += options(subcommand)
    }
    page += ".SH COMMANDS OF THE SHELL\n"
    page += "Lines that start with a colon, in the shell and in scripts.\n"
    for command in ShellCommand.table {
      page += entry(command.synopsis, [command.summary, command.details])
    }
    page += ".SH OUTPUT FORMATS\n"
    for format in OutputFormat.allCases { page += entry(format.rawValue, [format.summary]) }
    page += ".SH EXIT STATUS\n"
    for status in ExitStatus.allCases { page += entry("\(status.rawValue)", [status.summary]) }
    page += ".SH ENVIRONMENT\n"
    for (name, meaning) in environment { page += entry(name, [meaning]) }
    page += ".SH FILES\n"
    for (name, meaning) in files { page += entry(name, [meaning]) }
    return page
  }

  private static let environment = [
    ("NO_COLOR", "When set and not empty, no colours."),
    ("CLICOLOR_FORCE", "When set, not empty and not 0, colours off a terminal, too."),
    ("PAGER", "The program that shows long results; empty for none, else less."),
    ("EDITOR, VISUAL", "The program of :edit."),
    ("TERM", "When it is dumb, no colours, no pager and no progress."),
    ("XDG_CONFIG_HOME", "The folder of settings in place of ~/.config."),
    ("XDG_STATE_HOME", "The folder of the history in place of ~/.local/state."),
  ]

  private static let files = [
    (
      "~/.config/dossier/rc", "Statements and commands that an interactive shell runs at its start."
    ),
    ("~/.local/state/dossier/history", "The history of the interactive shell."),
    (
      "~/.inputrc",
      "Keys of the line editor, between $if Dossier and $endif for this program alone."
    ),
  ]

  private static func synopsis(_ command: CommandReference, _ parent: String) -> String {
    let name = parent.isEmpty ? command.name : "\(parent) \(command.name)"
    let arguments = command.arguments.map {
      escaped("\($0.valueName ?? "")\($0.isRepeating ? "…" : "")")
    }
    return ".B \(name)\n[\\fIoptions\\fR] \\fI\(arguments.joined(separator: " "))\\fR\n"
  }

  private static func options(_ command: CommandReference) -> String {
    (command.arguments + command.options).map { option in
      let value = option.valueName.map { " \\fI\(escaped($0))\\fR" } ?? ""
      let names = option.names.map { "\\fB\(escaped($0))\\fR\(value)" }.joined(separator: ", ")
      return
        ".TP\n\(names.isEmpty ? String(value.dropFirst()) : names)\n\(escaped(option.summary))\n"
    }.joined()
  }

  private static func entry(_ name: String, _ texts: [String]) -> String {
    let text = texts.filter { !$0.isEmpty }.map { escaped($0) }.joined(separator: "\n.br\n")
    return ".TP\n\\fB\(escaped(name))\\fR\n\(text)\n"
  }

  /// A text in which nothing means anything to the formatter: no escapes, no requests at the
  /// beginning of a line, hyphens that can be copied.
  static func escaped(_ text: String) -> String {
    var result = ""
    var isLineStart = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "." where isLineStart, "'" where isLineStart:
        result += "\\&"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
      isLineStart = scalar == "\n"
    }
    return result
  }
}

extension String {
  /// The text without the article and capital of a sentence's beginning.
  fileprivate var lowercasedFirst: String {
    prefix(1).lowercased() + String(dropFirst(1)).trimmingPeriod
  }

  private var trimmingPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}
