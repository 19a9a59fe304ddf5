import DossierSyntax

/// Reads `name(argument :: TYPE?, …) :: (field :: TYPE?, …)`.
enum ProcedureSignature {
  /// The procedure that answers from the given rows.
  static func parse(_ text: String, rows: [[Value]]) throws(QueryError) -> ProcedureDefinition {
    let scanner = Array(text.utf8)
    guard let open = scanner.firstIndex(of: UInt8(ascii: "(")),
      let close = scanner[open...].firstIndex(of: UInt8(ascii: ")"))
    else { throw malformed(text) }
    let name = trimmed(scanner[..<open])
    let inputs = try fields(scanner[(open + 1)..<close], text)
    let rest = scanner[(close + 1)...]
    var outputs: [ProcedureDefinition.Field] = []
    if let start = rest.firstIndex(of: UInt8(ascii: "(")),
      let end = rest.lastIndex(of: UInt8(ascii: ")")), start < end
    {
      outputs = try fields(rest[(start + 1)..<end], text)
    }
    let width = inputs.count + outputs.count
    guard rows.allSatisfy({ $0.count == width }) else {
      throw QueryError(
        .invalidArgumentValue, "a row of procedure `\(name)` does not have \(width) values")
    }
    return ProcedureDefinition(name: name, inputs: inputs, outputs: outputs) {
      (arguments, _) throws(QueryError) in
      rows.filter { Array($0.prefix(arguments.count)) == arguments }
        .map { Array($0.dropFirst(arguments.count)) }
    }
  }

  private static func malformed(_ text: String) -> QueryError {
    QueryError(
      .invalidArgumentValue,
      "expected a procedure signature `name(argument :: TYPE, …) :: (field :: TYPE, …)`")
  }

  private static func fields(
    _ bytes: ArraySlice<UInt8>, _ text: String
  ) throws(QueryError) -> [ProcedureDefinition.Field] {
    if trimmed(bytes).isEmpty { return [] }
    var found: [ProcedureDefinition.Field] = []
    for part in bytes.split(separator: UInt8(ascii: ",")) {
      guard let colon = part.firstIndex(of: UInt8(ascii: ":")), colon + 1 < part.endIndex,
        part[colon + 1] == UInt8(ascii: ":")
      else { throw malformed(text) }
      var type = trimmed(part[(colon + 2)...]).uppercased()
      let nullable = type.utf8.last == UInt8(ascii: "?")
      if nullable { type.removeLast() }
      found.append(
        ProcedureDefinition.Field(
          name: trimmed(part[..<colon]), type: staticType(type), nullable: nullable))
    }
    return found
  }

  private static func staticType(_ name: String) -> StaticType {
    if name.hasPrefix("LIST OF ") {
      var element = name.dropFirst("LIST OF ".count)
      if element.last == "?" { element.removeLast() }
      return .list(staticType(String(element)))
    }
    switch name {
    case "STRING": return .string
    case "INTEGER": return .integer
    case "FLOAT": return .float
    case "NUMBER": return .number
    case "BOOLEAN": return .boolean
    case "MAP": return .map
    case "NODE": return .node
    case "RELATIONSHIP": return .relationship
    case "PATH": return .path
    case "DATE": return .date
    case "LOCALTIME": return .localTime
    case "TIME": return .time
    case "LOCALDATETIME": return .localDateTime
    case "DATETIME": return .dateTime
    case "DURATION": return .duration
    default: return .any
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var slice = bytes
    while let first = slice.first, first <= 32 { slice.removeFirst() }
    while let last = slice.last, last <= 32 { slice.removeLast() }
    return String(decoding: slice, as: UTF8.self)
  }
}
