import Synchronization

/// Checks the blocks of a snapshot, many at a time.
///
/// `@unchecked Sendable`: threads share the memory; each writes only to the block that it checks.
final class SnapshotVerifier: @unchecked Sendable {
  /// From so many bytes on it is worth to start threads.
  private static let threadBytes = 4 << 20

  let memory: SnapshotMemory
  let directory: SnapshotDirectory
  /// The first damage in the order of the checks.
  private let damage = Mutex<(step: Int, damage: SnapshotDamage)?>(nil)

  init(memory: SnapshotMemory, directory: SnapshotDirectory) {
    self.memory = memory
    self.directory = directory
  }

  /// A block to be checked.
  private enum Check {
    case nodes(SnapshotPage)
    case relationships(SnapshotPage)
    /// The ids of the far ends are below `bound`.
    case adjacency(SnapshotPage, bound: Int)
    case nodeProperty(SnapshotPage)
    case relationshipProperty(SnapshotPage)
    case strings(Int)
    case slots(Int)
  }

  // MARK: Checking

  /// Checks all blocks that opening does not write to.
  func verifyReadOnlyBlocks() throws(SnapshotDamage) {
    var checks = directory.nodePages.map(Check.nodes)
    checks += directory.relationshipPages.map(Check.relationships)
    for (type, pages) in directory.outgoing.enumerated() {
      let bound = directory.bound(of: directory.shape(ofType: type).end)
      checks += pages.map { .adjacency($0, bound: bound) }
    }
    for (type, pages) in directory.incoming.enumerated() {
      let bound = directory.bound(of: directory.shape(ofType: type).start)
      checks += pages.map { .adjacency($0, bound: bound) }
    }
    for pages in directory.nodeColumns {
      checks += pages.filter { !directory.isWritable($0.block) }.map(Check.nodeProperty)
    }
    for pages in directory.relationshipColumns {
      checks += pages.filter { !directory.isWritable($0.block) }.map(Check.relationshipProperty)
    }
    checks += directory.stringBytes.indices.map(Check.strings)
    try perform(checks) { (check) throws(SnapshotDamage) in try self.verify(check) }
  }

  /// Checks the hash table of the strings.
  func verifySlots() throws(SnapshotDamage) {
    let expected =
      directory.stringCount == 0 && directory.stringSlots.isEmpty
      ? 0 : SnapshotFormat.slotCount(strings: directory.stringCount) * 8
    guard directory.stringSlots.reduce(0, { $0 + $1.length }) == expected else {
      throw SnapshotDamage("the hash table of its strings has a wrong length")
    }
    try perform(directory.stringSlots.indices.map(Check.slots)) {
      (check) throws(SnapshotDamage) in try self.verify(check)
    }
    guard usedSlots.load(ordering: .relaxed) == directory.stringCount else {
      throw SnapshotDamage("the hash table of its strings is wrong")
    }
  }

  /// Checks the general pages and puts addresses in place of numbers and offsets.
  func relocate(
    strings: StringDictionary, zones: [TimeZoneID]
  ) throws(SnapshotDamage) {
    var checks: [Check] = []
    for pages in directory.nodeColumns {
      checks += pages.filter { directory.isWritable($0.block) }.map(Check.nodeProperty)
    }
    for pages in directory.relationshipColumns {
      checks += pages.filter { directory.isWritable($0.block) }.map(Check.relationshipProperty)
    }
    try perform(checks) { (check) throws(SnapshotDamage) in
      switch check {
      case .nodeProperty(let page):
        try self.relocate(page, bound: self.directory.nodeIDBound, strings, zones)
      case .relationshipProperty(let page):
        try self.relocate(page, bound: self.directory.relationshipIDBound, strings, zones)
      default: break
      }
    }
  }

  private let usedSlots = Atomic(0)

  private func perform(
    _ checks: [Check], _ verify: @Sendable (Check) throws(SnapshotDamage) -> Void
  ) throws(SnapshotDamage) {
    ParallelLoop.run(count: checks.count, isWorthThreads: memory.count >= Self.threadBytes) {
      step in
      do throws(SnapshotDamage) {
        try verify(checks[step])
      } catch {
        damage.withLock { first in
          if first.map({ step < $0.step }) ?? true { first = (step, error) }
        }
      }
    }
    if let first = damage.withLock({ $0 }) { throw first.damage }
  }

  private func verify(_ check: Check) throws(SnapshotDamage) {
    switch check {
    case .nodes(let page):
      try checkSum(page.block, "nodes")
      try verifyNodes(page)
    case .relationships(let page):
      try checkSum(page.block, "relationships")
      try verifyRelationships(page)
    case .adjacency(let page, let bound):
      try checkSum(page.block, "neighbours")
      try verifyAdjacency(page, bound: bound)
    case .nodeProperty(let page):
      try checkSum(page.block, "properties of nodes")
      try verifyProperties(page, bound: directory.nodeIDBound)
    case .relationshipProperty(let page):
      try checkSum(page.block, "properties of relationships")
      try verifyProperties(page, bound: directory.relationshipIDBound)
    case .strings(let chunk):
      try checkSum(directory.stringBytes[chunk], "strings")
      try checkSum(directory.stringEntries[chunk], "strings")
      try verifyStrings(chunk)
    case .slots(let chunk):
      try checkSum(directory.stringSlots[chunk], "strings")
      let used = try verifySlots(directory.stringSlots[chunk])
      usedSlots.wrappingAdd(used, ordering: .relaxed)
    }
  }

  func checkSum(_ block: SnapshotBlock, _ content: String) throws(SnapshotDamage) {
    guard SnapshotChecksum.of(memory.start + block.offset, count: block.length) == block.checksum
    else {
      throw SnapshotDamage("the checksum of its \(content) at byte \(block.offset) is wrong")
    }
  }

  /// Where a block is.
  func address(_ block: SnapshotBlock) -> UnsafeRawPointer {
    UnsafeRawPointer(memory.start) + block.offset
  }
}
