/// The number of a variable's column in the rows of a statement.
///
/// The binder gives every variable of a statement a slot of its own, subqueries included, so a slot
/// never changes its meaning while the statement runs.
struct Slot: Hashable, Sendable {
  var index: Int
}
