import Synchronization

/// One version of the graph, shared by all who read it.
final class GraphVersion: Sendable {
  let graph: Graph
  /// When it was published.
  let time: Instant
  /// What changed since the version before.
  let counters: UpdateCounters
  /// `indexes`, made when somebody asks for them first.
  private let ownIndexes = Mutex<PropertyIndexes?>(nil)

  convenience init(_ graph: Graph, time: Instant, counters: UpdateCounters) {
    var graph = graph
    graph.commitTime = time
    self.init(published: graph, time: time, counters: counters)
  }

  /// A version of a graph that knows its time.
  init(published graph: Graph, time: Instant, counters: UpdateCounters) {
    self.graph = graph
    self.time = time
    self.counters = counters
  }

  /// Indexes over this version alone, for statements that read it when it is no longer the current
  /// one: those of the current graph may not know its values.
  var indexes: PropertyIndexes {
    ownIndexes.withLock { indexes in
      let made = indexes ?? PropertyIndexes()
      indexes = made
      return made
    }
  }
}

/// The current version of a graph and the latest ones before it, up to a number of them.
///
/// Versions share the pages that did not change between them. Numbers and times ascend.
struct VersionHistory {
  private(set) var current: GraphVersion
  /// Ascending from `first` on; what is before that is nil.
  private var earlier: [GraphVersion?] = []
  private var first = 0
  private(set) var limit: Int

  init(_ current: GraphVersion, limit: Int) {
    self.current = current
    self.limit = limit
  }

  /// How many versions are kept besides the current one.
  private var earlierCount: Int { earlier.count - first }

  /// The kept versions, the oldest first.
  var versions: [GraphVersion] { earlier[first...].compactMap { $0 } + [current] }

  /// The oldest version that is kept.
  var oldest: GraphVersion { first < earlier.count ? earlier[first] ?? current : current }

  /// Makes a version the current one; gives the one that is kept no longer. O(1) on average.
  mutating func append(_ version: GraphVersion) -> GraphVersion? {
    earlier.append(current)
    current = version
    return earlierCount > limit ? dropFirst() : nil
  }

  /// Keeps at most `limit` versions from now on; gives those that are kept no longer.
  mutating func setLimit(_ limit: Int) -> [GraphVersion] {
    self.limit = limit
    var dropped: [GraphVersion] = []
    while earlierCount > limit {
      if let version = dropFirst() { dropped.append(version) }
    }
    return dropped
  }

  private mutating func dropFirst() -> GraphVersion? {
    let dropped = earlier[first]
    earlier[first] = nil
    first += 1
    if first > 64, first > earlierCount {
      earlier.removeFirst(first)
      first = 0
    }
    return dropped
  }

  /// The newest kept version that is no later than an instant; nil when the oldest is later.
  /// O(log versions).
  func version(at instant: Instant) -> GraphVersion? {
    newest { $0.time <= instant }
  }

  /// The version of a number; nil when it is not kept.
  func version(number: UInt64) -> GraphVersion? {
    guard let version = newest({ $0.graph.version <= number }), version.graph.version == number
    else { return nil }
    return version
  }

  /// The newest version that fulfils what all before it fulfil, too.
  private func newest(_ isEarly: (GraphVersion) -> Bool) -> GraphVersion? {
    if isEarly(current) { return current }
    var low = first
    var high = earlier.count
    while low < high {
      let middle = (low + high) / 2
      if let version = earlier[middle], isEarly(version) { low = middle + 1 } else { high = middle }
    }
    return low > first ? earlier[low - 1] : nil
  }
}
