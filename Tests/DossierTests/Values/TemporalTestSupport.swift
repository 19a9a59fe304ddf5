import DossierSyntax

@testable import Dossier

/// The clock of tests: 2024-02-29T12:30:15.000000007Z.
let temporalClock = TemporalClock(seconds: 1_709_209_815, nanosecond: 7)

/// Fields with the given components.
func temporalFields(
  _ components: KeyValuePairs<String, Int64>, base: KeyValuePairs<String, TemporalBase> = [:],
  timezone: String? = nil
) throws(QueryError) -> TemporalFields {
  var fields = TemporalFields()
  for (name, number) in components { try fields.set(name, to: .integer(number)) }
  for (name, value) in base { try fields.set(name, to: .temporal(value)) }
  if let timezone { try fields.set("timezone", to: .string(timezone)) }
  return fields
}

/// The code of the error that a closure throws; nil when it throws none.
func temporalErrorCode<T>(_ body: () throws(QueryError) -> T) -> DiagnosticCode? {
  do throws(QueryError) {
    _ = try body()
    return nil
  } catch {
    return error.code
  }
}
