import Dossier
import TestSupport
import Testing

@Suite("WHY answers the rows of the statement, whatever the plan")
struct WhyTests {
  /// A row of a statement and the elements that it rests on.
  private struct ExplainedRow {
    var values: [ReferenceValue]
    var elements: Set<String>
  }

  @Test func generatedQueries() throws {
    var explained = 0
    for seed in Seeds.range(short: 60, long: 10_000) {
      let readCase = ReadCase(seed: seed)
      let database = try readCase.graph.makeDatabase()
      let cutsRows = ["LIMIT", "SKIP"].contains { readCase.text.contains($0) }
      var known: [String]?
      for configuration in EngineConfiguration.all where !configuration.isSlow {
        let session = configuration.session(database)
        let plain = Outcome(session, readCase.text)
        let answer = Outcome(session, "WHY " + readCase.text)
        guard case .answer(var expected) = plain, case .answer(let found) = answer else {
          if case .failure(let one, _, _) = plain, case .failure(let other, _, _) = answer {
            #expect(one == other)
          }
          continue
        }
        let rows = Self.rows(of: found)
        expected.places = Array(repeating: -1, count: expected.rows.count)
        var own = found
        own.columns = Array(found.columns.dropFirst().dropLast(5))
        own.rows = rows.map(\.values)
        let difference = readCase.difference(.answer(expected), .answer(own), false)
        #expect(difference == nil, "seed \(seed), \(configuration)\n\(readCase.script)")
        if difference != nil { return }
        // Which of equal rows is left is open.
        if cutsRows { continue }
        let reasons = rows.map { row in
          row.values.map(\.asBag.roundedKey).joined(separator: "|") + " <- "
            + row.elements.sorted().joined(separator: ", ")
        }.sorted()
        #expect(known ?? reasons == reasons, "seed \(seed), \(configuration)\n\(readCase.script)")
        if let known, known != reasons { return }
        known = reasons
        explained += rows.count
      }
    }
    #expect(explained > 200)
  }

  /// The rows with their elements. Each element stands once, and a row without any has one null.
  private static func rows(of answer: ReferenceEngine.Answer) -> [ExplainedRow] {
    let width = answer.columns.count - 6
    var rows: [ExplainedRow] = []
    for record in answer.rows {
      let element = record[1 + width]
      guard case .integer(let number) = record[0] else { continue }
      if Int(number) == rows.count + 1 {
        rows.append(ExplainedRow(values: Array(record[1..<(1 + width)]), elements: []))
      } else {
        #expect(Int(number) == rows.count)
        if case .null = element { Issue.record("null beside elements") }
      }
      if case .null = element { continue }
      let isNew = rows[rows.count - 1].elements.insert(element.roundedKey).inserted
      #expect(isNew, "an element stands twice")
    }
    return rows
  }
}
