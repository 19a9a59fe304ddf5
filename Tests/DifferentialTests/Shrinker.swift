import DossierSyntax
import TestSupport

/// Makes failing cases small: leaves out whatever can go while the engines still disagree.
struct Shrinker {
  let configurations: [EngineConfiguration]
  /// How many smaller cases are tried at most.
  var attemptsLeft = 3_000

  init(_ configurations: [EngineConfiguration]) {
    self.configurations = configurations
  }

  /// A smaller case that fails as well; the case itself when none was found.
  mutating func shrink(_ original: ReadCase) -> ReadCase {
    guard fails(original) else { return original }
    var best = original
    while attemptsLeft > 0, let smaller = firstFailing(best) { best = smaller }
    return best
  }

  private mutating func firstFailing(_ best: ReadCase) -> ReadCase? {
    for text in smallerTexts(best.text) where attemptsLeft > 0 {
      var candidate = best
      candidate.text = text
      if fails(candidate) { return candidate }
    }
    for graph in best.graph.smallerGraphs where attemptsLeft > 0 {
      var candidate = best
      candidate.graph = graph
      if fails(candidate) { return candidate }
    }
    return nil
  }

  private mutating func fails(_ candidate: ReadCase) -> Bool {
    attemptsLeft -= 1
    return (try? candidate.difference(configurations, lenient: true)) != nil
  }

  private func smallerTexts(_ text: String) -> [String] {
    guard let statement = try? Parser.parseStatement(SourceText(text)),
      case .query(let query) = statement.body
    else { return [] }
    return query.smaller.map {
      var smaller = statement
      smaller.body = .query($0)
      return Printer.print(smaller, columnText: .canonical)
    }.filter { $0 != text }
  }
}

extension ReferenceGraph {
  /// The graph without one element, label or property.
  var smallerGraphs: [ReferenceGraph] {
    var smaller: [ReferenceGraph] = []
    for i in relationships.indices {
      let end = ReferenceGraph.end(relationship: i)
      let isUsed = relationships.contains { $0?.start == end || $0?.end == end }
      if !isUsed { smaller.append(removing(relationship: i)) }
    }
    for i in nodes.indices {
      let isUsed = relationships.contains { $0?.start == i || $0?.end == i }
      if !isUsed { smaller.append(removing(node: i)) }
    }
    for i in nodes.indices {
      for label in (nodes[i]?.labels ?? []).sorted() {
        var graph = self
        graph.nodes[i]?.labels.remove(label)
        smaller.append(graph)
      }
      for key in (nodes[i]?.properties ?? [:]).keys.sorted() {
        var graph = self
        graph.nodes[i]?.properties[key] = nil
        smaller.append(graph)
      }
    }
    for i in relationships.indices {
      for key in (relationships[i]?.properties ?? [:]).keys.sorted() {
        var graph = self
        graph.relationships[i]?.properties[key] = nil
        smaller.append(graph)
      }
    }
    return smaller
  }

  private func removing(relationship: Int) -> ReferenceGraph {
    var graph = self
    graph.relationships.remove(at: relationship)
    let end = ReferenceGraph.end(relationship: relationship)
    for i in graph.relationships.indices {
      guard var other = graph.relationships[i] else { continue }
      if other.start < end { other.start += 1 }
      if other.end < end { other.end += 1 }
      graph.relationships[i] = other
    }
    return graph
  }

  private func removing(node: Int) -> ReferenceGraph {
    var graph = self
    graph.nodes.remove(at: node)
    for i in graph.relationships.indices {
      guard var relationship = graph.relationships[i] else { continue }
      if relationship.start > node { relationship.start -= 1 }
      if relationship.end > node { relationship.end -= 1 }
      graph.relationships[i] = relationship
    }
    return graph
  }
}
