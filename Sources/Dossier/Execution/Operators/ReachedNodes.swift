import DossierSyntax

/// The nodes that a search has reached from one of its ends, level by level, and how.
///
/// A node has a place, by the order in which the nodes were reached; an arrival says from which place
/// along which relationship. Memory goes with the nodes that were reached, not with the graph.
final class ReachedNodes {
  /// By place.
  private let nodes = IDBuffer(capacity: 32)
  /// By place: 1 + the last arrival; 0 for the first node.
  private let lastArrivals = IDBuffer(capacity: 32)
  private let origins = IDBuffer(capacity: 32)
  private let relationships = IDBuffer(capacity: 32)
  /// By arrival: 1 + the arrival before at the same node; 0 for its first one.
  private let earlierArrivals = IDBuffer(capacity: 32)
  /// A hash table: 1 + the place of a node; 0 where free.
  private var table: UnsafeMutablePointer<UInt32>
  private var mask = 63
  /// The places of the nodes that were reached last.
  private(set) var level = 0..<1

  init(first: UInt32) {
    table = .allocate(capacity: mask + 1)
    table.initialize(repeating: 0, count: mask + 1)
    table[slot(of: first)] = 1
    nodes.append(first)
    lastArrivals.append(0)
  }

  deinit { table.deallocate() }

  @inline(__always)
  func node(at place: Int) -> UInt32 { nodes.base[place] }

  /// Where the node's entry is, or would be.
  @inline(__always)
  private func slot(of node: UInt32) -> Int {
    var slot = Int(truncatingIfNeeded: UInt64(node) &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    while table[slot] != 0, nodes.base[Int(table[slot]) &- 1] != node { slot = (slot &+ 1) & mask }
    return slot
  }

  /// The place of a node that was reached.
  @inline(__always)
  func place(of node: UInt32) -> Int? {
    let entry = table[slot(of: node)]
    return entry == 0 ? nil : Int(entry) &- 1
  }

  /// Notes a way to a node; gives its place if it was not reached before. Of ways to a node that is
  /// reached on this level more than the first are kept with `keepsAll` only.
  @inline(__always)
  func reach(
    _ node: UInt32, from origin: Int, along relationship: UInt32, keepsAll: Bool
  ) -> Int? {
    let slot = slot(of: node)
    let entry = Int(table[slot])
    if entry != 0 {
      if keepsAll, entry > level.upperBound { arrive(entry &- 1, origin, relationship) }
      return nil
    }
    let place = nodes.count
    nodes.append(node)
    lastArrivals.append(0)
    arrive(place, origin, relationship)
    table[slot] = UInt32(truncatingIfNeeded: nodes.count)
    if nodes.count &* 2 > mask { grow() }
    return place
  }

  @inline(__always)
  private func arrive(_ place: Int, _ origin: Int, _ relationship: UInt32) {
    earlierArrivals.append(lastArrivals.base[place])
    origins.append(UInt32(truncatingIfNeeded: origin))
    relationships.append(relationship)
    lastArrivals.base[place] = UInt32(truncatingIfNeeded: origins.count)
  }

  /// Goes on to the nodes that were reached from those of the level before.
  func endLevel() { level = level.upperBound..<nodes.count }

  private func grow() {
    table.deallocate()
    mask = mask * 4 + 3
    table = .allocate(capacity: mask + 1)
    table.initialize(repeating: 0, count: mask + 1)
    for place in 0..<nodes.count {
      table[slot(of: nodes.base[place])] = UInt32(truncatingIfNeeded: place + 1)
    }
  }

  // MARK: Ways back

  /// The relationships of one way from a place back to the first node.
  func way(from place: Int) -> [UInt32] {
    var way: [UInt32] = []
    var place = place
    while lastArrivals.base[place] != 0 {
      let arrival = Int(lastArrivals.base[place]) - 1
      way.append(relationships.base[arrival])
      place = Int(origins.base[arrival])
    }
    return way
  }

  /// Calls `body` with the relationships of each way from a place back to the first node.
  func forEachWay(
    from place: Int, _ body: ([UInt32]) throws(QueryError) -> Void
  ) throws(QueryError) {
    var open: [(place: Int, way: [UInt32])] = [(place, [])]
    while let (place, way) = open.popLast() {
      var arrival = Int(lastArrivals.base[place])
      if arrival == 0 { try body(way) }
      while arrival != 0 {
        let i = arrival - 1
        open.append((Int(origins.base[i]), way + [relationships.base[i]]))
        arrival = Int(earlierArrivals.base[i])
      }
    }
  }
}
