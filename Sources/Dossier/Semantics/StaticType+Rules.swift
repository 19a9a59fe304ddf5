/// Which types can meet, and how messages call them.
extension StaticType {
  /// False when no value but null can have both types.
  func canBe(_ other: StaticType) -> Bool {
    switch (self, other) {
    case (.any, _), (_, .any), (.null, _), (_, .null): true
    case (.list, .list): true
    case (.number, .integer), (.number, .float), (.integer, .number), (.float, .number): true
    default: self == other
    }
  }

  /// False when no value but null can have this type and one of the others.
  func canBe(anyOf others: [StaticType]) -> Bool {
    others.contains { canBe($0) }
  }

  /// True when a list of relationships can have this type.
  var canBeRelationshipList: Bool {
    if case .list(let element) = self { return element.canBe(.relationship) }
    return self == .any || self == .null
  }

  /// The narrowest type that has all values of both.
  func joined(with other: StaticType) -> StaticType {
    switch (self, other) {
    case (.null, let type), (let type, .null): type
    case (.list(let a), .list(let b)): .list(a.joined(with: b))
    default:
      if self == other {
        self
      } else if isNumeric, other.isNumeric {
        .number
      } else {
        .any
      }
    }
  }

  var isNumeric: Bool { self == .integer || self == .float || self == .number }

  /// The type of an element, when the type is that of lists.
  var element: StaticType {
    if case .list(let element) = self { return element }
    return .any
  }

  var isList: Bool {
    if case .list = self { return true }
    return false
  }

  /// A point in time, or a part of one.
  var isInstant: Bool {
    switch self {
    case .date, .localTime, .time, .localDateTime, .dateTime: true
    default: false
    }
  }

  /// True for types whose values have components or properties that `.key` reads.
  var hasProperties: Bool {
    switch self {
    case .any, .null, .map, .node, .relationship, .duration: true
    default: isInstant
    }
  }

  /// The type as messages name it.
  var title: String {
    switch self {
    case .any: "any value"
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .float: "a float"
    case .string: "a string"
    case .number: "a number"
    case .list(.any), .list(.null): "a list"
    case .list(let element): "a list of \(element.plural)"
    case .map: "a map"
    case .node: "a node"
    case .relationship: "a relationship"
    case .path: "a path"
    case .date: "a date"
    case .localTime: "a local time"
    case .time: "a time"
    case .localDateTime: "a local date and time"
    case .dateTime: "a date and time"
    case .duration: "a duration"
    }
  }

  private var plural: String {
    switch self {
    case .boolean: "booleans"
    case .integer: "integers"
    case .float: "floats"
    case .string: "strings"
    case .number: "numbers"
    case .list: "lists"
    case .map: "maps"
    case .node: "nodes"
    case .relationship: "relationships"
    case .path: "paths"
    case .date: "dates"
    case .localTime, .time: "times"
    case .localDateTime, .dateTime: "dates and times"
    case .duration: "durations"
    case .any, .null: "values"
    }
  }
}

extension [StaticType] {
  /// The types as messages name a choice: `a list, a map or a node`.
  var titles: String {
    let names = map(\.title)
    guard let last = names.last else { return "nothing" }
    return names.count == 1
      ? last : names.dropLast().joined(separator: ", ") + " or " + last
  }
}
