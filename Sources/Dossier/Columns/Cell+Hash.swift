/// Hashes that agree with `isEquivalent`.
extension Cell {
  /// The same for equivalent values, whatever their representation, and in every run.
  var hash: UInt64 {
    switch tag {
    case .null: return 0x9e37_79b9_7f4a_7c15
    case .integer: return mixHash(raw)
    case .float: return float.equivalenceHash
    case .string: return hashBytes(bytes)
    case .list, .path: return elementsHash
    case .map: return entriesHash
    case .time, .localDateTime, .dateTime:
      return mixHash(mixHash(raw) ^ UInt64(aux) &+ UInt64(tag.rawValue) << 32)
    case .duration: return durationHash
    case .boolean, .node, .relationship, .date, .localTime:
      return mixHash(raw ^ UInt64(tag.rawValue) << 56)
    }
  }

  private var elementsHash: UInt64 {
    var state = mixHash(UInt64(aux) ^ UInt64(tag.rawValue) << 56)
    for element in cells { state = mixHash(state &* 31 &+ element.hash) }
    return state
  }

  /// Does not depend on the order of the entries.
  private var entriesHash: UInt64 {
    let pairs = cells
    var sum = UInt64(aux)
    for i in stride(from: 0, to: pairs.count, by: 2) {
      sum &+= mixHash(pairs[i].hash &* 31 &+ pairs[i + 1].hash)
    }
    return mixHash(sum)
  }

  private var durationHash: UInt64 {
    let value = duration
    var state = mixHash(UInt64(bitPattern: value.months))
    state = mixHash(state ^ UInt64(bitPattern: value.days))
    state = mixHash(state ^ UInt64(bitPattern: value.seconds))
    return mixHash(state ^ UInt64(UInt32(bitPattern: value.nanoseconds)))
  }
}

extension Double {
  /// The hash of a float: that of the integer where it is one, one hash for all NaNs.
  @inline(__always) var equivalenceHash: UInt64 {
    if let integer = Int64(exactly: self) { return mixHash(UInt64(bitPattern: integer)) }
    return mixHash(isNaN ? 0x7ff8_0000_0000_0000 : bitPattern)
  }
}

/// Spreads the bits of a word over the whole word.
@inline(__always)
func mixHash(_ word: UInt64) -> UInt64 {
  var x = word &+ 0x9e37_79b9_7f4a_7c15
  x = (x ^ x >> 30) &* 0xbf58_476d_1ce4_e5b9
  x = (x ^ x >> 27) &* 0x94d0_49bb_1331_11eb
  return x ^ x >> 31
}
