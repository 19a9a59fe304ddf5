import Testing

@testable import Dossier

/// Filters, groups and first rows over whole pages, with and without values, against what the same
/// statements say when the values stand in lists.
@Suite struct ScanTests {
  /// 5,000 nodes of two labels, so that pages begin and end in the midst of a label. Some lack values.
  private static let database: Database = {
    let database = Database()
    let session = database.session()
    do {
      _ = try session.run(
        """
        CREATE (:Other) WITH 1 AS one UNWIND range(0, 4999) AS i
        CREATE (:N {i: i, k: i * 7919 % 5003, f: i % 97 * 0.5, s: 'n' + toString(i % 11),
          t: 'text ' + toString(i), o: CASE WHEN i % 3 = 0 THEN null ELSE i % 200 END,
          d: date('2020-01-01') + duration({days: i % 400}),
          p: CASE WHEN i % 5 = 0 THEN null ELSE 's' + toString(i % 7) END,
          m: CASE i % 4 WHEN 0 THEN i % 5 WHEN 1 THEN toFloat(i % 5) WHEN 2 THEN 'x' ELSE null END})
        """)
    } catch {
      Issue.record(error)
    }
    return database
  }()

  private func answers(_ statement: String, workers: Int = 1) throws -> [[Value]] {
    let session = Self.database.session()
    session.limits.workers = workers
    return Array(try session.run(statement).rows)
  }

  /// Predicates over `n`, a node or a map of its properties.
  static let predicates = [
    "n.i > 4000", "n.i >= 17 AND n.k < 900", "n.o < 50 AND n.i > 100 AND n.f <= 3.5",
    "n.d >= date('2020-06-01') AND n.o = 7", "n.s = 'n3' AND n.o <> 4", "n.f = 2 OR n.o = 3",
    "n.s STARTS WITH 'n1' AND n.i < 3000", "n.t CONTAINS '99' AND n.o > 20", "n.p ENDS WITH '3'",
    "n.p CONTAINS 's'", "n.t STARTS WITH 'text 12' ", "n.m > 2", "n.o IS NULL AND n.i < 90",
    "n.i = 5000", "n.k > 10 AND n.i / 7 = 3", "n.i % 7 = 3 AND 20 < n.o", "-n.i / 3 % 2 = -1",
  ]

  @Test(arguments: predicates) func filtersAsOverMaps(_ predicate: String) throws {
    let scanned = try answers("MATCH (n:N) WHERE \(predicate) RETURN n.i")
    let listed = try answers(
      """
      MATCH (n:N) WITH collect(properties(n)) AS maps UNWIND maps AS n
      WITH n WHERE \(predicate) RETURN n.i
      """)
    #expect(scanned == listed)
  }

  @Test(arguments: ["i", "o", "s", "p", "m", "f", "d", "missing"]) func groupsAsOverMaps(
    _ key: String
  ) throws {
    let aggregates =
      "count(*), count(n.o), sum(n.i), min(n.k), max(n.o), collect(n.s)[..2], count(DISTINCT n.s)"
    for workers in [1, 2] {
      let scanned = try answers(
        "MATCH (n:N) RETURN n.\(key), \(aggregates)", workers: workers)
      let listed = try answers(
        """
        MATCH (n:N) WITH collect(properties(n)) AS maps UNWIND maps AS n
        RETURN n.\(key), \(aggregates)
        """)
      #expect(scanned == listed)
    }
  }

  @Test(arguments: ["i", "o", "s", "p", "m", "f", "d", "k", "t"]) func firstRowsAreThoseOfAll(
    _ key: String
  ) throws {
    for direction in ["", "DESC"] {
      let statement =
        "MATCH (n:N) WITH n.\(key) AS x, n.k AS k, n.i AS i ORDER BY x \(direction), k "
      let all = try answers(statement + "RETURN i")
      for limit in [1, 7, 300] {
        let first = try answers(statement + "LIMIT \(limit) RETURN i")
        #expect(first == Array(all.prefix(limit)), "\(key) \(direction) \(limit)")
      }
    }
  }

  @Test func keysThatChangeTheirFormAreOneTable() throws {
    let found = try answers(
      """
      UNWIND [null, 1, 1.0, 'a', 70000, null, true, 70000.0, [1], 'a'] AS x
      RETURN x, count(*)
      """)
    #expect(found.map { $0[1] } == [2, 2, 2, 2, 1, 1].map { .integer($0) })
  }

  @Test func rangesEndWhereIntegersDo() throws {
    let found = try answers(
      """
      UNWIND range(9223372036854775800, 9223372036854775807, 4) AS x
      WITH collect(x) AS up UNWIND range(-9223372036854775806, -9223372036854775808, -1) AS y
      RETURN size(up), count(y), size(collect(DISTINCT y))
      """)
    #expect(found == [[.integer(2), .integer(3), .integer(3)]])
    let long = try answers("UNWIND range(1, 5000, 3) AS x RETURN count(x), sum(x), max(x)")
    #expect(long == [[.integer(1667), .integer(4_167_500), .integer(4999)]])
  }
}
