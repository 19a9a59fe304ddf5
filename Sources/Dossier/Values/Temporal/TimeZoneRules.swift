/// The offsets of a region through history: a list of changes, then a yearly rule.
///
/// Read from the TZif format of RFC 8536. Immutable, shared by all users of the region.
final class TimeZoneRules: Sendable {
  /// Instants of change in seconds since 1970-01-01T00:00Z, ascending.
  private let transitions: [Int64]
  /// The offset from each transition on; as many as `transitions`.
  private let offsets: [Int32]
  /// The offset before the first transition, in most zones local mean time.
  private let firstOffset: Int32
  /// The rule behind the last transition; nil when the last offset stays.
  private let rule: YearlyTimeZoneRule?

  /// The rules in a TZif file; nil when the bytes are not of that format.
  init?(zoneFile bytes: [UInt8]) {
    guard var header = ZoneFileHeader(bytes, at: 0) else { return nil }
    if header.version >= UInt8(ascii: "2") {
      guard let second = ZoneFileHeader(bytes, at: header.end(timeSize: 4)) else { return nil }
      header = second
    }
    let timeSize = header.version >= UInt8(ascii: "2") ? 8 : 4
    guard let content = header.content(of: bytes, timeSize: timeSize) else { return nil }
    transitions = content.transitions
    offsets = content.offsets
    firstOffset = content.firstOffset
    let footer = bytes[header.end(timeSize: timeSize)...].drop { $0 == UInt8(ascii: "\n") }
    rule = YearlyTimeZoneRule(Array(footer.prefix { $0 != UInt8(ascii: "\n") }))
  }

  /// Seconds east of UTC at an instant. O(log transitions).
  func offset(atUTC seconds: Int64) -> Int32 {
    guard let first = transitions.first, seconds >= first else {
      return transitions.isEmpty ? rule?.offset(atUTC: seconds) ?? firstOffset : firstOffset
    }
    if let last = transitions.last, seconds >= last, let rule {
      return rule.offset(atUTC: seconds)
    }
    var (low, high) = (0, transitions.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle } else { high = middle }
    }
    return offsets[low]
  }

  /// The offsets under which clocks show a local time, in seconds counted as if it were UTC.
  ///
  /// No region changes twice within a day, so the offsets a day before and after are all that count.
  func localOffsets(at local: Int64) -> LocalOffsets {
    let before = offset(atUTC: local - TemporalLimits.secondsPerDay)
    let after = offset(atUTC: local + TemporalLimits.secondsPerDay)
    if before == after { return .one(before) }
    let beforeHolds = offset(atUTC: local - Int64(before)) == before
    let afterHolds = offset(atUTC: local - Int64(after)) == after
    switch (beforeHolds, afterHolds) {
    case (true, true): return .overlap(first: before, second: after)
    case (true, false): return .one(before)
    case (false, true): return .one(after)
    case (false, false): return .gap(before: before, after: after)
    }
  }
}

/// The counts at the head of a data block of a TZif file.
private struct ZoneFileHeader {
  var version: UInt8
  private var start: Int
  private var universalCount: Int
  private var standardCount: Int
  private var leapCount: Int
  private var transitionCount: Int
  private var typeCount: Int
  private var nameBytes: Int

  init?(_ bytes: [UInt8], at offset: Int) {
    guard offset <= bytes.count - 44, Array(bytes[offset..<offset + 4]) == Array("TZif".utf8)
    else { return nil }
    version = bytes[offset + 4]
    start = offset + 44
    var counts: [Int] = []
    for index in 0..<6 {
      let count = bytes.bigEndian(at: offset + 20 + index * 4, size: 4)
      guard count >= 0 && count <= 100_000 else { return nil }
      counts.append(Int(count))
    }
    universalCount = counts[0]
    standardCount = counts[1]
    leapCount = counts[2]
    transitionCount = counts[3]
    typeCount = counts[4]
    nameBytes = counts[5]
    let timeSize = version >= UInt8(ascii: "2") && offset > 0 ? 8 : 4
    guard typeCount > 0, end(timeSize: timeSize) <= bytes.count else { return nil }
  }

  /// The byte behind the block; `timeSize` is 4 in the first block and 8 in the second.
  func end(timeSize: Int) -> Int {
    start + transitionCount * (timeSize + 1) + typeCount * 6 + nameBytes
      + leapCount * (timeSize + 4) + standardCount + universalCount
  }

  /// Transitions and their offsets; nil when an offset is beyond 18 hours or an index is wrong.
  func content(
    of bytes: [UInt8], timeSize: Int
  ) -> (transitions: [Int64], offsets: [Int32], firstOffset: Int32)? {
    let indexStart = start + transitionCount * timeSize
    let typeStart = indexStart + transitionCount
    let types = (0..<typeCount).map {
      Int32(truncatingIfNeeded: bytes.bigEndian(at: typeStart + $0 * 6, size: 4))
    }
    let limit = TemporalLimits.maxOffset
    guard types.allSatisfy({ $0 >= -limit && $0 <= limit }) else { return nil }
    var transitions: [Int64] = []
    var offsets: [Int32] = []
    for number in 0..<transitionCount {
      let time = bytes.bigEndian(at: start + number * timeSize, size: timeSize)
      let type = Int(bytes[indexStart + number])
      guard type < typeCount, transitions.last.map({ $0 < time }) ?? true else { return nil }
      transitions.append(time)
      offsets.append(types[type])
    }
    return (transitions, offsets, types[0])
  }
}

extension [UInt8] {
  /// The signed big-endian number of 4 or 8 bytes at a position inside of the array.
  fileprivate func bigEndian(at position: Int, size: Int) -> Int64 {
    let bits = self[position..<position + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }
}
