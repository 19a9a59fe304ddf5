/// The name of a value's type in GQL, as `valueType` gives it.
///
/// Types are ordered as the cases of a union are written.
enum ValueTypeName: Hashable {
  case null
  /// A type without parts and its place in the order.
  case simple(String, Int)
  /// The types of the elements, and whether some element is null.
  indirect case list(Set<ValueTypeName>, hasNull: Bool)

  init(_ cell: Cell) {
    switch cell.tag {
    case .null: self = .null
    case .boolean: self = .simple("BOOLEAN", 1)
    case .string: self = .simple("STRING", 2)
    case .integer: self = .simple("INTEGER", 3)
    case .float: self = .simple("FLOAT", 4)
    case .date: self = .simple("DATE", 5)
    case .localTime: self = .simple("LOCAL TIME", 6)
    case .time: self = .simple("ZONED TIME", 7)
    case .localDateTime: self = .simple("LOCAL DATETIME", 8)
    case .dateTime: self = .simple("ZONED DATETIME", 9)
    case .duration: self = .simple("DURATION", 10)
    case .node: self = .simple("NODE", 11)
    case .relationship: self = .simple("RELATIONSHIP", 12)
    case .map: self = .simple("MAP", 13)
    case .path: self = .simple("PATH", 15)
    case .list:
      let types = Set(cell.cells.map(ValueTypeName.init))
      self = .list(types.subtracting([.null]), hasNull: types.contains(.null))
    }
  }

  /// `INTEGER`, or `INTEGER NOT NULL` where null is not among the values.
  func text(nullable: Bool) -> String {
    let suffix = nullable ? "" : " NOT NULL"
    switch self {
    case .null: return "NULL"
    case .simple(let name, _): return name + suffix
    case .list(let types, let hasNull):
      let names = types.map { (order: $0.place, text: $0.text(nullable: hasNull)) }
        .sorted { ($0.order, $0.text) < ($1.order, $1.text) }.map(\.text)
      let element = names.isEmpty ? (hasNull ? "NULL" : "NOTHING") : names.joined(separator: " | ")
      return "LIST<\(element)>" + suffix
    }
  }

  private var place: Int {
    switch self {
    case .null: 0
    case .simple(_, let place): place
    case .list: 14
    }
  }
}
