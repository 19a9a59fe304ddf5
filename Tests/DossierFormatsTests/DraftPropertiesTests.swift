import Dossier
import DossierFormats
import Testing

/// Files of more than one block of rows: properties reach their elements as runs and one by one.
@Suite struct DraftPropertiesTests {
  private let count = 9_001

  /// The properties of an element, as Gram and as the summary of a graph writes them.
  private func properties(_ number: Int) -> (gram: String, summary: String) {
    var all: [(key: String, gram: String, summary: String)] = []
    func add(_ key: String, _ gram: String, _ summary: String? = nil) {
      all.append((key, gram, summary ?? gram))
    }
    add("number", "\(number)")
    if number % 3 != 0 { add("text", "'t\(number % 500)'") }
    if number % 2 == 0 { add("flag", "\(number % 4 == 0)") }
    if number > 5_000 { add("share", "\(number).5", "float \(number).5") }
    if number % 7 == 1 { add("day", "date`1970-01-02`", "date 1") }
    add("mixed", number % 5 == 0 ? "'five'" : "\(-number)")
    if number % 1_000 == 9 { add("rare", "'r\(number)'") }
    if number % 11 == 0 { add("list", "[1, 'a']") }
    if number % 4_096 == 17 { add("key\(number)", "true") }
    let summary = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.summary)" }
    return (
      all.map { "\($0.key): \($0.gram)" }.joined(separator: ", "),
      summary.joined(separator: ", ")
    )
  }

  private func labels(_ number: Int) -> String {
    number % 100 < 50 ? ":A" : number % 2 == 0 ? ":A:B" : ""
  }

  @Test func everyValueReachesItsNode() {
    let text = (0..<count).map { "(\(labels($0)) {\(properties($0).gram)})" }
    let expected = (0..<count).map { "(\($0)\(labels($0)) {\(properties($0).summary)})" }
    #expect(summary(loading: text.joined(separator: "\n")) == expected)
  }

  @Test func everyValueReachesItsRelationship() {
    let text = (0..<count).map { "(a)-[:t\($0 / 3 % 4) {\(properties($0).gram)}]->(a)" }
    let expected = (0..<count).map { "(0)-[:t\($0 / 3 % 4) {\(properties($0).summary)}]->(0)" }
    #expect(summary(loading: text.joined(separator: "\n")) == ["(0)"] + expected)
  }

  @Test func joinedNodesLieBetweenNewOnes() throws {
    let database = Database()
    let old = (0..<count).filter { $0 % 3 == 0 }.map { "(:Old {id: \($0), old: true})" }
    let new = (0..<count).map { "(:New {id: \($0), new: \($0)})" } + ["(:Again {id: 1})"]
    for part in [old, new] {
      let bytes = Array(part.joined(separator: "\n").utf8)
      _ = try GraphFile.load(bytes: bytes, named: "test", into: database, format: .gram)
    }
    let olds = (0..<count).filter { $0 % 3 == 0 }
    let news = (0..<count).filter { $0 % 3 != 0 }
    let expected =
      olds.enumerated().map { "(\($0):New:Old {id: \($1), new: \($1), old: true})" }
      + news.enumerated().map { index, id in
        "(\(olds.count + index)\(id == 1 ? ":Again" : ""):New {id: \(id), new: \(id)})"
      }
    #expect(summary(of: database) == expected)
  }

  @Test func bigListsOfNamesKeepEveryName() {
    let names = ["", "a", "ab", "abc", "abcd", "abcdefgh", "abcdefghi", "abcdefgh-abcdefgh"]
    let all = names.flatMap { name in (0..<2_000).map { "`\(name)\($0)`" } }
    let text = all.map { "(\($0))" } + all.map { "(\($0) {again: true})" }
    let expected = all.indices.map { "(\($0) {again: true})" }
    #expect(summary(loading: text.joined(separator: "\n")) == expected)
  }
}
