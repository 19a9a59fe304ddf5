/// The periods that the relationships of a growing trail have in common.
final class SharedPeriods {
  private let periods: GraphPeriods
  /// Where all bounds are dates.
  private let days: DayPeriods?
  /// After each relationship of the trail, behind that of the start.
  private var common: UnsafeMutablePointer<DayPeriod>
  private var capacity = 16
  private var count = 1
  private var instants: [Period] = [.always]

  /// nil when no element has a bound.
  init?(_ graph: Graph) {
    let periods = GraphPeriods(graph)
    if periods.isEmpty { return nil }
    self.periods = periods
    days = periods.days
    common = .allocate(capacity: capacity)
  }

  deinit { common.deallocate() }

  /// Starts a trail in a period.
  func begin(in period: Period) {
    count = 1
    common[0] = DayPeriod(period)
    instants = [period]
  }

  /// Adds a relationship with its ends; false, and not added, when the trail is valid at no instant
  /// then.
  @inline(__always)
  func append(_ relationship: UInt32) -> Bool {
    guard let days else { return append(instantsOf: relationship) }
    let shared = common[count &- 1].intersection(days.period(relationshipWithEnds: relationship))
    if shared.isEmpty { return false }
    if count == capacity { grow() }
    common[count] = shared
    count &+= 1
    return true
  }

  /// Takes the last relationship away.
  @inline(__always)
  func removeLast() {
    if days != nil { count &-= 1 } else { instants.removeLast() }
  }

  private func append(instantsOf relationship: UInt32) -> Bool {
    let shared = (instants.last ?? .always).intersection(
      periods.period(relationshipWithEnds: relationship))
    if shared.isEmpty { return false }
    instants.append(shared)
    return true
  }

  private func grow() {
    let larger = UnsafeMutablePointer<DayPeriod>.allocate(capacity: capacity * 2)
    larger.update(from: common, count: count)
    common.deallocate()
    common = larger
    capacity *= 2
  }
}
