import DossierSyntax
import GrammarTools
import Testing

@Suite("Laws 4 to 6: generated statements")
struct GeneratedTests {
  @Test("Law 4: every alternative and random statements parse")
  func generatedStatementsParse() {
    for sentence in GrammarFixture.sentences {
      let text = sentence.joined(separator: " ")
      #expect(GrammarFixture.verdict(on: text) != .refused, "\(text)")
    }
  }

  @Test("Law 5: printed statements are recognised and mean the same")
  func printedStatementsAreTheSame() throws {
    for (index, sentence) in GrammarFixture.sentences.enumerated() {
      let text = sentence.joined(separator: " ")
      guard let statement = try? Parser.parseStatement(SourceText(text)) else { continue }
      let printed = Printer.print(statement, columnText: .canonical)
      let again = try Parser.parseStatement(SourceText(printed))
      #expect(SyntaxTree.outline(again) == SyntaxTree.outline(statement), "\(text)")
      #expect(Printer.print(again, columnText: .canonical) == printed)
      let asWritten = Printer.print(statement, columnText: .asWritten)
      _ = try Parser.parseStatement(SourceText(asWritten))
      if index % 3 == 0 { #expect(GrammarFixture.recognises(printed), "\(printed)") }
    }
  }

  @Test("Law 6: parser and recogniser agree about near misses")
  func nearMisses() {
    var random = SplitMix64(seed: 2)
    for sentence in GrammarFixture.sentences where sentence.count > 1 {
      var tokens = sentence
      let place = Int.random(in: 0..<tokens.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: tokens.remove(at: place)
      case 1: tokens.insert(tokens[place], at: place)
      default: tokens.swapAt(place, Int.random(in: 0..<tokens.count, using: &random))
      }
      let text = tokens.joined(separator: " ")
      #expect(GrammarFixture.agree(on: text), "\(text)")
    }
  }

  @Test func generatorRepeatsItself() {
    let first = GrammarFixture.generator.coveringSentences(seed: 5)
    #expect(first == GrammarFixture.generator.coveringSentences(seed: 5))
  }
}
