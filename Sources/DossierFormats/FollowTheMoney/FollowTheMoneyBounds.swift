import Dossier
import DossierSyntax

/// The properties of the graph that are read out of FollowTheMoney's texts: valid time and shares.
///
/// `from` and `to` are the valid time, half-open: `to` is the first day behind the period that the text
/// names. `precision` is `year` or `month` where one of the texts is no full date. The bounds of a
/// `percentage` are `percentageMinimum` and `percentageMaximum`. The texts stay as they are.
enum FollowTheMoneyBounds {
  /// Adds what the texts say; those that say nothing are passed over.
  static func addValidTime(
    begins: [ByteString], ends: [ByteString], to element: GraphDraft.Element,
    in draft: inout GraphDraft, at place: GraphDraft.Place
  ) throws(QueryError) {
    let begins = begins.compactMap { PrefixDate($0) }
    let ends = ends.compactMap { PrefixDate($0) }
    if let from = begins.min(by: { $0.first < $1.first }) {
      try add("from", .date(from.first), to: element, in: &draft, at: place)
    }
    if let to = ends.max(by: { $0.next < $1.next }) {
      try add("to", .date(to.next), to: element, in: &draft, at: place)
    }
    if let coarsest = (begins + ends).map(\.precision).min(), coarsest != .day {
      try add("precision", .string(coarsest.name.description), to: element, in: &draft, at: place)
    }
  }

  /// Adds the bounds of a share that one or several texts name.
  static func addShare(
    _ texts: [ByteString], to element: GraphDraft.Element, in draft: inout GraphDraft,
    at place: GraphDraft.Place
  ) throws(QueryError) {
    let shares = texts.compactMap { ShareText($0) }
    guard let minimum = shares.map(\.minimum).min(), let maximum = shares.map(\.maximum).max()
    else { return }
    try add("percentageMinimum", .float(minimum), to: element, in: &draft, at: place)
    try add("percentageMaximum", .float(maximum), to: element, in: &draft, at: place)
  }

  /// Adds a property unless the element has the key already.
  private static func add(
    _ key: StaticString, _ value: Value, to element: GraphDraft.Element,
    in draft: inout GraphDraft, at place: GraphDraft.Place
  ) throws(QueryError) {
    let name = ByteString(start: key.utf8Start, count: key.utf8CodeUnitCount)
    let number = draft.keyNames.intern(name).number
    guard draft.property(of: element, key: number) == nil else { return }
    try draft.appendProperty(of: element, key: number, to: draft.keep(value), at: place)
  }
}
