extension SnapshotCell {
  /// Checks the cells of one general page and puts addresses in them, in the order of the rows.
  ///
  /// Payloads follow each other without gaps, so none overlaps another.
  struct Decoder {
    let block: UnsafeMutableRawPointer
    /// Bytes of the block.
    let length: Int
    /// Where the next payload must be, in bytes from the start of the block.
    var next: Int
    let strings: StringDictionary
    let stringCount: Int
    let zones: [TimeZoneID]

    /// Whether a cell is null.
    func isNull(at offset: Int) -> Bool {
      word(offset) == 0 && word(offset + 8) == 0
    }

    /// Checks the value at `offset` and makes it a cell of this process; false when it is wrong.
    mutating func relocate(at offset: Int) -> Bool {
      guard !isNull(at: offset) else { return false }
      return relocate(at: offset, isElement: false)
    }

    private func word(_ offset: Int) -> UInt64 {
      (block + offset).load(as: UInt64.self)
    }

    private func store(_ cell: Cell, at offset: Int) -> Bool {
      (block + offset).storeBytes(of: cell, as: Cell.self)
      return true
    }

    private mutating func relocate(at offset: Int, isElement: Bool) -> Bool {
      let raw = word(offset)
      let aux = UInt32(truncatingIfNeeded: word(offset + 8))
      let extra = UInt32(truncatingIfNeeded: word(offset + 8) >> 40)
      guard let tag = CellTag(rawValue: UInt8(truncatingIfNeeded: word(offset + 8) >> 32)),
        tag == .dateTime || extra == 0
      else { return false }
      switch tag {
      case .null: return raw == 0 && aux == 0
      case .boolean: return raw <= 1 && aux == 0
      case .integer, .float: return aux == 0
      case .string:
        guard raw < UInt64(stringCount), aux == 0 else { return false }
        return store(strings.cell(UInt32(truncatingIfNeeded: raw)), at: offset)
      case .duration: return aux == 0 && relocateDuration(raw, at: offset)
      case .list: return !isElement && relocateList(raw, aux, at: offset)
      case .map, .node, .relationship, .path: return false
      case .dateTime: return relocateDateTime(raw, aux, extra, at: offset)
      default: return Self.isTemporal(tag, Int64(bitPattern: raw), Int32(bitPattern: aux))
      }
    }

    private mutating func relocateList(_ raw: UInt64, _ count: UInt32, at offset: Int) -> Bool {
      let first = next
      guard raw == UInt64(first), Int(count) <= (length - first) / SnapshotCell.bytes else {
        return false
      }
      next += Int(count) * SnapshotCell.bytes
      for place in 0..<Int(count) {
        guard relocate(at: first + place * SnapshotCell.bytes, isElement: true) else {
          return false
        }
      }
      return store(
        Cell(.list, raw: UInt64(UInt(bitPattern: block + first)), aux: count), at: offset)
    }

    private mutating func relocateDuration(_ raw: UInt64, at offset: Int) -> Bool {
      let first = next
      guard raw == UInt64(first), length - first >= SnapshotCell.durationBytes else { return false }
      next += SnapshotCell.durationBytes
      let nanoseconds = (block + first).load(fromByteOffset: 24, as: Int32.self)
      guard (0..<1_000_000_000).contains(nanoseconds) else { return false }
      return store(Cell(.duration, raw: UInt64(UInt(bitPattern: block + first))), at: offset)
    }

    private func relocateDateTime(
      _ raw: UInt64, _ nanosecond: UInt32, _ extra: UInt32, at offset: Int
    ) -> Bool {
      let margin = Int64(TemporalLimits.maxOffset)
      let seconds = Int64(bitPattern: raw)
      guard seconds >= TemporalLimits.minSecond - margin,
        seconds <= TemporalLimits.maxSecond + margin, nanosecond < 1_000_000_000
      else { return false }
      guard extra >= TimeZoneID.firstRegion else { return true }
      let place = Int(extra - TimeZoneID.firstRegion)
      guard place < zones.count else { return false }
      return store(
        Cell(.dateTime, raw: raw, aux: nanosecond, extra: zones[place].rawValue), at: offset)
    }

    /// Whether a value without a zone table is in the calendar and on the clock.
    private static func isTemporal(_ tag: CellTag, _ raw: Int64, _ aux: Int32) -> Bool {
      switch tag {
      case .date:
        return aux == 0 && raw >= TemporalLimits.minDay && raw <= TemporalLimits.maxDay
      case .localTime:
        return aux == 0 && (0..<TemporalLimits.nanosecondsPerDay).contains(raw)
      case .time:
        return (0..<TemporalLimits.nanosecondsPerDay).contains(raw)
          && aux.magnitude <= TemporalLimits.maxOffset
      case .localDateTime:
        return (0..<1_000_000_000).contains(aux) && raw >= TemporalLimits.minSecond
          && raw <= TemporalLimits.maxSecond
      default: return false
      }
    }
  }
}
