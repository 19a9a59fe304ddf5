/// A command of the program and its options, as the command line's parser describes them.
public struct CommandReference: Sendable {
  /// What may stand as the value of an option or as an argument.
  public enum Completion: Equatable, Sendable {
    case anything
    case file
    case words([String])
  }

  /// An option with or without a value, or an argument.
  public struct Option: Sendable {
    /// `-c`, `--command`; none for an argument.
    public var names: [String] = []
    public var summary = ""
    /// What the value is called; nil for options without a value.
    public var valueName: String?
    public var isRepeating = false
    public var completion = Completion.anything
  }

  public var name = ""
  public var summary = ""
  public var discussion = ""
  /// Options in the order of the help text.
  public var options: [Option] = []
  public var arguments: [Option] = []
  public var subcommands: [CommandReference] = []

  /// Reads the parser's description, a JSON text; nil for other texts.
  public init?(_ description: String) {
    do throws(JSONReader.Failure) {
      guard let command = try JSONReader.read(Array(description.utf8))["command"] else {
        return nil
      }
      self.init(command)
    } catch {
      return nil
    }
  }

  private init(_ json: JSONValue) {
    name = Self.text(json["commandName"])
    summary = Self.text(json["abstract"])
    discussion = Self.text(json["discussion"])
    for argument in Self.list(json["arguments"]) {
      let option = Self.option(argument)
      if option.names.isEmpty { arguments.append(option) } else { options.append(option) }
    }
    for subcommand in Self.list(json["subcommands"])
    where Self.text(subcommand["commandName"]) != "help" {
      subcommands.append(CommandReference(subcommand))
    }
  }

  private static func option(_ json: JSONValue) -> Option {
    var option = Option()
    for name in list(json["names"]) {
      option.names.append((text(name["kind"]) == "short" ? "-" : "--") + text(name["name"]))
    }
    option.summary = text(json["abstract"])
    if text(json["kind"]) != "flag" { option.valueName = text(json["valueName"]) }
    if case .boolean(true)? = json["isRepeating"] { option.isRepeating = true }
    if let words = json["completionKind"]?["list"]?["values"] {
      option.completion = .words(list(words).map { text($0) })
    } else if json["completionKind"]?["file"] != nil {
      option.completion = .file
    }
    return option
  }

  private static func text(_ json: JSONValue?) -> String {
    if case .string(let text)? = json { return text }
    return ""
  }

  private static func list(_ json: JSONValue?) -> [JSONValue] {
    if case .array(let elements)? = json { return elements }
    return []
  }
}
