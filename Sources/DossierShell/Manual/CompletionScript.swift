/// Scripts with which shells complete the program's command line.
///
/// A subcommand is the first word or none is: the words behind it are completed as its own.
public enum CompletionScript {
  /// The shells, by the names of their programs.
  public static let shells = ["bash", "zsh", "fish"]

  /// The script of a shell; nil for other shells.
  public static func text(_ command: CommandReference, shell: String) -> String? {
    switch shell {
    case "bash": bash(command)
    case "zsh": zsh(command)
    case "fish": fish(command)
    default: nil
    }
  }

  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  private static func names(_ command: CommandReference) -> [String] {
    command.options.flatMap(\.names)
  }

  // MARK: - bash

  private static func bash(_ command: CommandReference) -> String {
    let subcommands = command.subcommands.map(\.name)
    var values = ""
    var options = ""
    for each in [command] + command.subcommands {
      let prefix = each.name == command.name ? "" : each.name
      for option in each.options where option.valueName != nil {
        let patterns = option.names.map { "'\(prefix) \($0)'" }.joined(separator: " | ")
        values += "    \(patterns)) \(bashAction(option.completion)) ;;\n"
      }
      options += "    \(quoted(prefix))) words=\(quoted(names(each).joined(separator: " "))) ;;\n"
    }
    return """
      # Completion of \(command.name) for bash.
      _\(command.name)() {
        local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= words=
        COMPREPLY=()
        if [ "$COMP_CWORD" -gt 1 ]; then
          case ${COMP_WORDS[1]} in
          \(subcommands.joined(separator: " | "))) command=${COMP_WORDS[1]} ;;
          esac
        fi
        case "$command $previous" in
      \(values)  esac
        case "$command" in
      \(options)  esac
        local IFS=$' \\n'
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$words" -- "$word"))
          return
        fi
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W \(quoted(subcommands.joined(separator: " "))) -- "$word"))
        fi
        IFS=$'\\n'
        COMPREPLY+=($(compgen -f -- "$word"))
      }
      complete -o filenames -F _\(command.name) \(command.name)

      """
  }

  private static func bashAction(_ completion: CommandReference.Completion) -> String {
    switch completion {
    case .anything: "return"
    case .file: "local IFS=$'\\n'; COMPREPLY=($(compgen -f -- \"$word\")); return"
    case .words(let words):
      "COMPREPLY=($(compgen -W \(quoted(words.joined(separator: " "))) -- \"$word\")); return"
    }
  }

  // MARK: - zsh

  private static func zsh(_ command: CommandReference) -> String {
    let described = command.subcommands.map { quoted("\($0.name):\($0.summary)") }
    let cases = command.subcommands.map { subcommand in
      """
          \(subcommand.name))
            shift words
            (( CURRENT-- ))
            _arguments -s \(zshArguments(subcommand))
            return
            ;;
      """
    }
    return """
      #compdef \(command.name)
      # Completion of \(command.name) for zsh.
      _\(command.name)() {
        local -a commands
        commands=(\(described.joined(separator: " ")))
        if (( CURRENT > 2 )); then
          case $words[2] in
      \(cases.joined(separator: "\n"))
          esac
        else
          _describe command commands
        fi
        _arguments -s \(zshArguments(command))
      }
      _\(command.name) "$@"

      """
  }

  private static func zshArguments(_ command: CommandReference) -> String {
    var specifications: [String] = []
    for option in command.options {
      let summary = zshEscaped(option.summary)
      for name in option.names {
        let separator = option.valueName == nil ? "" : name.hasPrefix("--") ? "=" : "+"
        let value =
          option.valueName.map { ":\(zshEscaped($0)):\(zshAction(option.completion))" } ?? ""
        let star = option.isRepeating ? "*" : ""
        specifications.append(quoted("\(star)\(name)\(separator)[\(summary)]\(value)"))
      }
    }
    let argument = command.arguments.first?.valueName ?? "file"
    return (specifications + [quoted("*:\(argument):_files")]).joined(separator: " ")
  }

  private static func zshAction(_ completion: CommandReference.Completion) -> String {
    switch completion {
    case .anything: " "
    case .file: "_files"
    case .words(let words): "(\(words.joined(separator: " ")))"
    }
  }

  private static func zshEscaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "[]:\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  // MARK: - fish

  private static func fish(_ command: CommandReference) -> String {
    let subcommands = command.subcommands.map(\.name).joined(separator: " ")
    var script = "# Completion of \(command.name) for fish.\n"
    for subcommand in command.subcommands {
      script +=
        "complete -c \(command.name) -n '__fish_is_first_arg' -a \(subcommand.name) "
        + "-d \(fishQuoted(subcommand.summary))\n"
    }
    for each in [command] + command.subcommands {
      let condition =
        each.name == command.name
        ? "not __fish_seen_subcommand_from \(subcommands)"
        : "__fish_seen_subcommand_from \(each.name)"
      for option in each.options {
        let names = option.names.map { name in
          name.hasPrefix("--") ? "-l \(name.dropFirst(2))" : "-s \(name.dropFirst())"
        }
        script +=
          "complete -c \(command.name) -n '\(condition)' \(names.joined(separator: " "))"
          + "\(fishAction(option)) -d \(fishQuoted(option.summary))\n"
      }
    }
    return script
  }

  private static func fishAction(_ option: CommandReference.Option) -> String {
    guard option.valueName != nil else { return "" }
    switch option.completion {
    case .anything: return " -x"
    case .file: return " -r -F"
    case .words(let words): return " -x -a \(quoted(words.joined(separator: " ")))"
    }
  }

  /// In single quotes fish knows `\\` and `\'`.
  private static func fishQuoted(_ text: String) -> String {
    var result = "'"
    for character in text {
      if character == "'" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "'"
  }
}
