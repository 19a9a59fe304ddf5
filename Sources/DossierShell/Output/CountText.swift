import Dossier

/// Counts in words.
enum CountText {
  /// `1 row`, `3 rows`, `12,345 rows`.
  static func text(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// The number with commas between groups of three digits.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// What a statement changed, one phrase per kind of change.
  static func changes(_ counters: UpdateCounters) -> [String] {
    let phrases: [(Int, String, String, String)] = [
      (counters.nodesCreated, "created", "node", "nodes"),
      (counters.relationshipsCreated, "created", "relationship", "relationships"),
      (counters.nodesDeleted, "deleted", "node", "nodes"),
      (counters.relationshipsDeleted, "deleted", "relationship", "relationships"),
      (counters.propertiesSet, "set", "property", "properties"),
      (counters.labelsAdded, "added", "label", "labels"),
      (counters.labelsRemoved, "removed", "label", "labels"),
    ]
    return phrases.compactMap { count, verb, noun, plural in
      count == 0 ? nil : "\(verb) \(text(count, noun, plural: plural))"
    }
  }
}
