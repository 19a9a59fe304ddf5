import DossierSyntax

/// Random statements that change a graph and whose outcome does not depend on the order of rows:
/// an element is set from literals or from its own properties only.
struct WriteGenerator {
  private var random: RandomSource
  private var nextName = 0

  init(seed: UInt64) {
    random = RandomSource(seed: seed &+ 0x3717E)
  }

  mutating func statement() -> String {
    nextName = 0
    switch random.below(15) {
    case 0: return "CREATE " + newPath() + ending()
    case 1:
      return "UNWIND [1, 2, 2] AS x CREATE (a\(label()) {i: x})-[r:\(type()) {s: 'x'}]->(b)"
        + ending()
    case 2: return "MATCH (a\(label())), (b\(label())) CREATE (a)-[:\(type())]->(b)" + ending()
    case 3: return "MATCH (n\(label())) SET " + settings(of: "n") + ending()
    case 4: return "MATCH ()-[r:\(type())]->() SET " + settings(of: "r", isNode: false) + ending()
    case 5: return "MATCH (n\(label())) REMOVE n.\(key()), n:\(plainLabel())" + ending()
    case 6: return "MATCH (n\(label()){i: \(random.number(-1...3))}) DETACH DELETE n" + ending()
    case 7: return "MATCH (n\(label())) WHERE n.i > \(random.number(0...3)) DELETE n"
    case 8: return "MATCH ()-[r:\(type())]->(b\(label())) DELETE r" + ending()
    case 9:
      return "MATCH p = (\(label()))-->(\(label())) " + (random.chance(70) ? "DETACH " : "")
        + "DELETE p"
    case 10:
      return "MERGE (n\(label()){i: \(random.number(-1...5))})" + actions(on: "n") + ending()
    case 11:
      return "UNWIND [3, 1, 3, 7] AS x MERGE (n:\(plainLabel()) {i: x})" + actions(on: "n")
        + ending()
    case 12:
      return "MATCH (a\(label())), (b\(label())) MERGE (a)-[r:\(type())]->(b)"
        + actions(on: "r", isNode: false) + ending()
    case 13: return "MATCH (a\(label())) MERGE (c:B {i: a.i})" + actions(on: "c") + ending()
    default:
      return "OPTIONAL MATCH (n\(label()){i: \(random.number(0...5))}) SET " + settings(of: "n")
        + ending()
    }
  }

  // MARK: Parts

  /// What follows the writing: nothing, a count, or a failure that takes everything back.
  private mutating func ending() -> String {
    switch random.below(9) {
    case 0: " WITH count(*) AS rows RETURN 1 / (rows - rows) AS failure"
    case 1: " WITH 1 AS one UNWIND [2, 1, 0] AS x CREATE ({i: one / x})"
    case 2, 3: " RETURN count(*) AS rows"
    case 4: " WITH count(*) AS rows MATCH (m) RETURN rows, m.i AS i, size(labels(m)) AS labels"
    default: ""
    }
  }

  private mutating func newPath() -> String {
    var text = "(\(label()){i: \(random.number(0...4)), s: 'new'})"
    for _ in 0..<random.below(3) {
      let isLeft = random.chance(40)
      text += "\(isLeft ? "<" : "")-[:\(type()) {f: 0.5, b: null}]-\(isLeft ? "" : ">")(\(label()))"
    }
    return text
  }

  private mutating func settings(of name: String, isNode: Bool = true) -> String {
    (0..<random.number(1...2)).map { _ in setting(of: name, isNode: isNode) }
      .joined(separator: ", ")
  }

  private mutating func setting(of name: String, isNode: Bool) -> String {
    switch random.below(isNode ? 9 : 7) {
    case 0: return "\(name).i = \(random.number(-1...4))"
    case 1: return "\(name).i = \(name).i + 1"
    case 2: return "\(name).m = " + random.pick(["1.5", "'text'", "null", "[1, 2]", "[]", "true"])
    case 3: return "\(name) += {b: \(random.chance(50)), s: null, new: 'é'}"
    case 4: return "\(name) = {i: \(name).i, s: 'only'}"
    case 5: return "\(name).m = \(name).\(key())"
    case 6: return random.chance(30) ? "\(name).m = [{key: 1}]" : "\(name).f = 0.25"
    default: return "\(name):\(plainLabel()):New"
    }
  }

  private mutating func actions(on name: String, isNode: Bool = true) -> String {
    var text = ""
    if random.chance(50) { text += " ON CREATE SET \(name).s = 'created'" }
    if random.chance(50) { text += " ON MATCH SET " + setting(of: name, isNode: isNode) }
    return text
  }

  private mutating func label() -> String { random.chance(70) ? ":\(plainLabel())" : "" }

  private mutating func plainLabel() -> String {
    Spelling.name(random.pick(GraphGenerator.labels))
  }

  private mutating func type() -> String {
    Spelling.hyphenated(random.pick(GraphGenerator.types))
  }

  private mutating func key() -> String { random.pick(["i", "f", "s", "b", "m"]) }
}
