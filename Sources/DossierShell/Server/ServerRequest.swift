import Dossier
import DossierSyntax

/// A line of the stdio protocol.
enum ServerRequest {
  case statement(String, parameters: [String: Value])
  case procedure(signature: String, rows: [[Value]])

  /// Reads a request. Errors: `invalidRequest`, and those of temporal values.
  init(
    _ line: UnsafeBufferPointer<UInt8>, temporal: TypedJSON.TemporalConstructor
  ) throws(QueryError) {
    let json: JSONValue
    do throws(JSONReader.Failure) {
      json = try JSONReader.read(line)
    } catch {
      throw QueryError(
        .invalidRequest, "the line is no JSON: \(error.message) at byte \(error.offset)")
    }
    if let statement = json["statement"] {
      self = try Self.statement(statement, json["parameters"] ?? .null, temporal)
    } else if let procedure = json["procedure"] {
      self = try Self.procedure(procedure, temporal)
    } else {
      throw QueryError(
        .invalidRequest, "a request is an object with `statement` or `procedure`",
        help: "{\"statement\": \"RETURN $x\", \"parameters\": {\"x\": 1}}")
    }
  }

  private static func statement(
    _ statement: JSONValue, _ parameters: JSONValue, _ temporal: TypedJSON.TemporalConstructor
  ) throws(QueryError) -> ServerRequest {
    guard case .string(let text) = statement else {
      throw QueryError(.invalidRequest, "`statement` is a string, not \(statement.kindName)")
    }
    var values: [String: Value] = [:]
    switch parameters {
    case .null: break
    case .object(let entries):
      for entry in entries {
        values[entry.key] = try TypedJSON.value(of: entry.value, temporal: temporal)
      }
    default:
      throw QueryError(.invalidRequest, "`parameters` is an object, not \(parameters.kindName)")
    }
    return .statement(text, parameters: values)
  }

  private static func procedure(
    _ procedure: JSONValue, _ temporal: TypedJSON.TemporalConstructor
  ) throws(QueryError) -> ServerRequest {
    guard case .string(let signature)? = procedure["signature"],
      case .array(let lists) = procedure["rows"] ?? .array([])
    else {
      throw QueryError(
        .invalidRequest, "`procedure` is an object with a string `signature` and an array `rows`")
    }
    var rows: [[Value]] = []
    for list in lists {
      guard case .list(let values) = try TypedJSON.value(of: list, temporal: temporal) else {
        throw QueryError(.invalidRequest, "each of `rows` is an array")
      }
      rows.append(values)
    }
    return .procedure(signature: signature, rows: rows)
  }
}
