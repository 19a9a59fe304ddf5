import DossierSyntax

/// The neighbours of nodes that are asked for again and again, without those that have no number.
///
/// A list is made when it is asked for the second time; as long as the numbers stay, it is walked in
/// place of the longer one of the graph. Its nodes are called by ranks among those with a number, so
/// that what is looked up for them lies close together.
final class SiftedNeighbours {
  /// By node: 0 where nobody has asked, 1 after the first time, else 2 more than the list's place.
  private let places: ZeroedMemory<UInt32>
  private let touched = IDBuffer(capacity: 64)
  /// Where lists begin among the neighbours; one more than there are lists.
  private let starts = IDBuffer(capacity: 64)
  private let neighbours = IDBuffer()
  /// By node: one more than its rank among those with a number, 0 for others.
  private let ranks: ZeroedMemory<UInt32>
  private let ranked = IDBuffer(capacity: 64)
  /// The totals that are laid out, by rank, and which of them are not 0.
  private var totals = ZeroedBuffer()
  private let counted = IDBuffer(capacity: 64)
  /// Tells apart steps that share it.
  private(set) var side = 0

  /// Neighbours from which on no more lists are made.
  private static let limit = 1 << 22

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ state: ExecutionState) throws(QueryError) {
    places = try ZeroedMemory(max(state.graph.nodeIDBound, 1), state.arena)
    ranks = try ZeroedMemory(max(state.graph.nodeIDBound, 1), state.arena)
    starts.append(0)
  }

  /// Forgets all lists; those that come are of a side.
  func clear(side: Int) {
    for i in 0..<touched.count { places.base[Int(touched.base[i])] = 0 }
    touched.removeAll()
    starts.keepFirst(1)
    neighbours.removeAll()
    self.side = side
  }

  /// Forgets everything and takes other numbers.
  func set(_ numbers: NodeTotals) {
    clear(side: 0)
    lay(nil)
    for i in 0..<ranked.count { ranks.base[Int(ranked.base[i])] = 0 }
    ranked.removeAll()
    for node in numbers.nodes where ranks.base[Int(node)] == 0 {
      ranked.append(node)
      ranks.base[Int(node)] = UInt32(truncatingIfNeeded: ranked.count)
    }
    totals.reserve(ranked.count)
  }

  /// Takes the totals that are added up from now on. They are of nodes with numbers.
  func lay(_ laid: NodeTotals?) {
    let (totals, ranks) = (totals.base, ranks.base)
    for i in 0..<counted.count { totals[Int(counted.base[i])] = 0 }
    counted.removeAll()
    guard let laid else { return }
    for node in laid.nodes {
      let rank = ranks[Int(node)] &- 1
      totals[Int(rank)] = laid[node]
      counted.append(rank)
    }
  }

  /// Writes for each of `count` nodes the sum of the totals of its neighbours. `laid` are the totals
  /// that it was given last. Precondition: no loops.
  func sum(
    _ laid: NodeTotals, _ lists: StepLists, at nodes: UnsafeMutablePointer<UInt32>, _ count: Int,
    into sums: UnsafeMutablePointer<Int64>
  ) {
    let places = places.base
    let values = totals.base
    for row in 0..<count {
      let node = Int(nodes[row])
      if places[node] == 1, neighbours.count < Self.limit { make(node, lists) }
      if places[node] > 1 {
        let place = Int(places[node]) &- 2
        let (start, end) = (Int(starts.base[place]), Int(starts.base[place &+ 1]))
        let list = neighbours.base + start
        var sum: Int64 = 0
        for k in 0..<end &- start { sum &+= Int64(values[Int(list[k])]) }
        sums[row] = sum
        continue
      }
      if places[node] == 0 {
        places[node] = 1
        touched.append(nodes[row])
      }
      laid.sum(lists, at: nodes + row, 1, into: sums + row)
    }
  }

  /// Makes the list of a node.
  private func make(_ node: Int, _ lists: StepLists) {
    let ranks = ranks.base
    for part in lists {
      let list = part.reader.neighbours(of: UInt32(truncatingIfNeeded: node))
      neighbours.reserve(list.count)
      let target = neighbours.base + neighbours.count
      var kept = 0
      for k in 0..<list.count {
        let rank = ranks[Int(list.neighbours[k])]
        target[kept] = rank &- 1
        kept &+= bit(rank != 0)
      }
      neighbours.extend(by: kept)
    }
    starts.append(UInt32(truncatingIfNeeded: neighbours.count))
    places.base[node] = UInt32(truncatingIfNeeded: starts.count)
  }
}

/// Numbers that are 0 until somebody sets them.
private struct ZeroedBuffer: ~Copyable {
  private(set) var base = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  private var count = 0

  deinit { base.deallocate() }

  /// Makes room. Precondition: all numbers are 0.
  mutating func reserve(_ wanted: Int) {
    guard wanted > count else { return }
    base.deallocate()
    count = wanted * 2
    base = .allocate(capacity: count)
    base.initialize(repeating: 0, count: count)
  }
}

extension NodeTotals {
  /// Writes for each of `count` nodes the sum of the numbers of its neighbours. Precondition: no loops.
  func sum(
    _ parts: StepLists, at nodes: UnsafeMutablePointer<UInt32>, _ count: Int,
    into sums: UnsafeMutablePointer<Int64>
  ) {
    let numbers = base
    sums.update(repeating: 0, count: count)
    for part in parts {
      let lists = part.reader
      for row in 0..<count {
        let list = lists.neighbours(of: nodes[row])
        var sum: Int64 = 0
        for k in 0..<list.count { sum &+= Int64(numbers[Int(list.neighbours[k])]) }
        sums[row] &+= sum
      }
    }
  }
}

extension StepAdjacency {
  /// The lists in memory of their own, as long as this is held. The caller deallocates it.
  func copiedLists() -> StepLists {
    let memory = UnsafeMutableBufferPointer<Part>.allocate(capacity: parts.count)
    _ = memory.initialize(fromContentsOf: parts)
    return StepLists(memory)
  }
}
