import Dossier
import DossierSyntax

/// What may stand at the cursor.
public struct Completion: Equatable, Sendable {
  /// Whole words, sorted, each once.
  public var candidates: [String]
  /// True when the editor offers file names itself.
  public var offersFiles: Bool
  /// True when a blank may follow the word at once, as behind keywords.
  public var appendsBlank = true

  /// No candidates.
  public static let nothing = Completion(candidates: [], offersFiles: false)
  static let files = Completion(candidates: [], offersFiles: true)

  /// What all candidates begin with; the word itself when that is no longer.
  public func commonPrefix(of word: String) -> String {
    guard var prefix = candidates.first?.unicodeScalars[...] else { return word }
    for candidate in candidates {
      let common = zip(prefix, candidate.unicodeScalars).prefix { $0.0 == $0.1 }.count
      prefix = prefix.prefix(common)
    }
    return prefix.count < word.unicodeScalars.count ? word : String(prefix)
  }
}

/// Finds completions from the command table, the lexer's keywords and the names in the graph.
public struct Completer {
  /// Names that the graph has now.
  public var statistics: DatabaseStatistics
  /// Names of functions, as they are documented.
  public var functions: [String]
  public var parameters: [String]

  public init(statistics: DatabaseStatistics, functions: [String], parameters: [String]) {
    self.statistics = statistics
    self.functions = functions
    self.parameters = parameters
  }

  /// Completes the word that ends a text: `text` is what was entered up to the cursor, earlier lines of
  /// the statement included; `word` its last part as the editor cuts it.
  public func complete(_ text: String, word: String) -> Completion {
    let source = SourceText(text)
    let command = commandLine(source)
    if let command { return complete(command: command, word: word) }
    let wordStart = text.utf8.count - word.utf8.count
    let tokens = Lexer.tokens(of: source, in: SourceRange(start: 0, end: max(0, wordStart)))
      .dropLast()
    if case .unterminated? = tokens.last?.kind { return .nothing }
    let context = CompletionContext(tokens: Array(tokens), text: source)
    let keywords = cased(keywords(context), word)
    var completion = matching(keywords + names(context), word)
    completion.appendsBlank = completion.candidates.first.map(keywords.contains) ?? false
    return completion
  }

  // MARK: - Commands

  /// The command line that a text ends with; nil when it ends in a statement.
  private func commandLine(_ text: SourceText) -> String? {
    var cursor = ScriptCursor(text)
    var last: ScriptItem?
    while let item = cursor.next() { last = item }
    guard let last, last.kind == .command, last.range.end == text.bytes.count else { return nil }
    return text.string(in: last.range)
  }

  private func complete(command line: String, word: String) -> Completion {
    guard line.contains(" ") else {
      let prefix = String(line.dropLast(word.count))
      let names = ShellCommand.table.flatMap { [":" + $0.name] + $0.aliases }
      let spelled = names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
      return matching(spelled, word)
    }
    let typed = CommandLine(line)
    switch ShellCommand.named(typed.word)?.argument {
    case .file: return .files
    case .format: return matching(OutputFormat.allCases.map(\.rawValue), word)
    case .onOff: return matching(["on", "off"], word)
    case .relationshipType: return matching(statistics.relationshipTypes.map(\.name), word)
    case .claim: return matching(Session.claimModes + ["off"], word)
    case .topic:
      let clauses = cased(ClauseReference.all.map(\.name), word)
      return matching(
        ShellCommand.table.map(\.name) + HelpTopic.names + clauses + functions, word)
    case .statement:
      let statement = line.drop { $0 != " " }
      return complete(String(statement), word: word)
    default: return .nothing
    }
  }

  // MARK: - Statements

  /// The keywords that the parser expects.
  private func keywords(_ context: CompletionContext) -> [String] {
    context.expected.keywords.flatMap { KeywordPhrase.texts($0, behind: context.lastKeyword) }
  }

  /// Names of the graph and of the statement that may come.
  private func names(_ context: CompletionContext) -> [String] {
    switch context.place {
    case .label: return statistics.labels.map { quoted($0.name, hyphens: true) }
    case .relationshipType:
      return statistics.relationshipTypes.map { quoted($0.name, hyphens: true) }
    case .propertyKey(let elements): return keys(elements).map { quoted($0, hyphens: false) }
    case .parameter: return parameters
    case .variable: return context.variables.map { quoted($0, hyphens: false) }
    case .name: return []
    case .word:
      guard context.expected.includesNames else { return [] }
      if context.lastKeyword.map(Self.patternKeywords.contains) ?? false {
        return ["shortestPath(", "allShortestPaths("]
      }
      return functions.map { $0 + "(" } + context.variables.map { quoted($0, hyphens: false) }
    }
  }

  /// Keywords that a pattern follows.
  private static let patternKeywords: [Keyword] = [.match, .create, .merge]

  /// The property keys that elements with the labels or types of some pattern elements have; all keys
  /// when nothing is known of them.
  private func keys(_ elements: [PatternElement]) -> [String] {
    let known = elements.flatMap { element in
      element.names.flatMap { name in
        element.isRelationship
          ? statistics.properties(ofRelationshipType: name)
          : statistics.properties(ofLabel: name)
      }
    }
    return known.isEmpty ? statistics.propertyKeys : known.map(\.key)
  }

  private func quoted(_ name: String, hyphens: Bool) -> String {
    var buffer = ByteBuffer()
    ValueText.appendName(name, hyphens: hyphens, to: &buffer)
    return buffer.text
  }

  /// Keywords in the letter case of the word that they complete.
  private func cased(_ keywords: [String], _ word: String) -> [String] {
    let isLower = word.utf8.contains { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
    return isLower ? keywords.map { $0.lowercased() } : keywords
  }

  private func matching(_ candidates: [String], _ word: String) -> Completion {
    let prefix = word.lowercased()
    let found = candidates.filter { $0.lowercased().hasPrefix(prefix) }
    return Completion(candidates: Array(Set(found)).sorted(), offersFiles: false)
  }
}
