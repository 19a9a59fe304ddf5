import DossierSyntax

/// Values on their way into a procedure.
extension ProcedureDefinition {
  /// The values as the procedure takes them: an integer where it wants a float becomes one.
  ///
  /// Errors: `invalidArgumentTypeAtRuntime` for a value of another type than the field's.
  func arguments(_ values: [Value]) throws(QueryError) -> [Value] {
    var accepted: [Value] = []
    accepted.reserveCapacity(values.count)
    for (value, field) in zip(values, inputs) {
      if case .integer(let number) = value, field.type == .float {
        accepted.append(.float(Double(number)))
        continue
      }
      guard value.staticType.canBe(field.type), field.nullable || value.staticType != .null else {
        throw QueryError(
          .invalidArgumentTypeAtRuntime,
          "`\(name)` expects \(field.type.title) for `\(field.name)`, found "
            + value.staticType.title)
      }
      accepted.append(value)
    }
    return accepted
  }
}

extension Value {
  /// The type of the value; of lists no more than that they are lists.
  fileprivate var staticType: StaticType {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .float: .float
    case .string: .string
    case .list: .list(.any)
    case .map: .map
    case .node: .node
    case .relationship: .relationship
    case .path: .path
    case .date: .date
    case .localTime: .localTime
    case .time: .time
    case .localDateTime: .localDateTime
    case .dateTime: .dateTime
    case .duration: .duration
    }
  }
}
