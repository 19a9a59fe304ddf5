/// What one commit did and when: a statement, a transaction, or the load of a file.
public struct Commit: Sendable {
  /// One more than that of the commit before; 0 is the empty graph at the start.
  public var number: Int
  /// When it became visible, in UTC; never before the commit before.
  public var time: DateTimeValue
  /// What it changed.
  public var counters: UpdateCounters

  init(_ version: GraphVersion) {
    number = Int(clamping: version.graph.version)
    let instant = version.time
    time = DateTimeValue(
      secondsSinceEpoch: instant.seconds, nanosecond: instant.nanosecond, zone: .utc)
    counters = version.counters
  }
}

extension UpdateCounters {
  mutating func add(_ other: UpdateCounters) {
    nodesCreated += other.nodesCreated
    nodesDeleted += other.nodesDeleted
    relationshipsCreated += other.relationshipsCreated
    relationshipsDeleted += other.relationshipsDeleted
    propertiesSet += other.propertiesSet
    labelsAdded += other.labelsAdded
    labelsRemoved += other.labelsRemoved
  }
}

extension Instant {
  /// What the system clock says.
  static var now: Instant {
    let now = StatementClock.now()
    return Instant(seconds: now.seconds, nanosecond: now.nanoseconds)
  }
}
