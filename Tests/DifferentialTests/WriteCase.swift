import DossierSyntax
import TestSupport

@testable import Dossier

/// A graph and statements that change it one after the other, in both engines.
struct WriteCase {
  var graph: ReferenceGraph
  var statements: [String]

  init(seed: UInt64) {
    var graphs = GraphGenerator(seed: seed)
    graph = graphs.graph()
    var generator = WriteGenerator(seed: seed)
    statements = (0..<4).map { _ in generator.statement() }
  }

  init(graph: ReferenceGraph, statements: [String]) {
    self.graph = graph
    self.statements = statements
  }

  /// The first way in which answers, errors or graphs differ; nil when none do.
  func difference(_ configuration: EngineConfiguration) throws -> String? {
    let session = configuration.session(try graph.makeDatabase())
    let engine = ReferenceEngine(graph)
    for text in statements {
      let statement = try Parser.parseStatement(SourceText(text))
      let before = try Self.dump(session)
      guard let expected = Outcome(engine, statement, steps: 60_000) else { return nil }
      let found = Outcome(session, text)
      let after = try Self.dump(session)
      session.graph.checkInvariants()
      if let difference = Self.difference(expected, found) {
        return "\(configuration): \(text)\n  \(difference)"
      }
      if case .failure = found, before != after {
        return "\(configuration): \(text)\n  fails and changes the graph"
      }
      if after != engine.graph.dump {
        return "\(configuration): \(text)\n  "
          + Self.difference(between: engine.graph.dump, and: after)
      }
    }
    return nil
  }

  private static func dump(_ session: Session) throws -> [String] {
    let view = GraphView(session.graph)
    return ReferenceGraph(nodes: Array(view.nodes), relationships: Array(view.relationships)).dump
  }

  private static func difference(_ expected: Outcome, _ found: Outcome) -> String? {
    switch (expected, found) {
    case (.answer(let expected), .answer(let found)):
      let wanted = expected.rows.map { ReferenceValue.list($0).roundedKey }.sorted()
      let rows = found.rows.map { ReferenceValue.list($0).roundedKey }.sorted()
      return wanted == rows ? nil : difference(between: wanted, and: rows)
    case (.failure(let expected, _, _), .failure(let found, _, let message)):
      return expected == found ? nil : "expected the error \(expected), found \(message)"
    case (.answer, .failure(_, _, let message)): return "expected success, found \(message)"
    case (.failure(let detail, _, _), .answer): return "expected the error \(detail), found success"
    }
  }

  /// The lines that only one side has.
  private static func difference(between expected: [String], and found: [String]) -> String {
    var missing = expected
    var surplus: [String] = []
    for line in found {
      if let place = missing.firstIndex(of: line) {
        missing.remove(at: place)
      } else {
        surplus.append(line)
      }
    }
    return "missing \(missing)\n  surplus \(surplus)"
  }

  // MARK: Shrinking

  /// A smaller case that differs as well.
  func shrunk(_ configuration: EngineConfiguration) -> WriteCase {
    var best = self
    while let smaller = best.smaller.first(where: {
      (try? $0.difference(configuration)) != nil
    }) {
      best = smaller
    }
    return best
  }

  private var smaller: [WriteCase] {
    statements.indices.map { i in
      var smaller = self
      smaller.statements.remove(at: i)
      return smaller
    } + graph.smallerGraphs.map { WriteCase(graph: $0, statements: statements) }
  }

  var script: String {
    ([graph.createScript].filter { !$0.isEmpty } + statements).map { $0 + ";" }
      .joined(separator: "\n")
  }
}
