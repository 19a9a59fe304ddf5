import Synchronization

/// Hash indexes from the values of a property key to nodes, shared by all versions of a graph.
///
/// An index only proposes candidates: whoever uses it compares the property in the version that it
/// reads. So entries are only ever added. One that a rolled-back or later change left behind costs a
/// comparison and is never wrong; what matters is that every write of an indexed key is noted.
///
/// An index serves the version that it was built over and later ones; older versions may have values
/// that it never saw.
///
/// Thread-safe. An index is built by a thread that holds the right to write (or is sure that nobody
/// writes), as a write that is under way would be missed otherwise.
final class PropertyIndexes: Sendable {
  private let indexes = Mutex<[PropertyKeyID: NodeHashIndex]>([:])
  /// False while there is no index at all, so that writes need not look.
  private let exists = Atomic<Bool>(false)

  /// Notes that a node got a value for a key.
  @inline(__always)
  func note(_ node: NodeID, _ key: PropertyKeyID, _ value: Cell) {
    guard exists.load(ordering: .relaxed) else { return }
    insert(node, key, value)
  }

  private func insert(_ node: NodeID, _ key: PropertyKeyID, _ value: Cell) {
    guard !value.isNull else { return }
    indexes.withLock { $0[key]?.insert(node.rawValue, value.hash) }
  }

  /// Forgets the index of a key; bulk loads do this rather than note each value.
  func drop(_ key: PropertyKeyID) {
    indexes.withLock { _ = $0.removeValue(forKey: key) }
  }

  /// The keys that have an index, in no particular order.
  var keys: [PropertyKeyID] { indexes.withLock { Array($0.keys) } }

  /// Whether there is an index for a version that needs no rebuilding.
  func isReady(_ key: PropertyKeyID, version: UInt64) -> Bool {
    guard exists.load(ordering: .relaxed) else { return false }
    return indexes.withLock { table in
      table[key].map { $0.validFrom <= version && !$0.isBloated } ?? false
    }
  }

  /// Adds to `found` the nodes that may have the value, ascending; false when there is no index that
  /// serves the version.
  func candidates(
    _ key: PropertyKeyID, _ value: Cell, version: UInt64, into found: inout [UInt32]
  ) -> Bool {
    let hash = value.hash
    return indexes.withLock { table in
      guard let index = table[key], index.validFrom <= version else { return false }
      index.find(hash, into: &found)
      return true
    }
  }

  /// Builds the index of a key over all nodes of some graphs: the current version, and where a
  /// transaction is open its changed copy. O(nodes).
  func build(_ key: PropertyKeyID, over graphs: [Graph]) {
    let index = NodeHashIndex(validFrom: graphs.map(\.version).min() ?? 0)
    for graph in graphs { index.insertAll(key, of: graph) }
    index.settle()
    indexes.withLock { $0[key] = index }
    exists.store(true, ordering: .relaxed)
  }
}

/// A chained hash table from hashes to node ids; entries are only added.
final class NodeHashIndex: @unchecked Sendable {
  // Reached only under the lock of `PropertyIndexes`, or by a single thread.
  private var heads = [Int32](repeating: -1, count: 1 << 10)
  private var entries: [Entry] = []
  private var settledCount = 0
  /// The first version of the graph that the index serves.
  let validFrom: UInt64

  init(validFrom: UInt64) { self.validFrom = validFrom }

  private struct Entry {
    var hash: UInt64
    var node: UInt32
    /// The entry before in the same bucket; -1 for none.
    var next: Int32
  }

  /// Most entries stand for values that have changed since.
  var isBloated: Bool { entries.count > 4 * settledCount + 65_536 }

  /// Remembers the size of an index that has just been built.
  func settle() { settledCount = entries.count }

  /// Enters the values of a key of all nodes of a graph. O(nodes).
  func insertAll(_ key: PropertyKeyID, of graph: Graph) {
    guard let reader = graph.nodeProperties(key) else { return }
    let arena = Arena()
    for id in 0..<UInt32(truncatingIfNeeded: graph.nodeIDBound) {
      guard reader.kind(page: Int(id >> 11)) != .absent,
        let cell = try? reader.general(row: Int(id), arena: arena), !cell.isNull
      else { continue }
      insert(id, cell.hash)
    }
  }

  func insert(_ node: UInt32, _ hash: UInt64) {
    guard entries.count < Int(Int32.max) - 1 else { return }
    if entries.count >= heads.count { grow() }
    let bucket = Int(truncatingIfNeeded: hash) & (heads.count - 1)
    entries.append(Entry(hash: hash, node: node, next: heads[bucket]))
    heads[bucket] = Int32(truncatingIfNeeded: entries.count - 1)
  }

  private func grow() {
    heads = [Int32](repeating: -1, count: heads.count * 2)
    for entry in entries.indices {
      let bucket = Int(truncatingIfNeeded: entries[entry].hash) & (heads.count - 1)
      entries[entry].next = heads[bucket]
      heads[bucket] = Int32(truncatingIfNeeded: entry)
    }
  }

  func find(_ hash: UInt64, into found: inout [UInt32]) {
    let start = found.count
    var next = heads[Int(truncatingIfNeeded: hash) & (heads.count - 1)]
    while next >= 0 {
      let entry = entries[Int(next)]
      if entry.hash == hash { found.append(entry.node) }
      next = entry.next
    }
    guard found.count - start > 1 else { return }
    // The chain begins with the last entry.
    found[start...].reverse()
    var isAscending = true
    for i in (start + 1)..<found.count where found[i] <= found[i - 1] { isAscending = false }
    if isAscending { return }
    found[start...].sort()
    var kept = start + 1
    for i in (start + 1)..<found.count where found[i] != found[kept - 1] {
      found[kept] = found[i]
      kept += 1
    }
    found.removeSubrange(kept...)
  }
}
