import Dossier
import Synchronization

/// The stretches of tables that threads read apart from each other.
///
/// Where a record begins near the start of a stretch is a guess: behind the next line end that is not
/// quoted, judged by counting quotes. Whoever takes the pieces in order knows where the piece before
/// has ended, and so whether the guess was right.
struct CSVStretches {
  struct Stretch {
    var table: Int
    var start: Int
    var stop: Int
    /// Whether `start` seems to be in a quoted field.
    var isQuoted = false
  }

  private(set) var stretches: [Stretch] = []
  private let tables: [CSVTable]
  private static let sampleBytes = 1 << 16

  /// Cuts the chosen tables into stretches of about so many bytes.
  init(_ tables: [CSVTable], where isChosen: (CSVTable) -> Bool, bytes: Int, threads: Int) {
    self.tables = tables
    var quoted: [Int] = []
    for (number, table) in tables.enumerated() where isChosen(table) && table.first < table.end {
      let hasQuotes = Self.hasQuotes(table)
      var start = table.first
      while start < table.end {
        let stop = table.end - start < bytes + bytes / 2 ? table.end : start + bytes
        if hasQuotes { quoted.append(stretches.count) }
        stretches.append(Stretch(table: number, start: start, stop: stop))
        start = stop
      }
    }
    markQuoted(quoted, threads)
  }

  /// Whether a table seems to have quoted fields.
  private static func hasQuotes(_ table: CSVTable) -> Bool {
    let count = min(sampleBytes, table.end - table.first)
    return UnsafeBufferPointer(start: table.file.start + table.first, count: count)
      .contains(UInt8(ascii: "\""))
  }

  /// Finds out which stretches begin in a quoted field.
  private mutating func markQuoted(_ chosen: [Int], _ threads: Int) {
    guard !chosen.isEmpty else { return }
    var isOdd = [Bool](repeating: false, count: chosen.count)
    let next = Atomic(0)
    isOdd.withUnsafeMutableBufferPointer { isOdd in
      let isOdd = isOdd
      WorkerThreads.run(min(threads, chosen.count)) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < chosen.count else { return }
          isOdd[index] = hasOddQuotes(stretches[chosen[index]])
        }
      }
    }
    var isQuoted = false
    var table = -1
    for (place, index) in chosen.enumerated() {
      if stretches[index].table != table { isQuoted = false }
      table = stretches[index].table
      stretches[index].isQuoted = isQuoted
      if isOdd[place] { isQuoted.toggle() }
    }
  }

  private func hasOddQuotes(_ stretch: Stretch) -> Bool {
    let bytes = tables[stretch.table].file.start
    var parity: UInt8 = 0
    for index in stretch.start..<stretch.stop {
      parity ^= bytes[index] == UInt8(ascii: "\"") ? 1 : 0
    }
    return parity == 1
  }

  /// Where the first record of a stretch seems to begin; at or behind its stop when none does.
  func firstRecord(of stretch: Stretch) -> Int {
    let table = tables[stretch.table]
    let bytes = table.file.start
    var at = stretch.start
    if at > table.first && (stretch.isQuoted || !Self.isLineEnd(bytes[at - 1])) {
      var isQuoted = stretch.isQuoted
      while at < table.end && (isQuoted || !Self.isLineEnd(bytes[at])) {
        if bytes[at] == UInt8(ascii: "\"") { isQuoted.toggle() }
        at += 1
      }
    }
    while at < table.end && Self.isLineEnd(bytes[at]) { at += 1 }
    return at
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
