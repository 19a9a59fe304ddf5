import DossierSyntax

/// Functions of single values. Those on null alone give null, except `coalesce` and `exists`.
extension ReferenceEngine {
  func apply(_ call: FunctionCall, _ arguments: [ReferenceValue]) throws -> ReferenceValue {
    let name = call.name.text.lowercased()
    switch name {
    case "coalesce": return arguments.first { !$0.isNull } ?? .null
    case "exists": return .boolean(!arguments[0].isNull)
    case "range": return try range(arguments)
    default: break
    }
    if arguments.contains(where: \.isNull) { return .null }
    if let value = try applyToElement(name, arguments[0]) { return value }
    if let value = try applyToList(name, arguments[0]) { return value }
    if let value = try applyToNumber(name, arguments[0]) { return value }
    if let value = try convert(name, arguments[0]) { return value }
    if let value = applyToText(name, arguments) { return value }
    throw ReferenceError.type
  }

  private func range(_ arguments: [ReferenceValue]) throws -> ReferenceValue {
    if arguments.contains(where: \.isNull) { return .null }
    guard case .integer(let start) = arguments[0], case .integer(let end) = arguments[1] else {
      throw ReferenceError.type
    }
    var step: Int64 = 1
    if arguments.count > 2 {
      guard case .integer(let given) = arguments[2] else { throw ReferenceError.type }
      step = given
    }
    if step == 0 { throw ReferenceError("NumberOutOfRange") }
    return .list(stride(from: start, through: end, by: Int(step)).map { .integer($0) })
  }

  private func applyToElement(_ name: String, _ value: ReferenceValue) throws -> ReferenceValue? {
    switch (name, value) {
    case ("id", .node(let position)), ("id", .relationship(let position)):
      return .integer(Int64(position))
    case ("labels", .node(let position)):
      guard let node = graph.nodes[position] else { throw ReferenceError("DeletedEntityAccess") }
      return .list(node.labels.sorted().map { .string($0) })
    case ("type", .relationship(let position)):
      return graph.relationships[position].map { .string($0.type) } ?? .null
    case ("startnode", .relationship(let position)):
      return graph.relationships[position].map { ReferenceGraph.element($0.start) } ?? .null
    case ("endnode", .relationship(let position)):
      return graph.relationships[position].map { ReferenceGraph.element($0.end) } ?? .null
    case ("keys", .node), ("keys", .relationship), ("keys", .map):
      return .list(try properties(of: value).keys.sorted().map { .string($0) })
    case ("properties", .node), ("properties", .relationship), ("properties", .map):
      return .map(try properties(of: value))
    case ("nodes", .path(let path)): return .list(path.nodes.map { .node($0) })
    case ("relationships", .path(let path)):
      return .list(path.relationships.map { .relationship($0) })
    case ("length", .path(let path)): return .integer(Int64(path.relationships.count))
    default: return nil
    }
  }

  private func applyToList(_ name: String, _ value: ReferenceValue) throws -> ReferenceValue? {
    guard case .list(let elements) = value else { return nil }
    switch name {
    case "size": return .integer(Int64(elements.count))
    case "isempty": return .boolean(elements.isEmpty)
    case "head": return elements.first ?? .null
    case "last": return elements.last ?? .null
    case "tail": return .list(Array(elements.dropFirst()))
    case "reverse": return .list(elements.reversed())
    default: return nil
    }
  }

  private func applyToNumber(_ name: String, _ value: ReferenceValue) throws -> ReferenceValue? {
    switch (name, value) {
    case ("abs", .integer(let x)): return try x < 0 ? apply(.minus, value) : value
    case ("abs", .float(let x)): return .float(abs(x))
    case ("sign", .integer(let x)): return .integer(x.signum())
    case ("sign", .float(let x)): return .integer(x > 0 ? 1 : x < 0 ? -1 : 0)
    case ("floor", .integer(let x)), ("ceil", .integer(let x)): return .float(Double(x))
    case ("floor", .float(let x)): return .float(x.rounded(.down))
    case ("ceil", .float(let x)): return .float(x.rounded(.up))
    default: return nil
    }
  }

  private func convert(_ name: String, _ value: ReferenceValue) throws -> ReferenceValue? {
    switch (name, value) {
    case ("tostring", .string): return value
    case ("tostring", .integer(let x)): return .string(x.description)
    case ("tostring", .float(let x)): return .string(x.description)
    case ("tostring", .boolean(let x)): return .string(x ? "true" : "false")
    case ("tointeger", .integer), ("tofloat", .float), ("toboolean", .boolean): return value
    case ("tointeger", .float(let x)): return .integer(Int64(x))
    case ("tointeger", .string(let text)):
      if let number = Int64(text) { return .integer(number) }
      return Double(text).map { .integer(Int64($0)) } ?? .null
    case ("tofloat", .integer(let x)): return .float(Double(x))
    case ("tofloat", .string(let text)): return Double(text).map { .float($0) } ?? .null
    case ("toboolean", .string(let text)):
      return ["true": .boolean(true), "false": .boolean(false)][text.lowercased()] ?? .null
    default: return nil
    }
  }

  /// Functions on strings; positions count code points.
  private func applyToText(_ name: String, _ arguments: [ReferenceValue]) -> ReferenceValue? {
    guard case .string(let text) = arguments[0] else { return nil }
    let scalars = Array(text.unicodeScalars)
    let number = { (i: Int) -> Int in
      if i < arguments.count, case .integer(let value) = arguments[i] { return Int(value) }
      return .max
    }
    switch name {
    case "size": return .integer(Int64(scalars.count))
    case "isempty": return .boolean(scalars.isEmpty)
    case "toupper": return .string(text.uppercased())
    case "tolower": return .string(text.lowercased())
    case "reverse": return Self.text(scalars.reversed())
    case "trim":
      let start = scalars.drop { $0 == " " }
      return Self.text(start.reversed().drop { $0 == " " }.reversed())
    case "left": return Self.text(scalars.prefix(number(1)))
    case "right": return Self.text(scalars.suffix(number(1)))
    case "substring": return Self.text(scalars.dropFirst(number(1)).prefix(number(2)))
    default: return nil
    }
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> ReferenceValue {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return .string(String(view))
  }
}
