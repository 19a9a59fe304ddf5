import Synchronization

/// Relationships that were stored, but are not in the adjacency yet.
struct PendingRelationships {
  /// Relationships whose ids follow each other.
  struct Run {
    var first: Int
    var count: Int
  }

  private var runs: [RelationshipTypeID: [Run]] = [:]
  /// The last run of `lastType`, which is not in `runs` yet.
  private var last = Run(first: 0, count: 0)
  private var lastType = RelationshipTypeID(rawValue: 0)

  var isEmpty: Bool { runs.isEmpty && last.count == 0 }

  /// Adds relationships of one type; ids only grow.
  mutating func append(_ type: RelationshipTypeID, first: Int, count: Int) {
    if type == lastType && first == last.first + last.count {
      last.count += count
      return
    }
    flush()
    last = Run(first: first, count: count)
    lastType = type
  }

  private mutating func flush() {
    if last.count > 0 { runs[lastType, default: []].append(last) }
    last = Run(first: 0, count: 0)
  }

  /// Adds the relationships to the adjacency of their types in both directions, and counts their
  /// ends. Types and directions are shared out among threads. O(relationships + pages · types).
  mutating func connect(_ graph: inout Graph) {
    flush()
    var builds: [AdjacencyBuild] = []
    for (type, runs) in runs.sorted(by: { $0.key < $1.key }) {
      builds.append(AdjacencyBuild(type, .outgoing, runs, graph))
      builds.append(AdjacencyBuild(type, .incoming, runs, graph))
    }
    runs = [:]
    Self.perform(builds.sorted { $0.count > $1.count })
    for build in builds { build.store(in: &graph) }
  }

  /// Performs the builds, the largest first.
  private static func perform(_ builds: [AdjacencyBuild]) {
    let total = builds.reduce(0) { $0 + $1.count }
    let threads = total < 50_000 ? 1 : min(WorkerThreads.available, builds.count)
    let next = Atomic(0)
    WorkerThreads.run(threads) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < builds.count else { return }
        builds[index].perform()
      }
    }
  }
}
