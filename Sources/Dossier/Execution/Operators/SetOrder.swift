/// How far the assignments of a clause may be computed ahead of the first one that is made.
///
/// Rows go one after the other, and each sees what those before it set. That cannot be told from
/// computing all values first where no expression reads what the clause sets.
enum SetOrder {
  /// An expression may read what another row sets.
  case rowByRow
  /// Values may be computed for many rows at once, where each of these slots holds an element in one
  /// row only: the rows read of the elements' own properties what they set.
  case batches(distinct: [Slot])

  /// The order for assignments, which are made one after the other in each row.
  init(_ items: [BoundSetItem]) {
    self = Self.order(items) ?? .rowByRow
  }

  private static func order(_ items: [BoundSetItem]) -> SetOrder? {
    guard let written = PropertyWrites(items) else { return nil }
    var distinct: [Slot] = []
    for (number, item) in items.enumerated() {
      guard case .property(_, _, let value, _) = item else { continue }
      var reads = PropertyReads()
      guard reads.add(value) else { return nil }
      if written.changesLabels, reads.readsLabels { return nil }
      for read in reads.properties {
        let writers = written.properties.filter { $0.key.utf8.elementsEqual(read.key.utf8) }
        for writer in writers {
          guard writer.slot == read.slot, writer.number >= number else { return nil }
          if !distinct.contains(read.slot) { distinct.append(read.slot) }
        }
      }
    }
    return .batches(distinct: distinct)
  }
}

/// What assignments to variables' properties and labels change.
struct PropertyWrites {
  /// The variable, the key, and the number of the assignment.
  private(set) var properties: [(slot: Slot, key: String, number: Int)] = []
  private(set) var changesLabels = false

  /// Nil where something else than a property or a label of a variable is set.
  init?(_ items: [BoundSetItem]) {
    for (number, item) in items.enumerated() {
      switch item {
      case .property(.slot(let slot), let key, _, _): properties.append((slot, key, number))
      case .addLabels(.slot, _, _), .removeLabels(.slot, _, _): changesLabels = true
      case .property, .addLabels, .removeLabels, .replace, .merge: return nil
      }
    }
  }

  func changes(_ key: String) -> Bool {
    properties.contains { $0.key.utf8.elementsEqual(key.utf8) }
  }
}

/// What expressions read of elements.
struct PropertyReads {
  private(set) var properties: [(slot: Slot, key: String)] = []
  private(set) var readsLabels = false
  /// Functions that read nothing of an element but what they are given.
  private static let families: Set<String> = [
    "Conversion", "List", "Mathematical", "Scalar", "String", "Temporal",
  ]

  /// Adds what an expression reads; false where that cannot be told.
  mutating func add(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .constant, .parameter, .slot: return true
    case .property(.slot(let slot), let key, _):
      properties.append((slot, key))
      return true
    case .hasLabels(.slot, _, _):
      readsLabels = true
      return true
    case .not(let e, _), .negate(let e, _), .isNull(let e), .isNotNull(let e): return add(e)
    case .xor(let a, let b, _), .comparison(_, let a, let b), .in(let a, let b, _),
      .stringPredicate(_, let a, let b, _):
      return add(a) && add(b)
    case .arithmetic(_, let a, let b, _): return addLeftDeep(a, b)
    case .and(let list, _), .or(let list, _), .list(let list): return add(all: list)
    case .map(let entries): return add(all: entries.map(\.value))
    case .function(let definition, let arguments, _):
      return Self.families.contains(definition.family) && add(all: arguments)
    case .property, .hasLabels, .index, .slice, .isValid, .isTrusted, .areContemporaneous,
      .caseWhen,
      .listComprehension, .quantifier, .reduce, .mapProjection, .path, .exists, .count,
      .patternCount, .validCount, .endCount, .collect:
      return false
    }
  }

  private mutating func add(all expressions: [BoundExpression]) -> Bool {
    for expression in expressions where !add(expression) { return false }
    return true
  }

  /// Walks down the left side of long operator chains without recursion.
  private mutating func addLeftDeep(_ left: BoundExpression, _ right: BoundExpression) -> Bool {
    guard add(right) else { return false }
    var rest = left
    while case .arithmetic(_, let a, let b, _) = rest {
      guard add(b) else { return false }
      rest = a
    }
    return add(rest)
  }
}
