import Synchronization

/// The elements of a graph whose claim is at least as strong as a mode, found out when somebody asks
/// first. Thread-safe.
///
/// A node without a claim is what claims are about; it always counts. A relationship without a claim is
/// what the graph says itself, as `asserted`. A relationship counts only when both its ends do.
final class TrustedElements: Sendable {
  /// One bit for each id; nil where all elements count.
  struct Sets: Sendable {
    var nodes: [UInt64]?
    var relationships: [UInt64]?

    /// Whether an element counts.
    func contains(_ cell: Cell) -> Bool {
      switch cell.tag {
      case .node: Self.contains(nodes, cell.raw)
      case .relationship: Self.contains(relationships, cell.raw)
      default: false
      }
    }

    private static func contains(_ words: [UInt64]?, _ id: UInt64) -> Bool {
      guard let words else { return true }
      let word = Int(truncatingIfNeeded: id >> 6)
      return word < words.count && words[word] >> (id & 63) & 1 != 0
    }
  }

  let mode: ClaimMode
  /// The version of the graph.
  let version: UInt64
  private let graph: Graph
  private let found = Mutex<Sets?>(nil)

  init(_ graph: Graph, atLeast mode: ClaimMode) {
    self.graph = graph
    self.mode = mode
    version = graph.version
  }

  /// O(elements) the first time, then O(1).
  var sets: Sets {
    found.withLock { found in
      if let found { return found }
      let sets = TrustSearch(graph, atLeast: mode).sets
      found = sets
      return sets
    }
  }
}

/// Goes through a graph and leaves out what does not count.
private struct TrustSearch {
  private let graph: Graph
  private let provenance: ProvenanceReader
  /// The rank of the weakest mode that counts.
  private let weakest: UInt8
  private(set) var sets = TrustedElements.Sets()

  private static let unclaimed = UInt8.max

  init(_ graph: Graph, atLeast mode: ClaimMode) {
    self.graph = graph
    provenance = ProvenanceReader(graph)
    weakest = UInt8(mode.rank)
    let nodes = ranks(.node, modes: provenance.nodeModes)
    sets.nodes = nodes.flatMap { ranks in
      Self.words(ranks) { $0 == Self.unclaimed || $0 <= weakest }
    }
    let assumed = UInt8(ClaimMode.asserted.rank)
    let relationships =
      ranks(.relationship, modes: provenance.relationshipModes)
      ?? (assumed > weakest ? Array(repeating: Self.unclaimed, count: bound(.relationship)) : nil)
    sets.relationships = relationships.flatMap { ranks in
      Self.words(ranks) { ($0 == Self.unclaimed ? assumed : $0) <= weakest }
    }
    leaveOutWhatHangs()
  }

  private func bound(_ kind: ElementKind) -> Int {
    kind == .node ? graph.nodeIDBound : graph.relationshipIDBound
  }

  /// The rank of the claim of each element of a kind; nil where no element has one.
  private func ranks(_ kind: ElementKind, modes: PropertyReader?) -> [UInt8]? {
    let modes = modes.flatMap { $0.valueCount > 0 ? $0 : nil }
    let lists = provenance.sourceLists.filter { $0.near == kind }
    if modes == nil, lists.isEmpty || provenance.relationshipModes == nil { return nil }
    let count = bound(kind)
    var ranks = Array(repeating: Self.unclaimed, count: count)
    if let reported = provenance.relationshipModes {
      for list in lists {
        for id in 0..<UInt32(truncatingIfNeeded: count) {
          let reports = list.reader.neighbours(of: id)
          for i in 0..<reports.count {
            let mode = ClaimMode(reported.borrowedCell(row: Int(reports.relationships[i])))
            if let mode { ranks[Int(id)] = min(ranks[Int(id)], UInt8(mode.rank)) }
          }
        }
      }
    }
    guard let modes else { return ranks }
    for row in 0..<count where ranks[row] == Self.unclaimed && modes.contains(row: row) {
      if let mode = ClaimMode(modes.borrowedCell(row: row)) { ranks[row] = UInt8(mode.rank) }
    }
    return ranks
  }

  /// A bit for each id whose rank counts; nil where all do.
  private static func words(_ ranks: [UInt8], _ counts: (UInt8) -> Bool) -> [UInt64]? {
    var words = [UInt64](repeating: 0, count: (ranks.count + 63) >> 6)
    var isComplete = true
    for (id, rank) in ranks.enumerated() {
      if counts(rank) {
        words[id >> 6] |= 1 << UInt64(id & 63)
      } else {
        isComplete = false
      }
    }
    return isComplete ? nil : words
  }

  /// Relationships at an end of which something stands that does not count.
  private mutating func leaveOutWhatHangs() {
    let hasStatements = graph.catalog.hasShapes
    guard sets.nodes != nil || hasStatements && sets.relationships != nil else { return }
    let count = bound(.relationship)
    var words =
      sets.relationships ?? Array(repeating: UInt64.max, count: (count + 63) >> 6)
    var pending: [UInt32] = []
    for id in 0..<UInt32(truncatingIfNeeded: count) {
      let relationship = RelationshipID(rawValue: id)
      guard graph.contains(relationship) else { continue }
      let ends = graph.endElements(of: relationship)
      if words[Int(id >> 6)] >> UInt64(id & 63) & 1 != 0,
        !sets.contains(Cell(ends.start)) || !sets.contains(Cell(ends.end))
      {
        words[Int(id >> 6)] &= ~(1 << UInt64(id & 63))
        if hasStatements { pending.append(id) }
      }
    }
    // What is said about them falls with them.
    while let id = pending.popLast() {
      for about in graph.relationships(of: .relationship(RelationshipID(rawValue: id))) {
        let (word, bit) = (Int(about.rawValue >> 6), UInt64(about.rawValue & 63))
        guard words[word] >> bit & 1 != 0 else { continue }
        words[word] &= ~(1 << bit)
        pending.append(about.rawValue)
      }
    }
    sets.relationships = words
  }
}
