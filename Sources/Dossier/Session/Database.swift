import DossierSyntax
import Synchronization

/// A graph that sessions read and write: many readers at once, one writer at a time.
public final class Database: Sendable {
  /// How many versions before the current one a database keeps unless it is told otherwise.
  public static let defaultHistoryLimit = 100

  private let history: Mutex<VersionHistory>
  let writing = WriterLock()

  /// A database with an empty graph.
  public init() {
    let empty = GraphVersion(
      Graph(catalog: Catalog(), strings: StringDictionary()), time: .now,
      counters: UpdateCounters())
    history = Mutex(VersionHistory(empty, limit: Self.defaultHistoryLimit))
  }

  /// A new session; sessions of one database may run on different threads.
  public func session() -> Session { Session(self) }

  /// The graph as it stands now; unchanged by later writes. O(1).
  var snapshot: Graph { history.withLock { $0.current }.graph }

  /// The version as it stands now. Reading a part of its graph copies no other part.
  var version: GraphVersion { history.withLock { $0.current } }

  /// Makes a graph the current one, as a commit of its own. The caller holds `writing`. O(1).
  func publish(_ graph: Graph, _ counters: UpdateCounters) {
    var graph = graph
    publish(numbering: &graph, counters)
  }

  /// The same for a graph that takes the number and the time of the commit.
  func publish(numbering graph: inout Graph, _ counters: UpdateCounters) {
    let time = max(.now, version.time)
    graph.version &+= 1
    graph.commitTime = time
    let version = GraphVersion(published: graph, time: time, counters: counters)
    // What is kept no longer is freed behind the lock.
    _ = history.withLock { $0.append(version) }
  }

  /// Counts and names of what the graph holds.
  public var statistics: DatabaseStatistics { DatabaseStatistics(snapshot) }

  /// Changes the graph by a loader: all of it when `build` returns, nothing when it throws.
  @discardableResult
  public func load(
    _ build: (inout GraphBuilder) throws(QueryError) -> Void
  ) throws(QueryError) -> UpdateCounters {
    writing.lock()
    defer { writing.unlock() }
    var builder = GraphBuilder(snapshot)
    try build(&builder)
    builder.loader.connect()
    try builder.loader.graph.checkPeriods()
    publish(builder.loader.graph, builder.counters)
    return builder.counters
  }
}

/// System time: the versions that were the current one before.
extension Database {
  /// How many versions before the current one are kept for `FOR SYSTEM_TIME`; 0 for none. Less than
  /// before forgets the oldest ones.
  ///
  /// Versions share what did not change between them: one costs the pages that its commit wrote.
  public var historyLimit: Int {
    get { history.withLock { $0.limit } }
    set {
      let limit = max(newValue, 0)
      _ = history.withLock { $0.setLimit(limit) }
    }
  }

  /// The commits whose versions are kept, the oldest first; the last one is the current version.
  public var commits: [Commit] { history.withLock { $0.versions }.map { Commit($0) } }

  /// The version that was the current one at a point of system time.
  /// Errors: it is not kept, or there is no commit of that number yet.
  func version(at point: SystemTimePoint) throws(QueryError) -> GraphVersion {
    let (version, oldest, current) = history.withLock { history in
      let version =
        switch point {
        case .instant(let instant): history.version(at: instant)
        case .commit(let number): UInt64(exactly: number).flatMap { history.version(number: $0) }
        }
      return (version, history.oldest, history.current)
    }
    if let version { return version }
    if case .commit(let number) = point, number > Int64(clamping: current.graph.version) {
      throw QueryError(
        .invalidArgumentValue,
        "commit \(number) does not exist; the last one is \(current.graph.version)")
    }
    let commit = Commit(oldest)
    throw QueryError(
      .invalidArgumentValue,
      "the graph of that time is not kept; the oldest is that of commit \(commit.number), "
        + "\(commit.time)",
      help: "`CALL dossier.commits()` lists what is kept")
  }

  /// Makes the graph of a snapshot the current one. The caller holds `writing`.
  ///
  /// In a database without commits it keeps the number and the time under which it was saved; in any
  /// other it is a commit like others.
  func adopt(_ graph: Graph) {
    var graph = graph
    let current = snapshot
    guard current.version == 0 else {
      graph.version = max(graph.version, current.version)
      return publish(graph, UpdateCounters())
    }
    graph.version = max(graph.version, 1)
    let version = GraphVersion(
      graph, time: graph.commitTime ?? .now, counters: UpdateCounters())
    history.withLock { $0 = VersionHistory(version, limit: $0.limit) }
  }
}
