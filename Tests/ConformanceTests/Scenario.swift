import Testing

/// A scenario of a feature file, worded as in openCypher's compatibility kit: the steps of the background
/// come before its own, and outlines are spelled out.
struct Scenario: Sendable, CustomTestStringConvertible {
  /// The path of the file, relative to the checkout.
  var file: String
  /// The line of `Scenario:`, or of the row of the examples.
  var line: Int
  var name: String
  var steps: [Step]

  var testDescription: String { "\(file):\(line) \(name)" }
}

/// A line that begins with `Given`, `When`, `Then` or `And`, without that word.
struct Step: Sendable {
  var text: String
  /// What stands between `"""` lines.
  var document: String?
  /// The rows of a table, the header included.
  var table: [[String]] = []

  /// The step with each `<name>` replaced by its value.
  func filled(_ values: [(name: String, value: String)]) -> Step {
    func fill(_ text: String) -> String {
      values.reduce(text) { $0.replacingAll("<\($1.name)>", by: $1.value) }
    }
    return Step(
      text: fill(text), document: document.map(fill), table: table.map { $0.map(fill) })
  }
}

extension String {
  /// The text with each occurrence of another text replaced.
  func replacingAll(_ part: String, by replacement: String) -> String {
    let part = Array(part.utf8)
    let text = Array(utf8)
    var result: [UInt8] = []
    var i = 0
    while i < text.count {
      if text[i...].starts(with: part) {
        result += Array(replacement.utf8)
        i += part.count
      } else {
        result.append(text[i])
        i += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text without white space at its ends.
  var trimmed: String {
    var rest = Substring(self)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
