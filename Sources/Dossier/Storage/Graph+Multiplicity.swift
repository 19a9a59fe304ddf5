import Synchronization

/// What is found out about the relationships of a type when it is first asked, and remembered until
/// some of them are written.
struct MultiplicityFacts: ~Copyable, Sendable {
  private let known = Atomic<UInt8>(0)

  enum Fact: UInt8 {
    /// Some relationships have the same start node and the same end node.
    case parallel = 1
    /// Some run between the same two nodes, one to and one fro.
    case opposite = 4
    /// Several begin at the same node.
    case severalFrom = 16
    /// Several end at the same node.
    case severalTo = 64
  }

  /// The answer of an earlier call, or of `find`.
  func answer(_ fact: Fact, _ find: () -> Bool) -> Bool {
    let bits = known.load(ordering: .relaxed)
    if bits & fact.rawValue != 0 { return bits & fact.rawValue << 1 != 0 }
    let found = find()
    known.bitwiseOr(fact.rawValue | (found ? fact.rawValue << 1 : 0), ordering: .relaxed)
    return found
  }

  func forget() { known.store(0, ordering: .relaxed) }
}

extension Graph {
  /// Whether two relationships of the type begin at the same node and end at the same node.
  /// O(relationships) when asked for the first time after a write, else O(1).
  func hasParallels(_ type: RelationshipTypeID) -> Bool {
    guard let reader = adjacency(type, .outgoing), let pages = pages(of: type) else { return false }
    return pages.facts.answer(.parallel) {
      (0..<reader.lists.pageCount).contains { Self.hasRepetition(reader.lists.page($0)) }
    }
  }

  /// Whether two relationships of the type run between the same two nodes, one to and one fro.
  /// O(relationships) when asked for the first time after a write, else O(1).
  func hasOpposites(_ type: RelationshipTypeID) -> Bool {
    guard let outgoing = adjacency(type, .outgoing), let incoming = adjacency(type, .incoming),
      let pages = pages(of: type)
    else { return false }
    return pages.facts.answer(.opposite) {
      (0..<min(outgoing.lists.pageCount, incoming.lists.pageCount)).contains { page in
        Self.haveCommon(
          outgoing.lists.page(page), incoming.lists.page(page),
          first: UInt32(truncatingIfNeeded: page << Page.shift))
      }
    }
  }

  /// Whether a step along the type in the direction leads from a node to another one at most.
  /// O(nodes) when asked for the first time after a write, else O(1).
  func leadsToOne(_ type: RelationshipTypeID, _ direction: AdjacencyDirection) -> Bool {
    guard let reader = adjacency(type, direction), let pages = pages(of: type) else { return true }
    return !pages.facts.answer(direction == .outgoing ? .severalFrom : .severalTo) {
      (0..<reader.lists.pageCount).contains { Self.hasSeveral(reader.lists.page($0)) }
    }
  }

  private static func hasSeveral(_ page: UnsafeRawPointer) -> Bool {
    if let offsets = AdjacencyPage.offsets(at: page) {
      for row in 0..<Page.rows where offsets[row &+ 1] &- offsets[row] > 1 { return true }
      return false
    }
    return (0..<Page.rows).contains { AdjacencyPage.list(at: page, $0).count > 1 }
  }

  /// The directory that knows the facts of a type.
  private func pages(of type: RelationshipTypeID) -> PageDirectory<AdjacencyPage>? {
    let index = Int(type.rawValue)
    return index < outgoing.count ? outgoing[index] : nil
  }

  private static func hasRepetition(_ page: UnsafeRawPointer) -> Bool {
    for row in 0..<Page.rows {
      let list = AdjacencyPage.list(at: page, row)
      var k = 1
      while k < list.count {
        if list.neighbours[k] == list.neighbours[k &- 1] { return true }
        k &+= 1
      }
    }
    return false
  }

  /// Whether two lists of a row, sorted both, have a neighbour in common that is not the row's node.
  private static func haveCommon(
    _ first: UnsafeRawPointer, _ second: UnsafeRawPointer, first node: UInt32
  ) -> Bool {
    for row in 0..<Page.rows {
      let a = AdjacencyPage.list(at: first, row)
      let b = AdjacencyPage.list(at: second, row)
      let own = node &+ UInt32(truncatingIfNeeded: row)
      var (i, j) = (0, 0)
      while i < a.count, j < b.count {
        let (x, y) = (a.neighbours[i], b.neighbours[j])
        if x == y, x != own { return true }
        i &+= x <= y ? 1 : 0
        j &+= y <= x ? 1 : 0
      }
    }
    return false
  }
}
