import DossierSyntax

/// What becomes of records that a reader can't read: the first ends the load, or all are noted and
/// the rest is loaded.
///
/// A reader calls `note` with the error of a record (a line, an element, a statement) and goes on
/// behind it. Errors that leave no place to go on from are thrown, not noted.
struct BadRecords: Sendable {
  /// True when a load goes on behind a bad record.
  let keepsGoing: Bool
  /// The first errors, in the order of the records.
  private(set) var errors: [QueryError] = []
  /// All errors, those beyond `limit` too, by their codes in the order of their first mention.
  private(set) var counts: [(code: DiagnosticCode, count: Int)] = []
  /// All errors, those beyond `limit` too.
  var count: Int { counts.reduce(0) { $0 + $1.count } }

  /// Errors that are kept; more are counted only.
  static let limit = 1_000

  init(keepsGoing: Bool = false) {
    self.keepsGoing = keepsGoing
  }

  /// Notes the error of a record. Throws it unless the load goes on behind bad records.
  mutating func note(_ error: QueryError) throws(QueryError) {
    guard keepsGoing else { throw error }
    if let index = counts.firstIndex(where: { $0.code == error.code }) {
      counts[index].count += 1
    } else {
      counts.append((error.code, 1))
    }
    if errors.count < Self.limit { errors.append(error) }
  }
}
