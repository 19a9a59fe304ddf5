import Dossier
import DossierSyntax

/// Values of requests: typed (`{"$type": …, "_value": …}`) or plain JSON.
extension TypedJSON {
  /// Makes a date, time or duration of its text; `function` is the openCypher constructor.
  typealias TemporalConstructor =
    (_ function: String, _ text: String) throws(QueryError) -> Value

  /// The value that a piece of JSON stands for. An object is typed when it has `$type`, else it is a
  /// map. Errors: `invalidRequest`, and those of the temporal constructors.
  static func value(
    of json: JSONValue, temporal: TemporalConstructor
  ) throws(QueryError) -> Value {
    switch json {
    case .null: return .null
    case .boolean(let truth): return .boolean(truth)
    case .integer(let number): return .integer(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .array(let elements): return try list(elements, temporal)
    case .object(let entries):
      guard let type = json["$type"] else { return try map(entries, temporal) }
      guard case .string(let name) = type else {
        throw QueryError(.invalidRequest, "`$type` is a string, not \(type.kindName)")
      }
      return try typed(name, json["_value"] ?? .null, temporal)
    }
  }

  private static func list(
    _ elements: [JSONValue], _ temporal: TemporalConstructor
  ) throws(QueryError) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements { values.append(try value(of: element, temporal: temporal)) }
    return .list(values)
  }

  private static func map(
    _ entries: [(key: String, value: JSONValue)], _ temporal: TemporalConstructor
  ) throws(QueryError) -> Value {
    var values: [(key: String, value: Value)] = []
    values.reserveCapacity(entries.count)
    for entry in entries {
      values.append((entry.key, try value(of: entry.value, temporal: temporal)))
    }
    return .map(MapValue(values))
  }

  private static func typed(
    _ type: String, _ json: JSONValue, _ temporal: TemporalConstructor
  ) throws(QueryError) -> Value {
    switch (type, json) {
    case ("Null", .null): return .null
    case ("Boolean", .boolean(let truth)): return .boolean(truth)
    case ("Integer", .string(let text)): return .integer(try integer(text))
    case ("Integer", .integer(let number)): return .integer(number)
    case ("Float", .string(let text)): return .float(try float(text))
    case ("Float", .float(let number)): return .float(number)
    case ("Float", .integer(let number)): return .float(Double(number))
    case ("String", .string(let text)): return .string(text)
    case ("List", .array(let elements)): return try list(elements, temporal)
    case ("Map", .object(let entries)): return try map(entries, temporal)
    case (_, .string(let text)):
      if let function = constructor(of: type) { return try temporal(function, text) }
    default: break
    }
    throw QueryError(
      .invalidRequest,
      "\(json.kindName) is no `_value` of type `\(TextEscaping.visible(shortened(type)))`",
      help: "types are Null, Boolean, Integer, Float, String, List, Map, Date, Time, LocalTime, "
        + "LocalDateTime, OffsetDateTime, ZonedDateTime and Duration")
  }

  private static func constructor(of type: String) -> String? {
    switch type {
    case "Date": "date"
    case "LocalTime": "localtime"
    case "Time", "OffsetTime": "time"
    case "LocalDateTime": "localdatetime"
    case "OffsetDateTime", "ZonedDateTime": "datetime"
    case "Duration": "duration"
    default: nil
    }
  }

  private static func shortened(_ text: String) -> String {
    String(text.unicodeScalars.prefix(40))
  }

  /// An optional minus and digits; `Int64` alone would accept a plus, too.
  private static func integer(_ text: String) throws(QueryError) -> Int64 {
    guard text.utf8.first != UInt8(ascii: "+"), let number = Int64(text) else {
      throw QueryError(.invalidRequest, "an `Integer` is a string of digits that fits 64 bits")
    }
    return number
  }

  /// A JSON number or one of three words; `Double` alone would accept hexadecimal and more.
  private static func float(_ text: String) throws(QueryError) -> Double {
    switch text {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: break
    }
    let isNumeric = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isNumeric, let number = Double(text), number.isFinite else {
      throw QueryError(
        .invalidRequest, "a `Float` is a string with a number, `NaN`, `Infinity` or `-Infinity`")
    }
    return number
  }
}
