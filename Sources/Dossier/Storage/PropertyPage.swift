import Synchronization

/// The values of one property in 2,048 rows, all of one kind where that is so.
///
///     in one piece                                             with a head of its own
///     0     kind (UInt8); at 8: how many rows have a value     address - 1 ─► the same
///     64    validity bitmap                                                   validity bitmap
///     320   2,048 values: Int64 ¦ Double ¦ UInt8 ¦                            address of the values
///           UInt32 string ids ¦ Int64 days ¦ Cell
///
/// The lowest bit of the address tells which. A version that only gives values to rows behind those
/// that have one has a head of its own and shares the values (`PageBlock`); so what stands in a row
/// without a value means nothing. A write of a value of another kind turns the page into a general
/// one; a page that loses its last value is of kind `absent` again. In general pages lists and
/// durations live in `payloads`.
final class PropertyPage: GroupedPage, ZonedPage, @unchecked Sendable {
  typealias Kind = PropertyReader.Kind

  static let validityOffset = 64
  static let headBytes = 320

  private var block: PageBlock
  /// nil where the head is that of the block.
  private var head: UnsafeMutableRawPointer?
  /// By row; empty when no value of the page needs one.
  private var payloads: ContiguousArray<PropertyPayload?> = []
  /// Whoever owns lists and durations that are not in `payloads`.
  private var payloadOwner: AnyObject?
  /// Found out by the first who asks; whoever writes the page forgets it.
  private let knownZone = Atomic<UnsafeMutablePointer<Zone>?>(nil)

  init() {
    block = Self.makeBlock(.absent)
  }

  /// A page in memory that `owner` keeps alive and that is never written; what its cells point to
  /// lives as long.
  init(borrowing address: UnsafeMutableRawPointer, owner: AnyObject) {
    block = PageBlock(borrowing: address, owner: owner)
    payloadOwner = owner
  }

  init(copying other: PropertyPage) {
    block = other.block
    payloads = other.payloads
    if other.kind == .general { payloadOwner = other.payloadOwner }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.headBytes + 16, alignment: 16)
    memory.copyMemory(from: other.base, byteCount: Self.headBytes)
    memory.storeBytes(
      of: UnsafeRawPointer(block.base + Self.headBytes), toByteOffset: Self.headBytes,
      as: UnsafeRawPointer.self)
    head = memory
  }

  deinit {
    head?.deallocate()
    knownZone.load(ordering: .relaxed)?.deallocate()
  }

  var address: UnsafeRawPointer { UnsafeRawPointer(head.map { $0 + 1 } ?? block.base) }
  var isBorrowed: Bool { head == nil && block.isBorrowed }

  /// Wide enough for a reader of any kind.
  nonisolated(unsafe) static let absentAddress: UnsafeRawPointer = {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes(.general), alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes(.general))
    memory.storeBytes(of: Kind.absent, as: Kind.self)
    return UnsafeRawPointer(memory)
  }()

  static func bytes(_ kind: Kind) -> Int { headBytes + Page.rows * kind.stride }

  private static func makeBlock(_ kind: Kind) -> PageBlock {
    let block = PageBlock(bytes: bytes(kind))
    block.base.storeBytes(of: kind, as: Kind.self)
    return block
  }

  // MARK: Reading memory

  @inline(__always)
  static func kind(at address: UnsafeRawPointer) -> Kind {
    Page.head(at: address).load(as: Kind.self)
  }

  /// How many rows have a value.
  @inline(__always)
  static func count(at address: UnsafeRawPointer) -> Int {
    Page.head(at: address).load(fromByteOffset: 8, as: Int.self)
  }

  @inline(__always)
  static func validity(at address: UnsafeRawPointer) -> UnsafePointer<UInt64> {
    (Page.head(at: address) + validityOffset).assumingMemoryBound(to: UInt64.self)
  }

  @inline(__always)
  static func values(at address: UnsafeRawPointer) -> UnsafeRawPointer {
    Page.values(at: address, behind: headBytes)
  }

  /// Writes the head of the page at `source`, and its values where they are of a trivial kind, in one
  /// piece to `bytes(_:)` bytes of zeros; rows without a value stay zero.
  static func copy(_ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
    target.copyMemory(from: Page.head(at: source), byteCount: headBytes)
    let (validity, values, kind) = (validity(at: source), values(at: source), kind(at: source))
    if kind == .general { return }
    for row in stride(from: 0, to: Page.rows, by: 64) {
      var bits = validity[row >> 6]
      if bits == .max { copy(row, 64) }
      while bits != 0 && bits != .max {
        copy(row + bits.trailingZeroBitCount, 1)
        bits &= bits - 1
      }
    }
    func copy(_ row: Int, _ count: Int) {
      (target + headBytes + row * kind.stride).copyMemory(
        from: values + row * kind.stride, byteCount: count * kind.stride)
    }
  }

  // MARK: Reading

  private var base: UnsafeMutableRawPointer { head ?? block.base }

  var kind: Kind { base.load(as: Kind.self) }

  /// How many rows have a value.
  private(set) var count: Int {
    get { base.load(fromByteOffset: 8, as: Int.self) }
    set { base.storeBytes(of: newValue, toByteOffset: 8, as: Int.self) }
  }

  private var validity: UnsafeMutablePointer<UInt64> {
    (base + Self.validityOffset).assumingMemoryBound(to: UInt64.self)
  }

  private var values: UnsafeMutableRawPointer { block.base + Self.headBytes }

  func contains(_ row: Int) -> Bool { Bitmap.contains(validity, row) }

  /// nil for pages that hold neither numbers nor dates alone. Thread-safe; O(2,048) at first.
  var zone: Zone? {
    if let known = knownZone.load(ordering: .acquiring) { return known.pointee }
    guard let zone = makeZone() else { return nil }
    let memory = UnsafeMutablePointer<Zone>.allocate(capacity: 1)
    memory.initialize(to: zone)
    let (exchanged, _) = knownZone.compareExchange(
      expected: nil, desired: memory, ordering: .acquiringAndReleasing)
    if !exchanged { memory.deallocate() }
    return zone
  }

  private func makeZone() -> Zone? {
    switch kind {
    case .integer, .date:
      Zone(values.assumingMemoryBound(to: Int64.self), validity, wordCount: Page.words)
    case .float:
      Zone(floats: values.assumingMemoryBound(to: Double.self), validity, wordCount: Page.words)
    case .absent, .boolean, .string, .general: nil
    }
  }

  // MARK: Writing; the page is uniquely referenced, and refreshed in its directory afterwards

  /// For whoever is about to write.
  @inline(__always)
  private func forgetZone() {
    guard let known = knownZone.load(ordering: .relaxed) else { return }
    knownZone.store(nil, ordering: .relaxed)
    known.deallocate()
  }

  /// Gives a row a value; returns whether it had none before.
  func set(_ row: Int, _ value: StoredValue, strings: StringDictionary) -> Bool {
    forgetZone()
    let isNew = !contains(row)
    if kind != value.kind { adapt(row, to: value.kind, strings) }
    own(row, 1)
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
    forgetZone()
    guard Bitmap.remove(validity, row) else { return false }
    count &-= 1
    if count == 0 {
      become(.absent)
    } else if !payloads.isEmpty {
      payloads[row] = nil
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
    forgetZone()
    if self.kind == .absent { become(kind) }
    let before = count
    own(first, run)
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
    take(Self.makeBlock(new))
    payloads = []
    payloadOwner = nil
  }

  private func generalize(_ strings: StringDictionary) {
    let larger = Self.makeBlock(.general)
    larger.base.storeBytes(of: count, toByteOffset: 8, as: Int.self)
    (larger.base + Self.validityOffset).copyMemory(from: validity, byteCount: Page.bitmapBytes)
    let cells = (larger.base + Self.headBytes).assumingMemoryBound(to: Cell.self)
    let old = address
    for row in 0..<Page.rows where contains(row) {
      cells[row] = PropertyReader.typedCell(at: old, row, strings)
    }
    larger.use(below: Page.rows)
    take(larger)
  }

  /// Makes the values of rows writable: by claiming the rows, or else by copying the block.
  @inline(__always)
  private func own(_ first: Int, _ count: Int) {
    if !block.isBorrowed, isKnownUniquelyReferenced(&block) {
      return block.use(below: first + count)
    }
    if !block.claim(first, count) { copyBlock() }
  }

  private func copyBlock() {
    let bytes = Self.bytes(kind)
    let copy = PageBlock(uninitialised: bytes, used: Page.rows)
    copy.base.copyMemory(from: base, byteCount: Self.headBytes)
    (copy.base + Self.headBytes).copyMemory(from: values, byteCount: bytes - Self.headBytes)
    take(copy)
  }

  /// Takes over a block, head and values.
  private func take(_ new: PageBlock) {
    block = new
    head?.deallocate()
    head = nil
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
