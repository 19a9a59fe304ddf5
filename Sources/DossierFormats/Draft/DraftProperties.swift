import Dossier
import DossierSyntax

/// The way of a draft's properties into a graph, by blocks of rows.
///
/// Elements whose ids follow each other are the rows of a block. Of each key that many rows of a block
/// have, with values of one type, the values are copied into a run and set at once; all others are set
/// one by one, in the order in which they were given. So a key with few values costs no column.
struct DraftProperties {
  /// The elements of a block: rows from an id on.
  private enum Rows {
    case nodes(NodeID)
    case relationships(RelationshipID)
  }

  /// What is known of a key in a block.
  private struct Column {
    var count: UInt32 = 0
    /// The types of the values; a bit each.
    var types: UInt8 = 0
    /// Whether the values are set as a run.
    var isRun = false
    /// Where the key's entries end so far.
    var end: UInt32 = 0
  }

  private struct Entry {
    var row: UInt32
    var property: UInt32
  }

  private static let rows = 4_096
  /// Fewer values than this are set one by one.
  private static let least = 16

  private let draft: GraphDraft
  private let names: DraftNames
  /// By key.
  private var columns: [Column]
  /// The keys of the block, in the order of their first mention.
  private var keys: [UInt32] = []
  /// The first property of each row of the block.
  private var chains: [UInt32] = []
  /// The values that are set as runs, by key.
  private var entries: [Entry] = []
  private var words: [UInt64] = []
  private var valid: [UInt64] = []

  init(_ draft: GraphDraft, _ names: DraftNames) {
    self.draft = draft
    self.names = names
    columns = Array(repeating: Column(), count: draft.keyNames.count)
  }

  /// Sets the properties of the nodes with these numbers of the draft, whose ids follow each other
  /// from `first` on. Bad records: `invalidPropertyType`.
  mutating func add(
    ofNodes numbers: [UInt32], from first: NodeID, to builder: inout GraphBuilder,
    _ bad: inout BadRecords
  ) throws(QueryError) {
    var start = 0
    while start < numbers.count {
      let end = min(start + Self.rows, numbers.count)
      chains.removeAll(keepingCapacity: true)
      for index in start..<end { chains.append(draft.nodes[Int(numbers[index])].chain.first) }
      let id = NodeID(rawValue: first.rawValue &+ UInt32(truncatingIfNeeded: start))
      try addBlock(.nodes(id), to: &builder, &bad)
      start = end
    }
  }

  /// The same for all relationships.
  mutating func addOfRelationships(
    from first: RelationshipID, to builder: inout GraphBuilder, _ bad: inout BadRecords
  ) throws(QueryError) {
    var start = 0
    while start < draft.relationships.count {
      let end = min(start + Self.rows, draft.relationships.count)
      chains.removeAll(keepingCapacity: true)
      for index in start..<end { chains.append(draft.relationships[index].chain.first) }
      let id = RelationshipID(rawValue: first.rawValue &+ UInt32(truncatingIfNeeded: start))
      try addBlock(.relationships(id), to: &builder, &bad)
      start = end
    }
  }

  // MARK: Blocks

  private mutating func addBlock(
    _ rows: Rows, to builder: inout GraphBuilder, _ bad: inout BadRecords
  ) throws(QueryError) {
    survey()
    arrange()
    try distribute(rows, to: &builder, &bad)
    for key in keys {
      if columns[Int(key)].isRun { try addRun(key, rows, to: &builder) }
      columns[Int(key)] = Column()
    }
    keys.removeAll(keepingCapacity: true)
  }

  /// Counts the values of each key and notes their types.
  private mutating func survey() {
    for first in chains {
      var each = first
      while each != GraphDraft.none {
        let property = draft.properties[Int(each)]
        let key = Int(property.key)
        if columns[key].count == 0 { keys.append(property.key) }
        columns[key].count &+= 1
        columns[key].types |= type(property.value)
        each = property.next
      }
    }
  }

  /// Chooses the keys that are set as runs and gives each its place among the entries.
  private mutating func arrange() {
    var end = 0
    for key in keys {
      let column = columns[Int(key)]
      guard column.count >= Self.least, column.types.nonzeroBitCount == 1,
        column.types != Self.general
      else { continue }
      columns[Int(key)].isRun = true
      columns[Int(key)].end = UInt32(truncatingIfNeeded: end)
      end += Int(column.count)
    }
    if entries.count < end {
      let more = end - entries.count
      entries.append(contentsOf: repeatElement(Entry(row: 0, property: 0), count: more))
    }
  }

  /// Puts the values of runs in the order of their keys, and sets all others.
  private mutating func distribute(
    _ rows: Rows, to builder: inout GraphBuilder, _ bad: inout BadRecords
  ) throws(QueryError) {
    for row in chains.indices {
      var each = chains[row]
      while each != GraphDraft.none {
        let property = draft.properties[Int(each)]
        let key = Int(property.key)
        if columns[key].isRun {
          entries[Int(columns[key].end)] = Entry(
            row: UInt32(truncatingIfNeeded: row), property: each)
          columns[key].end &+= 1
        } else {
          try draft.located(at: property.place, &bad) { () throws(QueryError) in
            try set(property, UInt32(truncatingIfNeeded: row), rows, &builder)
          }
        }
        each = property.next
      }
    }
  }

  private func set(
    _ property: GraphDraft.Property, _ row: UInt32, _ rows: Rows, _ builder: inout GraphBuilder
  ) throws(QueryError) {
    let key = names.keys[Int(property.key)]
    let value = draft.input(property.value)
    switch rows {
    case .nodes(let first):
      try builder.setProperty(NodeID(rawValue: first.rawValue &+ row), key, value)
    case .relationships(let first):
      try builder.setProperty(RelationshipID(rawValue: first.rawValue &+ row), key, value)
    }
  }

  // MARK: Runs

  private mutating func addRun(
    _ key: UInt32, _ rows: Rows, to builder: inout GraphBuilder
  ) throws(QueryError) {
    let column = columns[Int(key)]
    let range = Int(column.end - column.count)..<Int(column.end)
    let count = chains.count
    var words: [UInt64] = []
    swap(&words, &self.words)
    defer { swap(&words, &self.words) }
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: repeatElement(0, count: count))
    valid.removeAll(keepingCapacity: true)
    valid.append(contentsOf: repeatElement(0, count: (count + 63) >> 6))
    for entry in entries[range] { valid[Int(entry.row >> 6)] |= 1 << UInt64(entry.row & 63) }
    let added = words.withUnsafeMutableBytes { bytes in
      valid.withUnsafeBufferPointer { valid in
        Result { () throws(QueryError) in
          let run = fill(bytes, column.types, entries[range], count, builder)
          guard let run else { return }
          let key = names.keys[Int(key)]
          let isFull = range.count == count
          switch rows {
          case .nodes(let first):
            try builder.setProperties(from: first, key, to: run, valid: isFull ? nil : valid)
          case .relationships(let first):
            try builder.setProperties(from: first, key, to: run, valid: isFull ? nil : valid)
          }
        }
      }
    }
    try added.get()
  }

  /// The values of a run, copied to their rows; nil for values that are set one by one.
  private func fill(
    _ bytes: UnsafeMutableRawBufferPointer, _ type: UInt8, _ entries: ArraySlice<Entry>,
    _ count: Int, _ builder: GraphBuilder
  ) -> PropertyRun? {
    switch type {
    case Self.boolean:
      let values = bytes.bindMemory(to: UInt8.self)
      copy(entries) { row, value in
        if case .boolean(let value) = value { values[row] = value ? 1 : 0 }
      }
      return .booleans(UnsafeBufferPointer(rebasing: values[..<count]))
    case Self.integer:
      let values = bytes.bindMemory(to: Int64.self)
      copy(entries) { row, value in
        if case .integer(let value) = value { values[row] = value }
      }
      return .integers(UnsafeBufferPointer(rebasing: values[..<count]))
    case Self.float:
      let values = bytes.bindMemory(to: Double.self)
      copy(entries) { row, value in
        if case .float(let value) = value { values[row] = value }
      }
      return .floats(UnsafeBufferPointer(rebasing: values[..<count]))
    case Self.date:
      let values = bytes.bindMemory(to: Int64.self)
      copy(entries) { row, value in
        if case .other(let index) = value, case .date(let date) = draft.values[Int(index)] {
          values[row] = date.daysSinceEpoch
        }
      }
      return .dates(UnsafeBufferPointer(rebasing: values[..<count]))
    case Self.string:
      let values = bytes.bindMemory(to: UInt32.self)
      let batch = StringBatch()
      copy(entries) { row, value in
        if case .string(let text) = value {
          values[row] = batch.add(text.start, count: Int(text.count))
        }
      }
      let ids = builder.intern(batch)
      for entry in entries { values[Int(entry.row)] = ids[Int(values[Int(entry.row)])] }
      return .strings(UnsafeBufferPointer(rebasing: values[..<count]))
    default: return nil
    }
  }

  @inline(__always)
  private func copy(
    _ entries: ArraySlice<Entry>, _ body: (_ row: Int, GraphDraft.PropertyValue) -> Void
  ) {
    for entry in entries {
      body(Int(entry.row), draft.properties[Int(entry.property)].value)
    }
  }

  // MARK: Types

  private static let boolean: UInt8 = 1
  private static let integer: UInt8 = 2
  private static let float: UInt8 = 4
  private static let string: UInt8 = 8
  private static let date: UInt8 = 16
  private static let general: UInt8 = 32

  private func type(_ value: GraphDraft.PropertyValue) -> UInt8 {
    switch value {
    case .boolean: return Self.boolean
    case .integer: return Self.integer
    case .float: return Self.float
    case .string: return Self.string
    case .other(let index):
      if case .date = draft.values[Int(index)] { return Self.date }
      return Self.general
    case .null: return Self.general
    }
  }
}
