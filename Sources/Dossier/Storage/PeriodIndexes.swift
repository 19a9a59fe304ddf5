import Synchronization

/// What was computed from the valid time of a graph and is kept for later statements; shared by all
/// versions of the graph.
///
/// It holds for a version as long as what it was made from is the same: the pages of the bounds, and
/// where ends count, the relationships. What is kept holds on to these pages, so a write makes other
/// ones. Thread-safe; each thing is made once, whoever asks.
final class PeriodIndexes: Sendable {
  /// How many sets are kept; the one that was not asked for longest goes first.
  private static let limit = 8

  private struct ValidSet {
    var source: Source
    var elements: ValidElements
  }

  // The latest is the last.
  private let sets = Mutex<[ValidSet]>([])
  private struct ValidType {
    var source: Source
    var type: RelationshipTypeID
    var pages: [PageDirectory<AdjacencyPage>?]
    var nodes: PageDirectory<NodePage>
    var relationships: ValidRelationships
  }

  // The latest is the last.
  private let types = Mutex<[ValidType]>([])
  private let bounds = Mutex<(source: BoundPages, index: BoundIndex)?>(nil)

  /// The valid elements of a kind in a window; made if `making`, else nil where nobody asked yet.
  func elements(
    _ subject: ValidTimeSubject, in window: ValidTimeWindow, of graph: Graph, making: Bool
  ) -> ValidElements? {
    let source = Source(subject, window, graph)
    return sets.withLock { sets in
      if let index = sets.firstIndex(where: { $0.source == source }) {
        let found = sets.remove(at: index)
        sets.append(found)
        return found.elements
      }
      guard making else { return nil }
      let elements = ValidElements(subject, in: window, of: graph)
      if sets.count >= Self.limit { sets.removeFirst() }
      sets.append(ValidSet(source: source, elements: elements))
      return elements
    }
  }

  /// The relationships of a type that are valid in a window by their own bounds.
  func relationships(
    _ type: RelationshipTypeID, in window: ValidTimeWindow, of graph: Graph
  ) -> ValidRelationships {
    let source = Source(.relationship, window, graph)
    let index = Int(type.rawValue)
    let pages = [graph.outgoing, graph.incoming].map { index < $0.count ? $0[index] : nil }
    return types.withLock { types in
      let known = types.firstIndex { each in
        each.type == type && each.source == source && each.nodes === graph.nodePages
          && zip(each.pages, pages).allSatisfy { $0 === $1 }
      }
      if let known {
        let found = types.remove(at: known)
        types.append(found)
        return found.relationships
      }
      let valid = ValidElements(.relationship, in: window, of: graph)
      let relationships = ValidRelationships(type, among: valid, of: graph)
      if types.count >= Self.limit { types.removeFirst() }
      types.append(
        ValidType(
          source: source, type: type, pages: pages, nodes: graph.nodePages,
          relationships: relationships))
      return relationships
    }
  }

  /// The bounds of a graph in the order of time.
  func bounds(of graph: Graph) -> BoundIndex {
    let source = BoundPages(graph, nodes: true, relationships: true)
    return bounds.withLock { kept in
      if let kept, kept.source == source { return kept.index }
      let index = BoundIndex(graph)
      kept = (source, index)
      return index
    }
  }

  /// What a set was made from.
  private struct Source: Equatable {
    private let subject: ValidTimeSubject
    private let first: Instant
    private let last: Instant
    private let idBound: Int
    private let bounds: BoundPages
    private let relationships: PageDirectory<RelationshipPage>?

    init(_ subject: ValidTimeSubject, _ window: ValidTimeWindow, _ graph: Graph) {
      self.subject = subject
      first = window.first
      last = window.last
      idBound = subject == .node ? graph.nodeIDBound : graph.relationshipIDBound
      bounds = BoundPages(
        graph, nodes: subject != .relationship, relationships: subject != .node)
      relationships = subject == .relationshipWithEnds ? graph.relationshipPages : nil
    }

    static func == (a: Source, b: Source) -> Bool {
      a.subject == b.subject && a.first == b.first && a.last == b.last && a.idBound == b.idBound
        && a.bounds == b.bounds && a.relationships === b.relationships
    }
  }
}

/// The pages of the properties that hold valid time.
private struct BoundPages: Equatable {
  private let pages: [PageDirectory<PropertyPage>?]

  init(_ graph: Graph, nodes: Bool, relationships: Bool) {
    let keys = [graph.validTimeKeys.from, graph.validTimeKeys.to].map {
      graph.catalog.propertyKey($0)
    }
    func pages(
      _ columns: ContiguousArray<PropertyColumn?>
    ) -> [PageDirectory<PropertyPage>?] {
      keys.map { key in
        guard let key, Int(key.rawValue) < columns.count else { return nil }
        return columns[Int(key.rawValue)]?.pages
      }
    }
    self.pages =
      (nodes ? pages(graph.nodeColumns) : [])
      + (relationships ? pages(graph.relationshipColumns) : [])
  }

  static func == (a: BoundPages, b: BoundPages) -> Bool {
    a.pages.count == b.pages.count && zip(a.pages, b.pages).allSatisfy { $0 === $1 }
  }
}
