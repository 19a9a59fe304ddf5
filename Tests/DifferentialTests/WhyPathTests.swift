import Dossier
import TestSupport
import Testing

@Suite("WHY names the elements of the paths that a row comes from, in their order")
struct WhyPathTests {
  private static let lengths = ["", "", "*1..2", "*0..2", "*2", "*0..1"]
  private static let arrows = [("-", "->"), ("<-", "-"), ("-", "-")]

  @Test func rowsRestOnTheirPaths() throws {
    var elements = 0
    for seed in Seeds.range(short: 40, long: 5_000) {
      var random = RandomSource(seed: seed &+ 0x7768)
      let (paths, pattern) = Self.pattern(&random)
      let columns = paths.joined(separator: ", ")
      let row = "MATCH \(pattern) RETURN \(columns)"
      let group = "MATCH \(pattern) RETURN count(*) AS n, collect([\(columns)]) AS all_"
      let distinct = "MATCH \(pattern) WITH DISTINCT \(columns) RETURN \(columns)"
      for configuration in EngineConfiguration.all where configuration.isQuick {
        var graphs = GraphGenerator(seed: seed)
        let session = configuration.session(try graphs.graph().makeDatabase())
        session.limits.timeout = 0.2
        guard
          case .integer(1..<200)? = try? session.run("MATCH \(pattern) RETURN count(*)").rows[0][0]
        else { break }
        for query in [row, group, distinct] {
          guard let result = try? session.run("WHY " + query) else { continue }
          let first = 1 + (query == group ? 2 : paths.count)
          var found: [(expected: [ElementID], names: [ElementID])] = []
          for record in result.rows {
            if record[0] != .integer(Int64(found.count)) {
              var expected = DistinctIDs()
              for value in record[1..<first] { expected.add(elementsOf: value) }
              found.append((expected.ids, []))
            }
            if let element = record[first].element { found[found.count - 1].names.append(element) }
          }
          for (expected, names) in found {
            // Rows of a group come in an order of their own.
            let isSame = query == row ? expected == names : Set(expected) == Set(names)
            #expect(isSame, "seed \(seed), \(configuration): WHY \(query)")
            #expect(Set(names).count == names.count)
            elements += names.count
            if !isSame { return }
          }
        }
      }
    }
    #expect(elements > 500)
  }

  /// One or two paths with variables.
  private static func pattern(_ random: inout RandomSource) -> (paths: [String], text: String) {
    var texts: [String] = []
    var names: [String] = []
    let count = random.number(1...2)
    for number in 0..<count {
      names.append("p\(number)")
      var text = "p\(number) = "
      if random.chance(15) {
        texts.append(text + "shortestPath((a)-[*1..3]-(s\(number)))")
        texts.insert("q\(number) = (a:A), r\(number) = (s\(number):B)", at: texts.count - 1)
        names.insert(contentsOf: ["q\(number)", "r\(number)"], at: names.count - 1)
        continue
      }
      text += "(\(random.pick(["", "a", ":A", "x\(number)"])))"
      for _ in 0..<random.number(0...(3 - count)) {
        let (left, right) = random.pick(arrows)
        let length = random.pick(lengths)
        text += "\(left)[\(length)]\(right)(\(random.pick(["", "b", ":B", "x\(number)"])))"
      }
      texts.append(text)
    }
    return (names, texts.joined(separator: ", "))
  }
}

/// Ids of elements in the order in which they came, each once.
private struct DistinctIDs {
  private(set) var ids: [ElementID] = []
  private var known: Set<ElementID> = []

  mutating func add(_ id: ElementID) {
    if known.insert(id).inserted { ids.append(id) }
  }

  mutating func add(elementsOf value: Value) {
    switch value {
    case .list(let values): for value in values { add(elementsOf: value) }
    case .path(let path):
      for (index, node) in path.nodes.enumerated() {
        if index > 0 { add(.relationship(path.relationships[index - 1].id)) }
        add(.node(node.id))
      }
    default: break
    }
  }
}

extension Value {
  fileprivate var element: ElementID? {
    switch self {
    case .node(let node): .node(node.id)
    case .relationship(let relationship): .relationship(relationship.id)
    default: nil
    }
  }
}

extension EngineConfiguration {
  /// Neither row by row nor on many threads.
  fileprivate var isQuick: Bool { batchRows != 1 && !isSlow && (workers?.count ?? 0) < 3 }
}
