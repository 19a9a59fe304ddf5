/// The values of one property key for one kind of element.
///
/// Shared by graph versions until one writes it; `@unchecked Sendable` for that reason.
final class PropertyColumn: @unchecked Sendable {
  private(set) var pages: PageDirectory<PropertyPage>
  /// How many elements have the property.
  private(set) var valueCount = 0
  /// How many pages there are of each kind; index 0, absent, is not kept.
  private var pagesOfKind = PagesOfKind()

  init() {
    pages = PageDirectory()
  }

  init(copying other: PropertyColumn) {
    pages = other.pages
    valueCount = other.valueCount
    pagesOfKind = other.pagesOfKind
  }

  /// A column of pages that nobody else holds, with their places.
  init(adopting stored: [(index: Int, page: PropertyPage)]) {
    var pages = PageDirectory<PropertyPage>()
    for (index, page) in stored {
      PageDirectory.replace(index, with: page, in: &pages)
      valueCount += page.count
      pagesOfKind[Int(page.kind.rawValue)] += 1
    }
    self.pages = pages
  }

  /// The kind of all pages that are not absent; nil when they differ or when there is none.
  var uniformKind: PropertyReader.Kind? {
    var only: PropertyReader.Kind?
    for raw in 1..<7 where pagesOfKind[raw] > 0 {
      if only != nil { return nil }
      only = PropertyReader.Kind(rawValue: UInt8(raw))
    }
    return only
  }

  func contains(_ row: Int) -> Bool {
    Bitmap.contains(
      PropertyPage.validity(at: pages.address(row >> Page.shift)), row & Page.mask)
  }

  // MARK: Writing; the column is uniquely referenced

  func set(_ row: Int, _ value: StoredValue, strings: StringDictionary) {
    write(row >> Page.shift) { page in
      if page.set(row & Page.mask, value, strings: strings) { valueCount &+= 1 }
    }
  }

  /// Takes the value of a row away, if it has one.
  func remove(_ row: Int) {
    guard contains(row) else { return }
    write(row >> Page.shift) { page in
      if page.remove(row & Page.mask) { valueCount &-= 1 }
    }
  }

  /// Gives `count` rows from `first` on values of one kind that lie in memory one after the other;
  /// bits of `valid` tell which rows have one, all of them when nil.
  func fill(
    _ kind: PropertyReader.Kind, first: Int, count: Int, from source: UnsafeRawPointer,
    valid: UnsafePointer<UInt64>?, strings: StringDictionary
  ) {
    var done = 0
    while done < count {
      let row = first + done
      let run = min(Page.rows - row & Page.mask, count - done)
      let values = source + done * kind.stride
      let present = PropertyPage.kind(at: pages.address(row >> Page.shift))
      if present == .absent || present == kind {
        write(row >> Page.shift) { page in
          valueCount &+= page.fill(
            kind, first: row & Page.mask, count: run, from: values, valid: valid, validFrom: done)
        }
      } else {
        for i in 0..<run where valid.map({ Bitmap.contains($0, done + i) }) ?? true {
          set(row + i, Self.value(kind, values, i), strings: strings)
        }
      }
      done += run
    }
  }

  private static func value(
    _ kind: PropertyReader.Kind, _ source: UnsafeRawPointer, _ i: Int
  ) -> StoredValue {
    switch kind {
    case .integer: .integer(source.assumingMemoryBound(to: Int64.self)[i])
    case .float: .float(source.assumingMemoryBound(to: Double.self)[i])
    case .boolean: .boolean(source.assumingMemoryBound(to: UInt8.self)[i] != 0)
    case .string: .string(source.assumingMemoryBound(to: UInt32.self)[i])
    case .date: .date(source.assumingMemoryBound(to: Int64.self)[i])
    case .absent, .general: .general(.null, nil)
    }
  }

  @inline(__always)
  private func write(_ index: Int, _ change: (PropertyPage) -> Void) {
    let page = PageDirectory.writable(index, in: &pages)
    let before = page.kind
    change(page)
    let after = page.kind
    if before != after {
      pagesOfKind[Int(before.rawValue)] &-= 1
      pagesOfKind[Int(after.rawValue)] &+= 1
    }
    pages.refresh(index, page)
  }

  /// Checks counts against pages; for tests.
  func countsHold() -> Bool {
    var values = 0
    var kinds = PagesOfKind()
    for index in 0..<pages.pageCount {
      guard let page = pages.page(index) else { continue }
      if page.address != pages.address(index) { return false }
      values += page.count
      kinds[Int(page.kind.rawValue)] += 1
      if Bitmap.count(PropertyPage.validity(at: page.address)) != page.count { return false }
      if (page.kind == .absent) != (page.count == 0) { return false }
    }
    for raw in 1..<7 where kinds[raw] != pagesOfKind[raw] { return false }
    return values == valueCount
  }
}

/// A number for each kind of page. (A vector of eight would have to be aligned to 32 bytes, and with it
/// the column.)
private struct PagesOfKind {
  private var low = SIMD4<Int32>(repeating: 0)
  private var high = SIMD4<Int32>(repeating: 0)

  subscript(kind: Int) -> Int32 {
    get { kind < 4 ? low[kind] : high[kind & 3] }
    set {
      if kind < 4 { low[kind] = newValue } else { high[kind & 3] = newValue }
    }
  }
}
