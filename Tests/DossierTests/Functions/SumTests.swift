import DossierSyntax
import Testing

@testable import Dossier

/// Sums and means of integers are exact, and become something else when other values come.
@Suite struct SumTests {
  private func answer(_ statement: String, workers: Int = 1) throws -> [[Value]] {
    let session = Database().session()
    session.limits.workers = workers
    return Array(try session.run(statement).rows)
  }

  @Test(arguments: [
    ("[9223372036854775807, -9223372036854775807, 5]", Value.integer(5)),
    ("[9223372036854775807, 1, -2]", .integer(9_223_372_036_854_775_806)),
    ("[-9223372036854775807 - 1, -1, 2]", .integer(-9_223_372_036_854_775_807)),
    ("[1, null, 2]", .integer(3)), ("[]", .integer(0)), ("[null]", .integer(0)),
    ("[1, 2, 0.5]", .float(3.5)), ("[0.5, 1, 2]", .float(3.5)),
  ])
  func sums(_ list: String, _ expected: Value) throws {
    #expect(try answer("UNWIND \(list) AS x RETURN sum(x)") == [[expected]])
    #expect(try answer("UNWIND \(list) AS x RETURN 1, sum(x)").allSatisfy { $0[1] == expected })
  }

  @Test func sumsThatDoNotFitAreErrors() throws {
    #expect(throws: QueryError.self) {
      try answer("UNWIND [9223372036854775807, 1] AS x RETURN sum(x)")
    }
    #expect(throws: QueryError.self) {
      try answer("UNWIND range(1, 4000) AS i RETURN i % 2, sum(9223372036854775807 - i)")
    }
  }

  @Test func meansAreOfAllValues() throws {
    let statement =
      "UNWIND range(0, 9999) AS i RETURN i % 3 AS k, avg(i), sum(i), count(i) ORDER BY k"
    let expected: [[Value]] = [
      [.integer(0), .float(4999.5), .integer(16_668_333), .integer(3334)],
      [.integer(1), .float(4999), .integer(16_661_667), .integer(3333)],
      [.integer(2), .float(5000), .integer(16_665_000), .integer(3333)],
    ]
    #expect(try answer(statement) == expected)
    #expect(try answer("UNWIND [4, 9223372036854775807] AS x RETURN avg(x)").count == 1)
  }

  @Test func numbersAndDurationsDoNotMix() {
    for list in ["[1, duration('P1D')]", "[duration('P1D'), 1]"] {
      #expect(throws: QueryError.self) { try answer("UNWIND \(list) AS x RETURN sum(x)") }
    }
  }
}
