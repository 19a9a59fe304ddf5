/// Cells of general pages on their way into a snapshot.
enum SnapshotCell {
  static let bytes = MemoryLayout<Cell>.stride
  static let durationBytes = MemoryLayout<DurationValue>.stride

  /// Bytes behind the page that a cell needs.
  static func payloadBytes(_ cell: Cell) -> Int {
    switch cell.tag {
    case .duration: durationBytes
    case .list: cell.cells.reduce(0) { $0 + bytes + payloadBytes($1) }
    default: 0
    }
  }

  /// Writes cells of one page.
  struct Encoder {
    let block: UnsafeMutableRawPointer
    /// Where the next payload goes, in bytes from the start of the block.
    var next: Int
    let strings: UsedStrings
    /// Regions seen so far.
    var zones: [SnapshotName]

    mutating func write(_ cell: Cell, at offset: Int) {
      switch cell.tag {
      case .string: store(.string, raw: UInt64(strings.number(cell)), aux: 0, at: offset)
      case .duration:
        store(.duration, raw: UInt64(next), aux: 0, at: offset)
        write(cell.duration)
      case .list: writeList(cell.cells, at: offset)
      case .dateTime:
        store(.dateTime, raw: cell.raw, aux: cell.aux, extra: number(of: cell), at: offset)
      default: store(cell.tag, raw: cell.raw, aux: cell.aux, at: offset)
      }
    }

    private mutating func writeList(_ elements: UnsafeBufferPointer<Cell>, at offset: Int) {
      let first = next
      store(.list, raw: UInt64(first), aux: UInt32(elements.count), at: offset)
      next += elements.count * SnapshotCell.bytes
      for (place, element) in elements.enumerated() {
        write(element, at: first + place * SnapshotCell.bytes)
      }
    }

    private func store(
      _ tag: CellTag, raw: UInt64, aux: UInt32, extra: UInt32 = 0, at offset: Int
    ) {
      let cell = Cell(tag, raw: raw, aux: aux, extra: extra)
      (block + offset).storeBytes(of: cell, as: Cell.self)
    }

    /// Field by field: the padding of a duration stays zero.
    private mutating func write(_ duration: DurationValue) {
      let target = block + next
      target.storeBytes(of: duration.months, as: Int64.self)
      target.storeBytes(of: duration.days, toByteOffset: 8, as: Int64.self)
      target.storeBytes(of: duration.seconds, toByteOffset: 16, as: Int64.self)
      target.storeBytes(of: duration.nanoseconds, toByteOffset: 24, as: Int32.self)
      next += SnapshotCell.durationBytes
    }

    private mutating func number(of cell: Cell) -> UInt32 {
      let zone = TimeZoneID(rawValue: cell.extra)
      guard let name = zone.regionName else {
        return cell.extra < TimeZoneID.firstRegion ? cell.extra : TimeZoneID.utc.rawValue
      }
      let place = zones.firstIndex { $0.bytes.elementsEqual(name.utf8) } ?? zones.count
      if place == zones.count { zones.append(SnapshotName(name.utf8)) }
      return TimeZoneID.firstRegion + UInt32(place)
    }
  }
}
