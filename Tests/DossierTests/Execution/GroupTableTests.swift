import DossierSyntax
import Testing

@testable import Dossier

/// The table of groups gives the numbers that a dictionary gives, however keys lie to each other.
@Suite struct GroupTableTests {
  private static func scattered(_ i: Int) -> Int64 {
    Int64(truncatingIfNeeded: UInt64(i) &* 0x9E37_79B9_7F4A_7C15 >> 20)
  }

  /// Each a sequence of 9,000 keys.
  static let keys: [(name: String, key: @Sendable (Int) -> Int64?)] = [
    ("ascending", { Int64($0) }),
    ("descending", { 100_000 - Int64($0) }),
    ("few", { Int64($0 % 5) }),
    ("far from 0", { 7_000_000_000 + Int64($0 % 4_000) }),
    ("negative", { Int64($0 % 3_000) - 1_500 }),
    ("scattered", { scattered($0 % 2_500) }),
    ("near, then scattered", { $0 < 4_000 ? Int64($0 % 900) : scattered($0 % 700) % 50_000 }),
    ("scattered, then near", { $0 < 1_000 ? scattered($0) % 40_000 : Int64($0 * 5 % 40_000) }),
    ("growing at both ends", { Int64($0 % 2 == 0 ? $0 : -$0) * 3 }),
    ("at the limits", { [.max, .min, .max - 3, .min + 3, 0, -1][$0 % 6] }),
    ("up to the limit", { .max - 9_000 + Int64($0) }),
    ("down to the limit", { .min + 9_000 - Int64($0) }),
    ("with null", { $0 % 7 == 3 ? nil : Int64($0 % 1_000) }),
  ]

  @Test(arguments: 0..<keys.count, [1, 100, 2_048])
  func numbersIntegersInTheirOrder(_ index: Int, _ rows: Int) throws {
    let (name, key) = Self.keys[index]
    let table = GroupTable(keyCount: 1)
    var expected: [Int64?: UInt32] = [:]
    var groups = [UInt32](repeating: 0, count: rows)
    for start in stride(from: 0, to: 9_000, by: rows) {
      let values = (start..<min(start + rows, 9_000)).map(key)
      let column = Column(.integer, count: values.count, nullable: values.contains(nil))
      for (row, value) in values.enumerated() {
        column.integers[row] = value ?? 17
        if value != nil { column.setValid(row) }
      }
      try Self.assign(column, table, &groups)
      for (row, value) in values.enumerated() {
        let number = expected[value] ?? UInt32(expected.count)
        expected[value] = number
        try #require(groups[row] == number, "\(name), row \(start + row)")
      }
    }
    #expect(table.count == expected.count)
    let column = table.keyColumns[0]
    for (value, number) in expected {
      #expect(column.isValid(Int(number)) == (value != nil))
      if let value { #expect(column.cell(Int(number)).integer == value) }
    }
  }

  @Test(arguments: 0..<keys.count) func goesOverToCells(_ index: Int) throws {
    let key = Self.keys[index].key
    let table = GroupTable(keyCount: 1)
    var groups = [UInt32](repeating: 0, count: 1_500)
    let values = (0..<1_500).map(key)
    let column = Column(.integer, count: values.count, nullable: true)
    let cells = Column(.cell, count: values.count)
    for (row, value) in values.enumerated() {
      column.integers[row] = value ?? 0
      if value != nil { column.setValid(row) }
      cells.cells[row] = value.map { Cell($0) } ?? .null
    }
    try Self.assign(column, table, &groups)
    let before = groups
    try Self.assign(cells, table, &groups)
    #expect(groups == before)
  }

  @Test func numbersIDsInTheirOrder() throws {
    let table = GroupTable(keyCount: 1)
    var expected: [UInt32: UInt32] = [:]
    var groups = [UInt32](repeating: 0, count: 64)
    for batch in 0..<400 {
      let ids = (0..<64).map { i in
        batch % 3 == 0
          ? UInt32.max - 5_000 + UInt32(i * 70)
          : UInt32(truncatingIfNeeded: Self.scattered(batch * 40 + i) & 0x3f_ffff)
      }
      try Self.assign(Column(ids: ids, .node), table, &groups)
      for (row, id) in ids.enumerated() {
        let number = expected[id] ?? UInt32(expected.count)
        expected[id] = number
        try #require(groups[row] == number)
      }
    }
    #expect(table.count == expected.count)
  }

  private static func assign(
    _ column: Column, _ table: GroupTable, _ groups: inout [UInt32]
  ) throws {
    try groups.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      try table.assign([column], count: column.count, into: base, Arena())
    }
  }
}
