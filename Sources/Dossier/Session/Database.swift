import DossierSyntax
import Synchronization

/// A graph that sessions read and write: many readers at once, one writer at a time.
public final class Database: Sendable {
  private let current: Mutex<GraphVersion>
  let writing = WriterLock()

  /// A database with an empty graph.
  public init() {
    current = Mutex(GraphVersion(Graph(catalog: Catalog(), strings: StringDictionary())))
  }

  /// A new session; sessions of one database may run on different threads.
  public func session() -> Session { Session(self) }

  /// The graph as it stands now; unchanged by later writes. O(1).
  var snapshot: Graph { current.withLock { $0 }.graph }

  /// Makes a graph the current one. The caller holds `writing`.
  func publish(_ graph: Graph) {
    var graph = graph
    graph.version &+= 1
    let version = GraphVersion(graph)
    current.withLock { $0 = version }
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
    publish(builder.loader.graph)
    return builder.counters
  }
}

/// One version of the graph, shared by all who read it.
private final class GraphVersion: Sendable {
  let graph: Graph

  init(_ graph: Graph) { self.graph = graph }
}
