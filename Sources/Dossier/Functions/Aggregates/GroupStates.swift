/// One value of a trivial type for each group of an aggregation, in raw memory.
final class GroupStates<State: BitwiseCopyable> {
  /// The states of groups 0 ..< count.
  private(set) var base: UnsafeMutablePointer<State>
  private(set) var count = 0
  private var capacity = 16
  private let initial: State

  init(_ initial: State) {
    self.initial = initial
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for groups up to `newCount`; new ones are in the initial state.
  func resize(_ newCount: Int) {
    if newCount > capacity {
      capacity = max(newCount, capacity * 2)
      let larger = UnsafeMutablePointer<State>.allocate(capacity: capacity)
      larger.update(from: base, count: count)
      base.deallocate()
      base = larger
    }
    if newCount > count { (base + count).update(repeating: initial, count: newCount - count) }
    count = max(count, newCount)
  }
}
