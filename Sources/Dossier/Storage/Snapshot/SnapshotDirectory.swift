/// What a snapshot says about its graph apart from the pages: counts, names, and where blocks are.
struct SnapshotDirectory {
  var nodeCount = 0
  var relationshipCount = 0
  var nodeIDBound = 0
  var relationshipIDBound = 0
  /// How many versions were published before this one.
  var commitNumber: UInt64 = 0
  /// When the version was published, in microseconds since 1970-01-01T00:00Z; 0 for unknown.
  var commitTime: Int64 = 0
  /// The bytes that opening writes to, private to the process: general pages, then the hash table.
  var writableOffset = 0
  var writableEnd = 0

  var labels: [SnapshotName] = []
  var relationshipTypes: [SnapshotName] = []
  var propertyKeys: [SnapshotName] = []
  /// Regions that zoned times refer to by their place here.
  var timeZones: [SnapshotName] = []

  var labelCounts: [Int] = []
  var typeCounts: [Int] = []
  var statistics: [RelationshipStatistics] = []

  var stringCount = 0
  /// Bytes of the strings, a block for each 8,192 strings.
  var stringBytes: [SnapshotBlock] = []
  /// Entries of the dictionary, contiguous, a block for each 8,192 strings.
  var stringEntries: [SnapshotBlock] = []
  /// The dictionary's hash table, contiguous.
  var stringSlots: [SnapshotBlock] = []

  var nodePages: [SnapshotPage] = []
  var relationshipPages: [SnapshotPage] = []
  /// By property key; no pages for a property that no element has.
  var nodeColumns: [[SnapshotPage]] = []
  var relationshipColumns: [[SnapshotPage]] = []
  /// By relationship type.
  var outgoing: [[SnapshotPage]] = []
  var incoming: [[SnapshotPage]] = []
  /// The two properties that hold valid time; empty for the usual ones.
  var validTimeKeys: [SnapshotName] = []
  /// The property of modes, then the relationship types that lead to sources; empty for the usual
  /// ones.
  var provenanceNames: [SnapshotName] = []
}

// MARK: - Words

/// A directory, or a part of it, that is a row of 64-bit words in a file.
protocol SnapshotWords {
  func write(to words: inout [UInt64])
  init(from words: inout SnapshotWordReader) throws(SnapshotDamage)
}

/// Why a snapshot is refused.
struct SnapshotDamage: Error {
  /// Goes on after "the file is damaged:".
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Reads words one after the other and never beyond the last.
struct SnapshotWordReader {
  private let words: UnsafeBufferPointer<UInt64>
  private var position = 0

  init(_ words: UnsafeBufferPointer<UInt64>) { self.words = words }

  var isAtEnd: Bool { position == words.count }

  mutating func next() throws(SnapshotDamage) -> UInt64 {
    guard position < words.count else { throw SnapshotDamage("its directory ends early") }
    defer { position += 1 }
    return words[position]
  }

  /// A number that is no larger than `limit`.
  mutating func number(upTo limit: Int = Int.max) throws(SnapshotDamage) -> Int {
    let word = try next()
    guard word <= UInt64(limit) else {
      throw SnapshotDamage("its directory has a number out of range")
    }
    return Int(word)
  }

  /// A count of items of at least one word each, so that no array is made for words that are not
  /// there.
  mutating func count() throws(SnapshotDamage) -> Int {
    try number(upTo: words.count - position)
  }

  mutating func bytes() throws(SnapshotDamage) -> [UInt8] {
    let count = try number(upTo: (words.count - position) * 8)
    let length = (count + 7) / 8
    guard length <= words.count - position else {
      throw SnapshotDamage("its directory ends early")
    }
    let source = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: words[position...]))
    position += length
    return Array(source.prefix(count))
  }
}

extension Array: SnapshotWords where Element: SnapshotWords {
  func write(to words: inout [UInt64]) {
    words.append(UInt64(count))
    for element in self { element.write(to: &words) }
  }

  init(from words: inout SnapshotWordReader) throws(SnapshotDamage) {
    let count = try words.count()
    self.init()
    reserveCapacity(count)
    for _ in 0..<count { append(try Element(from: &words)) }
  }
}

extension Int: SnapshotWords {
  func write(to words: inout [UInt64]) { words.append(UInt64(bitPattern: Int64(self))) }

  init(from words: inout SnapshotWordReader) throws(SnapshotDamage) {
    self = try words.number()
  }
}

/// A name in UTF-8, preceded by its length in bytes and filled up with zeros.
struct SnapshotName: SnapshotWords {
  var bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  func write(to words: inout [UInt64]) {
    words.append(UInt64(bytes.count))
    for first in stride(from: 0, to: bytes.count, by: 8) {
      var word: UInt64 = 0
      withUnsafeMutableBytes(of: &word) { target in
        target.copyBytes(from: bytes[first..<min(first + 8, bytes.count)])
      }
      words.append(word)
    }
  }

  init(from words: inout SnapshotWordReader) throws(SnapshotDamage) {
    bytes = try words.bytes()
  }
}

extension SnapshotBlock: SnapshotWords {
  func write(to words: inout [UInt64]) {
    words += [UInt64(offset), UInt64(length), checksum]
  }

  init(from words: inout SnapshotWordReader) throws(SnapshotDamage) {
    offset = try words.number(upTo: 1 << 56)
    length = try words.number(upTo: 1 << 56)
    checksum = try words.next()
  }
}

extension SnapshotPage: SnapshotWords {
  func write(to words: inout [UInt64]) {
    words.append(UInt64(index))
    block.write(to: &words)
  }

  init(from words: inout SnapshotWordReader) throws(SnapshotDamage) {
    index = try words.number(upTo: Graph.elementLimit >> Page.shift)
    block = try SnapshotBlock(from: &words)
  }
}

extension RelationshipStatistics: SnapshotWords {
  func write(to words: inout [UInt64]) {
    loops.write(to: &words)
    Array(startLabels).write(to: &words)
    Array(endLabels).write(to: &words)
  }

  init(from words: inout SnapshotWordReader) throws(SnapshotDamage) {
    self.init()
    loops = try words.number()
    startLabels = ContiguousArray(try [Int](from: &words))
    endLabels = ContiguousArray(try [Int](from: &words))
  }
}

extension SnapshotDirectory: SnapshotWords {
  func write(to words: inout [UInt64]) {
    for number in [nodeCount, relationshipCount, nodeIDBound, relationshipIDBound] {
      number.write(to: &words)
    }
    words += [commitNumber, UInt64(bitPattern: commitTime)]
    for number in [writableOffset, writableEnd] { number.write(to: &words) }
    for names in [labels, relationshipTypes, propertyKeys, timeZones] { names.write(to: &words) }
    for counts in [labelCounts, typeCounts] { counts.write(to: &words) }
    statistics.write(to: &words)
    stringCount.write(to: &words)
    for blocks in [stringBytes, stringEntries, stringSlots] { blocks.write(to: &words) }
    for pages in [nodePages, relationshipPages] { pages.write(to: &words) }
    for tables in [nodeColumns, relationshipColumns, outgoing, incoming] {
      tables.write(to: &words)
    }
    if validTimeKeys.isEmpty, provenanceNames.isEmpty { return }
    validTimeKeys.write(to: &words)
    if !provenanceNames.isEmpty { provenanceNames.write(to: &words) }
  }

  init(from words: inout SnapshotWordReader) throws(SnapshotDamage) {
    nodeCount = try words.number(upTo: Graph.elementLimit)
    relationshipCount = try words.number(upTo: Graph.elementLimit)
    nodeIDBound = try words.number(upTo: Graph.elementLimit)
    relationshipIDBound = try words.number(upTo: Graph.elementLimit)
    commitNumber = UInt64(try words.number())
    commitTime = Int64(bitPattern: try words.next())
    writableOffset = try words.number()
    writableEnd = try words.number()
    labels = try Array(from: &words)
    relationshipTypes = try Array(from: &words)
    propertyKeys = try Array(from: &words)
    timeZones = try Array(from: &words)
    labelCounts = try Array(from: &words)
    typeCounts = try Array(from: &words)
    statistics = try Array(from: &words)
    stringCount = try words.number(upTo: Int(UInt32.max) - 64)
    stringBytes = try Array(from: &words)
    stringEntries = try Array(from: &words)
    stringSlots = try Array(from: &words)
    nodePages = try Array(from: &words)
    relationshipPages = try Array(from: &words)
    nodeColumns = try Array(from: &words)
    relationshipColumns = try Array(from: &words)
    outgoing = try Array(from: &words)
    incoming = try Array(from: &words)
    if !words.isAtEnd {
      validTimeKeys = try Array(from: &words)
      guard validTimeKeys.count == 2 || validTimeKeys.isEmpty && !words.isAtEnd else {
        throw SnapshotDamage("it does not have two properties for valid time")
      }
    }
    if !words.isAtEnd {
      provenanceNames = try Array(from: &words)
      guard provenanceNames.count >= 2 else {
        throw SnapshotDamage("it has no relationship type for sources")
      }
    }
    guard words.isAtEnd else { throw SnapshotDamage("its directory has more than it should") }
  }
}
