import Dossier
import DossierSyntax
import TestSupport
import Testing

@Suite("Under trust a query reads the graph as if weaker claims were not there")
struct TrustTests {
  private static let modes = [
    "ruled", "asserted", "claimed", "alleged", "reported", "negated", "hypothetical",
  ]

  @Test func generatedQueries() throws {
    for seed in Seeds.range(short: 120, long: 10_000) {
      var random = RandomSource(seed: seed &+ 0x7275)
      var trusting = ReadCase(seed: seed)
      trusting.graph = Self.withClaims(trusting.graph, &random)
      let weakest = random.below(Self.modes.count)
      let rest = Self.trusted(trusting.graph, weakest)
      let statement = try Parser.parseStatement(SourceText(trusting.text))
      let reference = ReferenceEngine(rest)
      guard let expected = Outcome(reference, statement, steps: 30_000) else { continue }
      let database = try trusting.graph.makeDatabase()
      for configuration in EngineConfiguration.all where !configuration.isSlow {
        let session = configuration.session(database)
        try session.restrictTrust(to: Self.modes[weakest])
        let found = Outcome(session, trusting.text)
        if case .failure("TimeLimit", _, _) = found { continue }
        if let difference = trusting.difference(expected, found, false) {
          Issue.record(
            """
            seed \(seed), \(Self.modes[weakest]), \(configuration): \(difference)
            \(trusting.script)
            """)
          return
        }
      }
    }
  }

  /// The graph with modes, and with relationships that lead to sources.
  private static func withClaims(
    _ graph: ReferenceGraph, _ random: inout RandomSource
  ) -> ReferenceGraph {
    var result = graph
    for i in result.nodes.indices where random.chance(25) {
      result.nodes[i]?.properties["mode"] = .string(random.pick(modes))
    }
    for i in result.relationships.indices {
      if random.chance(50) {
        result.relationships[i]?.properties["mode"] = .string(random.pick(modes))
      }
      if random.chance(10) { result.relationships[i]?.type = "reported-by" }
    }
    return result
  }

  /// What is left of a graph.
  private static func trusted(_ graph: ReferenceGraph, _ weakest: Int) -> ReferenceGraph {
    func rank(_ properties: [String: ReferenceValue]?) -> Int? {
      guard case .string(let mode)? = properties?["mode"] else { return nil }
      return modes.firstIndex(of: mode)
    }
    func claim(_ element: Int, _ properties: [String: ReferenceValue]?) -> Int? {
      let reports = graph.relationships.filter { $0?.start == element && $0?.type == "reported-by" }
      return reports.compactMap { rank($0?.properties) }.min() ?? rank(properties)
    }
    var result = graph
    func isSeen(_ end: Int) -> Bool {
      end < 0 ? result.relationships[-1 - end] != nil : result.nodes[end] != nil
    }
    for (i, node) in graph.nodes.enumerated() {
      if let claim = claim(i, node?.properties), claim > weakest { result.nodes[i] = nil }
    }
    for (i, relationship) in graph.relationships.enumerated() {
      guard let relationship else { continue }
      let own = claim(ReferenceGraph.end(relationship: i), relationship.properties) ?? 1
      if own > weakest || !isSeen(relationship.start) || !isSeen(relationship.end) {
        result.relationships[i] = nil
      }
    }
    return result
  }
}
