import Dossier

/// The values of one column in the records of a piece, by row.
///
/// Memory is owned by the piece. A row without a value holds zero and has no bit in `valid`.
struct CSVColumnStore {
  /// How fields become values.
  enum Kind: UInt8 {
    case ignored
    /// `UInt32`, numbers of `strings`
    case string
    /// `Int64`
    case integer
    /// `Double`
    case float
    /// `UInt8`
    case boolean
    /// `Int64` days
    case date
    /// Lists and temporal values; they stand in the piece
    case value
    /// `Int64`: a number, or a number of the piece's texts where `textual` has a bit
    case identifier
    /// An identifier that is a property of a declared type too
    case typedIdentifier
    /// One of several columns that together are an identifier
    case part
    /// `Int64`: a number, or a node where `textual` has a bit; `UInt32` nodes in the end
    case start
    case end
    /// Labels, or the type; runs of equal ones stand in the piece
    case name

    /// The kind of a property column.
    init(_ column: CSVHeader.Column) {
      if column.isArray {
        self = .value
        return
      }
      switch column.type {
      case .string: self = .string
      case .integer: self = .integer
      case .float: self = .float
      case .boolean: self = .boolean
      case .temporal(.date): self = .date
      case .temporal: self = .value
      }
    }

    /// Whether values are identifiers.
    var hasTexts: Bool { self == .identifier || self == .start || self == .end }

    /// Bytes of one value.
    var stride: Int {
      switch self {
      case .ignored, .value, .name, .part, .typedIdentifier: 0
      case .boolean: 1
      case .string: 4
      case .integer, .float, .date, .identifier, .start, .end: 8
      }
    }
  }

  var kind: Kind
  /// The kind of the property's values; differs from `kind` for identifiers.
  var valueKind: Kind
  var values: UnsafeMutableRawPointer
  var valid: UnsafeMutablePointer<UInt64>
  var textual: UnsafeMutablePointer<UInt64>
  var validCount = 0
  var strings: Unmanaged<StringBatch>?

  init(_ kind: Kind, valueKind: Kind, capacity: Int) {
    self.kind = kind
    self.valueKind = valueKind
    (values, valid, textual) = Self.memory(valueKind, capacity)
  }

  private static func memory(
    _ kind: Kind, _ capacity: Int
  ) -> (UnsafeMutableRawPointer, UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>) {
    let words = kind.stride == 0 ? 0 : (capacity + 63) >> 6
    let valid = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
    valid.initialize(repeating: 0, count: words)
    let textWords = kind.hasTexts ? words : 0
    let textual = UnsafeMutablePointer<UInt64>.allocate(capacity: textWords)
    textual.initialize(repeating: 0, count: textWords)
    return (.allocate(byteCount: capacity * kind.stride, alignment: 16), valid, textual)
  }

  func deallocate() {
    values.deallocate()
    valid.deallocate()
    textual.deallocate()
  }

  /// Makes room for more rows.
  mutating func grow(from old: Int, to new: Int) {
    let stride = valueKind.stride
    guard stride > 0 else { return }
    let larger = Self.memory(valueKind, new)
    let words = (old + 63) >> 6
    larger.0.copyMemory(from: values, byteCount: old * stride)
    larger.1.update(from: valid, count: words)
    if valueKind.hasTexts { larger.2.update(from: textual, count: words) }
    deallocate()
    (values, valid, textual) = larger
  }

  @inline(__always)
  func integers() -> UnsafeMutablePointer<Int64> { values.assumingMemoryBound(to: Int64.self) }

  @inline(__always)
  func numbers() -> UnsafeMutablePointer<UInt32> { values.assumingMemoryBound(to: UInt32.self) }

  @inline(__always)
  mutating func markValid(_ row: Int) {
    valid[row >> 6] |= 1 << UInt64(row & 63)
    validCount &+= 1
  }

  /// Takes back the marks of a row that is given up.
  mutating func unmark(_ row: Int) {
    guard valueKind.stride > 0 else { return }
    let bit: UInt64 = 1 << UInt64(row & 63)
    if valid[row >> 6] & bit != 0 { validCount -= 1 }
    valid[row >> 6] &= ~bit
    if valueKind.hasTexts { textual[row >> 6] &= ~bit }
  }

  func isValid(_ row: Int) -> Bool { valid[row >> 6] >> UInt64(row & 63) & 1 != 0 }
  func isTextual(_ row: Int) -> Bool { textual[row >> 6] >> UInt64(row & 63) & 1 != 0 }
}
