/// What the binder knows of an expression's type before any row is seen.
indirect enum StaticType: Hashable, Sendable {
  /// Nothing is known: checked when the statement runs.
  case any
  /// Only ever null.
  case null
  case boolean, integer, float, string
  /// Integer or float.
  case number
  case list(StaticType)
  case map
  case node, relationship, path
  case date, localTime, time, localDateTime, dateTime, duration
}
