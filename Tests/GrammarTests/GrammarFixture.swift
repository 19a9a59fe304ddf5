import DossierSyntax
import Foundation
import GrammarTools

/// The files of the repository that the laws speak of, read once.
enum GrammarFixture {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let files: GrammarFiles = {
    do {
      return try GrammarFiles(
        rules: text(of: "Grammar/Dossier.bnf"), tokens: text(of: "Grammar/Tokens.bnf"),
        keywords: text(of: "Grammar/Keywords.txt"))
    } catch {
      fatalError("the grammar cannot be read: \(error)")
    }
  }()

  static let recogniser = EarleyRecogniser(files)
  static let generator = SentenceGenerator(files)

  /// Refusals that no rule expresses; `Grammar/README.md` lists them.
  static let namedErrors: Set<DiagnosticCode> = [
    .integerOverflow, .floatingPointOverflow, .invalidUnicodeLiteral, .nestingTooDeep,
  ]

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Paths below a folder with one of the extensions, sorted; none where the folder is missing.
  static func paths(below folder: String, extensions: Set<String>) -> [String] {
    let base = root.appendingPathComponent(folder)
    guard let files = FileManager.default.enumerator(atPath: base.path) else { return [] }
    return files.compactMap { $0 as? String }
      .filter { extensions.contains(URL(fileURLWithPath: $0).pathExtension) }
      .map { folder + "/" + $0 }
      .sorted()
  }

  /// The statements of a script.
  static func statements(in script: String) -> [String] {
    let source = SourceText(script)
    return Parser.parseScript(source).map { source.string(in: $0.range) }
  }

  /// The blocks of a Markdown text that are marked as Cypher.
  static func cypherBlocks(in markdown: String) -> [String] {
    var blocks: [String] = []
    var open: [Substring]?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let lines = open { blocks.append(lines.joined(separator: "\n")) }
        open = open == nil && line == "```cypher" ? [] : nil
      } else {
        open?.append(line)
      }
    }
    return blocks
  }

  /// How the parser answers a text.
  enum Verdict: Equatable {
    case accepted
    case refused
    /// Refused for a reason that no rule expresses.
    case named
  }

  static func verdict(on text: String) -> Verdict {
    do throws(QueryError) {
      _ = try Parser.parseStatement(SourceText(text))
      return .accepted
    } catch {
      return namedErrors.contains(error.code) ? .named : .refused
    }
  }

  /// The recogniser accepts a text.
  static func recognises(_ text: String) -> Bool { recogniser.recognises(text) }

  /// Parser and recogniser give the same answer.
  static func agree(on text: String) -> Bool {
    let verdict = verdict(on: text)
    return verdict == .named || recogniser.recognises(text) == (verdict == .accepted)
  }

  /// Short random statements and one for each alternative, as tokens.
  static let sentences: [[String]] = {
    var random = SplitMix64(seed: 1)
    let drawn = (0..<2_000).map { generator.randomSentence(length: 3 + $0 % 24, using: &random) }
    return generator.coveringSentences(seed: 1) + drawn
  }()
}
