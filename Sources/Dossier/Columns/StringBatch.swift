/// Strings on their way into a graph, numbered from 0 in the order in which they came.
///
/// One thread fills a batch without a lock; `GraphBuilder.intern` gives all of them ids at once.
/// Bytes are not copied: they stay where they are until then. A string that came before has its
/// number again, unless most strings are new: then the batch stops looking.
///
/// `@unchecked Sendable`: handed from thread to thread, used by one at a time.
public final class StringBatch: @unchecked Sendable {
  struct Entry: BitwiseCopyable {
    var bytes: UnsafePointer<UInt8>
    var hash: UInt64
    var count: Int
  }

  private(set) var entries: UnsafeMutablePointer<Entry>
  private var capacity: Int
  /// How many numbers there are.
  public private(set) var count = 0
  /// Number + 1 of the string at each slot, 0 is free.
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotMask = 255
  /// Strings that were added since the batch began.
  private var added = 0
  private var looks = true

  /// The number of strings after which a batch decides whether looking pays.
  private static let trial = 1_024

  public init() {
    capacity = 64
    entries = .allocate(capacity: capacity)
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
  }

  deinit {
    entries.deallocate()
    slots.deallocate()
  }

  /// The number of a string of valid UTF-8.
  public func add(_ start: UnsafePointer<UInt8>, count length: Int) -> UInt32 {
    let hash = hashBytes(UnsafeBufferPointer(start: start, count: length))
    added &+= 1
    guard looks else { return append(start, length, hash) }
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      let number = slots[slot] &- 1
      let entry = entries[Int(number)]
      if entry.hash == hash && equalBytes(entry.bytes, entry.count, start, length) {
        return number
      }
      slot = (slot &+ 1) & slotMask
    }
    let number = append(start, length, hash)
    slots[slot] = number &+ 1
    if added == Self.trial && count > Self.trial / 4 * 3 { looks = false }
    if count &* 2 > slotMask { grow() }
    return number
  }

  private func append(_ start: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) -> UInt32 {
    if count == capacity {
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
      larger.initialize(from: entries, count: count)
      entries.deallocate()
      entries = larger
      capacity *= 2
    }
    (entries + count).initialize(to: Entry(bytes: start, hash: hash, count: length))
    count &+= 1
    return UInt32(truncatingIfNeeded: count &- 1)
  }

  private func grow() {
    slots.deallocate()
    slotMask = slotMask * 4 + 3
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
    for number in 0..<count {
      var slot = Int(truncatingIfNeeded: entries[number].hash) & slotMask
      while slots[slot] != 0 { slot = (slot &+ 1) & slotMask }
      slots[slot] = UInt32(truncatingIfNeeded: number &+ 1)
    }
  }
}
