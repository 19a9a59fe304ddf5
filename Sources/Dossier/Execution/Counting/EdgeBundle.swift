/// The lists of neighbours of a step, in memory that is read without reference counts.
typealias StepLists = UnsafeBufferPointer<StepAdjacency.Part>

/// Edges of a counted pattern between the same two nodes, seen from one of them.
///
/// A class, so that tight loops over it cost no reference counts.
final class EdgeBundle {
  private struct Member {
    var adjacency: StepAdjacency
    var onlyExists: Bool
  }
  private let members: [Member]
  /// A single edge each of whose relationships counts.
  private let isSimple: Bool
  /// The single list of neighbours of a node where there is no more to it; for tight loops.
  let plainReader: AdjacencyLists?
  /// The lists of two edges that have one each.
  private let pair: (first: StepAdjacency.Part, second: StepAdjacency.Part)?

  /// The lists of the first edge; empty when it has none.
  let firstLists: StepLists
  /// The lists of the second edge; empty when there is none.
  let secondLists: StepLists

  init(_ edges: [CountTerm.Edge], from near: Int, _ graph: Graph) {
    members = edges.map { edge in
      Member(
        adjacency: StepAdjacency(
          edge.types, edge.near == near ? edge.direction : edge.direction.opposite, graph),
        onlyExists: edge.onlyExists)
    }
    isSimple = members.count == 1 && !members[0].onlyExists
    plainReader = isSimple ? members[0].adjacency.plainLists : nil
    let parts = members.map(\.adjacency.parts)
    pair =
      parts.count == 2 && parts.allSatisfy { $0.count == 1 }
      ? (first: parts[0][0], second: parts[1][0]) : nil
    firstLists = Self.copy(parts.first ?? [])
    secondLists = Self.copy(parts.count > 1 ? parts[1] : [])
  }

  deinit {
    firstLists.deallocate()
    secondLists.deallocate()
  }

  private static func copy(_ parts: [StepAdjacency.Part]) -> StepLists {
    let memory = UnsafeMutableBufferPointer<StepAdjacency.Part>.allocate(capacity: parts.count)
    _ = memory.initialize(from: parts)
    return StepLists(memory)
  }

  /// The only list of the only edge.
  var onlyList: AdjacencyLists? { isSingle ? members[0].adjacency.plainLists : nil }

  /// The only edge, where each of its relationships counts.
  var onlyAdjacency: StepAdjacency? { isSimple ? members[0].adjacency : nil }

  /// The first edge.
  var firstStep: StepAdjacency? { members.first?.adjacency }

  /// There is one edge, and it counts once however many relationships there are.
  var onlyExists: Bool { members.count == 1 && members[0].onlyExists }

  var isSingle: Bool { members.count == 1 }

  /// Of two edges, which of them count once however many relationships there are.
  var pairExists: (first: Bool, second: Bool)? {
    members.count == 2 ? (members[0].onlyExists, members[1].onlyExists) : nil
  }

  /// All edges are the same step, and each of their relationships counts.
  var repeatsOneStep: Bool {
    members.allSatisfy { member in
      !member.onlyExists
        && member.adjacency.parts.elementsEqual(members[0].adjacency.parts) { a, b in
          a.type == b.type && a.direction == b.direction
        }
    }
  }

  /// Whether the only edge is a step, each of whose relationships counts.
  func repeats(_ step: StepAdjacency) -> Bool {
    onlyAdjacency?.parts.elementsEqual(step.parts) { a, b in
      a.type == b.type && a.direction == b.direction
    } ?? false
  }

  /// Whether every node that has matches has the label.
  func impliesNear(_ label: LabelID, _ graph: Graph) -> Bool {
    members.contains { $0.adjacency.impliesNear(label, graph) }
  }

  /// True when a node's number of matches is its degree.
  var isDegree: Bool { isSimple }

  /// True when no node has a match.
  var isEmpty: Bool { members.contains { $0.adjacency.parts.isEmpty } }

  /// Upper bound of all matches.
  func relationshipCount(_ graph: Graph) -> Int {
    members.map { $0.adjacency.relationshipCount(graph) }.min() ?? 0
  }

  /// Whether every far node has the label.
  func implies(_ label: LabelID, _ graph: Graph) -> Bool {
    members.contains { $0.adjacency.implies(label, graph) }
  }

  @inline(__always)
  func degree(of node: UInt32) -> Int {
    plainReader?.degree(of: node) ?? members[0].adjacency.degree(of: node)
  }

  /// The number of matches between two nodes.
  func multiplicity(_ near: UInt32, _ far: UInt32) -> Int {
    var product = 1
    for member in members {
      let found = member.adjacency.multiplicity(near, far)
      product &*= member.onlyExists ? min(found, 1) : found
      if product == 0 { return 0 }
    }
    return product
  }

  /// Calls `body` with far nodes and the number of matches, which is not 0; a far node may come
  /// several times.
  @inline(__always)
  func forEach(_ node: UInt32, _ scratch: inout [UInt32], _ body: (UInt32, Int) -> Void) {
    if let plainReader {
      let list = plainReader.neighbours(of: node)
      for i in 0..<list.count { body(list.neighbours[i], 1) }
      return
    }
    if isSimple {
      members[0].adjacency.forEach(node) { neighbour, _ in body(neighbour, 1) }
      return
    }
    if let pair {
      intersect(pair.first, pair.second, node, body)
      return
    }
    distinctNeighbours(of: node, &scratch)
    for far in scratch {
      let count = multiplicity(node, far)
      if count > 0 { body(far, count) }
    }
  }

  /// Two sorted lists side by side; runs of the same neighbour multiply.
  private func intersect(
    _ first: StepAdjacency.Part, _ second: StepAdjacency.Part, _ node: UInt32,
    _ body: (UInt32, Int) -> Void
  ) {
    let a = first.reader.neighbours(of: node)
    let b = second.reader.neighbours(of: node)
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      let x = a.neighbours[i]
      let y = b.neighbours[j]
      if x < y {
        i &+= 1
      } else if y < x {
        j &+= 1
      } else {
        var (left, right) = (0, 0)
        while i < a.count, a.neighbours[i] == x { (i, left) = (i &+ 1, left &+ 1) }
        while j < b.count, b.neighbours[j] == x { (j, right) = (j &+ 1, right &+ 1) }
        if members[0].onlyExists { left = 1 }
        if members[1].onlyExists { right = 1 }
        body(x, left &* right)
      }
    }
  }

  /// The neighbours by the first edge, each once.
  private func distinctNeighbours(of node: UInt32, _ found: inout [UInt32]) {
    found.removeAll(keepingCapacity: true)
    members[0].adjacency.forEach(node) { neighbour, _ in
      if found.last != neighbour { found.append(neighbour) }
    }
    if members[0].adjacency.parts.count > 1 {
      found.sort()
      var kept = 0
      for i in found.indices where i == 0 || found[i] != found[kept - 1] {
        found[kept] = found[i]
        kept += 1
      }
      found.removeSubrange(kept...)
    }
  }
}
