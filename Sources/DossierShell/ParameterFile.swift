import Dossier
import DossierSyntax

/// Parameters from a file: a JSON object whose values are typed (`{"$type": …, "_value": …}`) or plain.
extension Shell {
  /// Sets the parameters that a file names. Errors: `fileUnreadable`; `invalidRequest`, with the place
  /// where the file is no JSON.
  public func setParameters(ofFile path: String) throws(QueryError) {
    let bytes = try FileText.bytes(ofFile: path)
    let json: JSONValue
    do throws(JSONReader.Failure) {
      json = try JSONReader.read(bytes)
    } catch {
      throw Self.failure("the file is no JSON: \(error.message)", at: error.offset, bytes, path)
    }
    guard case .object(let entries) = json else {
      throw Self.failure(
        "expected an object of parameters, found \(json.kindName)", at: 0, bytes, path)
    }
    for entry in entries {
      do throws(QueryError) {
        parameters.set(entry.key, try TypedJSON.value(of: entry.value, temporal: temporal))
      } catch {
        var error = error
        for index in error.diagnostics.indices {
          error.diagnostics[index].message =
            "parameter `\(entry.key)` of `\(path)`: \(error.diagnostics[index].message)"
          error.diagnostics[index].file = path
          error.diagnostics[index].range = nil
          error.diagnostics[index].position = nil
        }
        throw error
      }
    }
  }

  /// Makes a date, time or duration by its constructor.
  private func temporal(_ function: String, _ text: String) throws(QueryError) -> Value {
    let result = try session.run("RETURN \(function)($text)", parameters: ["text": .string(text)])
    return result.rows.first?.first ?? .null
  }

  private static func failure(
    _ message: String, at offset: Int, _ bytes: [UInt8], _ path: String
  ) -> QueryError {
    let text = SourceText(String(decoding: bytes, as: UTF8.self))
    var diagnostic = Diagnostic(.invalidRequest, message)
    diagnostic.file = path
    diagnostic.position = text.position(of: min(offset, text.bytes.count))
    return QueryError(diagnostic)
  }
}
