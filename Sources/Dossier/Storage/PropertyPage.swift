import Glibc

/// The values of one property in 2,048 rows, all of one kind where that is so.
///
///     0     kind (UInt8); at 8: how many rows have a value (Int)
///     64    validity bitmap                                     256 bytes
///     320   2,048 values: Int64 ¦ Double ¦ UInt8 ¦ UInt32 string ids ¦ Int64 days ¦ Cell
///
/// A row without a value holds zero, in a general page null. A write of a value of another kind
/// turns the page into a general one; a page that loses its last value is of kind `absent` again.
/// In general pages lists and durations live in `payloads`.
final class PropertyPage: StoredPage, @unchecked Sendable {
  typealias Kind = PropertyReader.Kind

  static let validityOffset = 64
  static let valuesOffset = 320

  private var base: UnsafeMutableRawPointer
  /// By row; empty when no value of the page needs one.
  private var payloads: ContiguousArray<PropertyPayload?> = []
  /// Whoever owns the memory of a borrowed page.
  private let owner: AnyObject?
  /// Whoever owns lists and durations that are not in `payloads`.
  private var payloadOwner: AnyObject?

  init() {
    base = Self.allocate(.absent)
    owner = nil
  }

  /// A page in memory that `owner` keeps alive and that is never written; what its cells point to
  /// lives as long.
  init(borrowing address: UnsafeMutableRawPointer, owner: AnyObject) {
    base = address
    self.owner = owner
    payloadOwner = owner
  }

  init(copying other: PropertyPage) {
    owner = nil
    let bytes = Self.bytes(other.kind)
    base = .allocate(byteCount: bytes, alignment: 16)
    base.copyMemory(from: other.base, byteCount: bytes)
    payloads = other.payloads
    if other.kind == .general { payloadOwner = other.payloadOwner }
  }

  deinit {
    if owner == nil { base.deallocate() }
  }

  var address: UnsafeRawPointer { UnsafeRawPointer(base) }
  var isBorrowed: Bool { owner != nil }

  /// Wide enough for a reader of any kind.
  nonisolated(unsafe) static let absentAddress: UnsafeRawPointer = {
    let memory = allocate(.general)
    memory.storeBytes(of: Kind.absent, as: Kind.self)
    return UnsafeRawPointer(memory)
  }()

  static func bytes(_ kind: Kind) -> Int { valuesOffset + Page.rows * kind.stride }

  /// Memory that is all zero. Fresh memory is not touched, so that a page with few values takes up
  /// only what is near them.
  private static func allocate(_ kind: Kind) -> UnsafeMutableRawPointer {
    let size = bytes(kind)
    let memory = calloc(1, size) ?? .allocate(byteCount: size, alignment: 16)
    memory.storeBytes(of: kind, as: Kind.self)
    return memory
  }

  // MARK: Reading

  var kind: Kind { base.load(as: Kind.self) }

  /// How many rows have a value.
  private(set) var count: Int {
    get { base.load(fromByteOffset: 8, as: Int.self) }
    set { base.storeBytes(of: newValue, toByteOffset: 8, as: Int.self) }
  }

  private var validity: UnsafeMutablePointer<UInt64> {
    (base + Self.validityOffset).assumingMemoryBound(to: UInt64.self)
  }

  private var values: UnsafeMutableRawPointer { base + Self.valuesOffset }

  func contains(_ row: Int) -> Bool { Bitmap.contains(validity, row) }

  // MARK: Writing; the page is uniquely referenced, and refreshed in its directory afterwards

  /// Gives a row a value; returns whether it had none before.
  func set(_ row: Int, _ value: StoredValue, strings: StringDictionary) -> Bool {
    let isNew = !contains(row)
    if kind != value.kind { adapt(row, to: value.kind, strings) }
    switch kind {
    case .absent: return false
    case .general:
      values.assumingMemoryBound(to: Cell.self)[row] = value.cell(strings: strings)
      setPayload(row, value)
    default: store(row, value)
    }
    if Bitmap.insert(validity, row) { count &+= 1 }
    return isNew
  }

  /// Takes the value of a row away; returns whether it had one.
  func remove(_ row: Int) -> Bool {
    guard Bitmap.remove(validity, row) else { return false }
    count &-= 1
    if count == 0 {
      become(.absent)
      return true
    }
    switch kind {
    case .absent: break
    case .general:
      values.assumingMemoryBound(to: Cell.self)[row] = .null
      if !payloads.isEmpty { payloads[row] = nil }
    case .integer, .float, .date: values.assumingMemoryBound(to: Int64.self)[row] = 0
    case .string: values.assumingMemoryBound(to: UInt32.self)[row] = 0
    case .boolean: values.assumingMemoryBound(to: UInt8.self)[row] = 0
    }
    return true
  }

  /// Gives the rows `first ..< first + count` values of the page's own kind, bit by bit as in
  /// memory; rows whose bit (from `validFrom` on) is 0 are passed over. Returns how many are new.
  ///
  /// The kind is not general, and the page's own or the page is absent.
  func fill(
    _ kind: Kind, first: Int, count run: Int, from source: UnsafeRawPointer,
    valid: UnsafePointer<UInt64>?, validFrom: Int
  ) -> Int {
    if self.kind == .absent { become(kind) }
    let before = count
    if let valid {
      fillValid(first: first, count: run, from: source, valid: valid, validFrom: validFrom)
      if count == 0 { become(.absent) }
    } else {
      (values + first * kind.stride).copyMemory(from: source, byteCount: run * kind.stride)
      Bitmap.insertRun(validity, first: first, count: run)
      count = Bitmap.count(validity)
    }
    return count - before
  }

  /// Copies the values whose bit is set, in stretches.
  private func fillValid(
    first: Int, count run: Int, from source: UnsafeRawPointer, valid: UnsafePointer<UInt64>,
    validFrom: Int
  ) {
    let stride = kind.stride
    var row = 0
    while row < run {
      var end = row
      while end < run && Bitmap.contains(valid, validFrom + end) { end &+= 1 }
      if end > row {
        (values + (first + row) * stride).copyMemory(
          from: source + row * stride, byteCount: (end - row) * stride)
        Bitmap.insertRun(validity, first: first + row, count: end - row)
      }
      row = end + 1
    }
    count = Bitmap.count(validity)
  }

  /// Makes room for a value of another kind in `row`.
  private func adapt(_ row: Int, to new: Kind, _ strings: StringDictionary) {
    if kind == .absent || (count == 1 && contains(row)) {
      become(new)
    } else if kind != .general {
      generalize(strings)
    }
  }

  /// Drops all values and is of another kind then.
  private func become(_ new: Kind) {
    base.deallocate()
    base = Self.allocate(new)
    payloads = []
    payloadOwner = nil
  }

  private func generalize(_ strings: StringDictionary) {
    let old = address
    let larger = Self.allocate(.general)
    larger.storeBytes(of: count, toByteOffset: 8, as: Int.self)
    (larger + Self.validityOffset).copyMemory(
      from: old + Self.validityOffset, byteCount: Page.bitmapBytes)
    let cells = (larger + Self.valuesOffset).assumingMemoryBound(to: Cell.self)
    for row in 0..<Page.rows where contains(row) {
      cells[row] = PropertyReader.typedCell(at: old, row, strings)
    }
    base.deallocate()
    base = larger
  }

  private func store(_ row: Int, _ value: StoredValue) {
    switch value {
    case .integer(let value), .date(let value):
      values.assumingMemoryBound(to: Int64.self)[row] = value
    case .float(let value): values.assumingMemoryBound(to: Double.self)[row] = value
    case .boolean(let value): values.assumingMemoryBound(to: UInt8.self)[row] = value ? 1 : 0
    case .string(let id): values.assumingMemoryBound(to: UInt32.self)[row] = id
    case .general: break
    }
  }

  private func setPayload(_ row: Int, _ value: StoredValue) {
    guard case .general(_, let payload?) = value else {
      if !payloads.isEmpty { payloads[row] = nil }
      return
    }
    if payloads.isEmpty { payloads = ContiguousArray(repeating: nil, count: Page.rows) }
    payloads[row] = payload
  }
}
