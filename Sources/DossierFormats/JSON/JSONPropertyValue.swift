import Dossier
import DossierSyntax

/// Property values in JSON.
enum JSONPropertyValue {
  /// The value at an index of the tape. Errors: `invalidPropertyType` for objects without a type and
  /// for arrays in arrays, `numberOutOfRange`.
  static func value(
    _ tape: JSONTape, _ index: Int, _ draft: inout GraphDraft
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    let entry = tape.entries[index]
    switch entry.kind {
    case .null: return .null
    case .true: return .boolean(true)
    case .false: return .boolean(false)
    case .string: return .string(entry.text)
    case .number:
      switch NumberText.parse(entry.text.buffer) {
      case .integer(let value): return .integer(value)
      case .float(let value): return .float(value)
      default:
        throw tape.file.error(
          .numberOutOfRange, "this number does not fit 64 bits", at: entry.offset)
      }
    case .array:
      var elements: [Value] = []
      for member in tape.members(of: index) {
        guard tape.entries[member].kind != .array else {
          throw tape.file.error(
            .invalidPropertyType, "an array can't hold arrays", at: tape.entries[member].offset)
        }
        let element = try value(tape, member, &draft)
        elements.append(draft.value(element))
      }
      return draft.keep(.list(elements))
    case .object: return try typedValue(tape, index, &draft)
    }
  }

  /// `{"$type": "Date", "_value": "2021-01-14"}`.
  private static func typedValue(
    _ tape: JSONTape, _ index: Int, _ draft: inout GraphDraft
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    let offset = tape.entries[index].offset
    guard let type = tape.value(of: "$type", in: index),
      let value = tape.value(of: "_value", in: index), tape.entries[value].kind == .string
    else {
      throw tape.file.error(
        .invalidPropertyType, "an object can't be the value of a property", at: offset,
        help: "give each of its entries a property of its own")
    }
    let text = tape.entries[value].text
    let name = tape.entries[type].text
    if name.equals("Float") {
      if text.equals("NaN") { return .float(.nan) }
      if text.equals("Infinity") { return .float(.infinity) }
      if text.equals("-Infinity") { return .float(-.infinity) }
    }
    let temporal: TemporalText?
    switch name.string {
    case "Date": temporal = .date
    case "Time": temporal = .time
    case "LocalTime": temporal = .localTime
    case "OffsetDateTime", "ZonedDateTime": temporal = .dateTime
    case "LocalDateTime": temporal = .localDateTime
    case "Duration": temporal = .duration
    default: temporal = nil
    }
    guard let temporal else {
      throw tape.file.error(.invalidPropertyType, "unknown type of a value", at: offset)
    }
    guard let result = temporal.value(text.string) else {
      throw tape.file.error(.invalidData, "this is not a \(temporal.name)", at: offset)
    }
    return draft.keep(result)
  }

  // MARK: Writing

  /// A value as JSON. Temporal values and the floats that JSON has no number for are typed objects.
  static func text(_ value: Value) -> String {
    if let temporal = ValueText.temporal(value) {
      let type =
        switch temporal.type {
        case .date: "Date"
        case .time: "Time"
        case .localTime: "LocalTime"
        case .localDateTime: "LocalDateTime"
        case .duration: "Duration"
        case .dateTime:
          temporal.text.utf8.contains(UInt8(ascii: "["))
            ? "ZonedDateTime" : "OffsetDateTime"
        }
      return "{\"$type\":\"\(type)\",\"_value\":\(string(temporal.text))}"
    }
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return value.description
    case .float(let value):
      if value.isFinite { return value.description }
      let name = value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
      return "{\"$type\":\"Float\",\"_value\":\"\(name)\"}"
    case .string(let value): return string(value)
    case .list(let values): return "[" + values.map { text($0) }.joined(separator: ",") + "]"
    default: return "null"
    }
  }

  /// A string in double quotes.
  static func string(_ text: String) -> String {
    ValueText.quoted(text, by: UInt8(ascii: "\""))
  }
}
