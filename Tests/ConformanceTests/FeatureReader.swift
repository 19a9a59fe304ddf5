/// Reads the part of Gherkin that feature files use.
struct FeatureReader {
  /// What is wrong with a feature file.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let file: String
  private let lines: [String]
  private var index = 0
  private var background: [Step] = []
  private var scenarios: [Scenario] = []

  private init(_ text: String, file: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The scenarios of a text. Errors: `Failure` for a line that has no meaning where it stands.
  static func read(_ text: String, file: String) throws -> [Scenario] {
    var reader = FeatureReader(text, file: file)
    try reader.readAll()
    return reader.scenarios
  }

  private func failure(_ message: String) -> Failure {
    Failure(description: "\(file):\(index + 1): \(message)")
  }

  private mutating func readAll() throws {
    while let line = next() {
      if line.hasPrefix("Feature:") {
        skipDescription()
      } else if line.hasPrefix("Background:") {
        background = try readSteps()
      } else if line.hasPrefix("Scenario Outline:") {
        try readOutline(name(line, after: "Scenario Outline:"))
      } else if line.hasPrefix("Scenario:") {
        let start = index
        let steps = try readSteps()
        scenarios.append(
          Scenario(
            file: file, line: start, name: name(line, after: "Scenario:"),
            steps: background + steps))
      } else {
        throw failure("unexpected `\(line)`")
      }
    }
  }

  private func name(_ line: String, after keyword: String) -> String {
    String(line.dropFirst(keyword.count)).trimmed
  }

  /// The next line that is neither empty nor a comment, trimmed.
  private mutating func next() -> String? {
    while index < lines.count {
      let line = lines[index].trimmed
      index += 1
      if !line.isEmpty, !line.hasPrefix("#"), !line.hasPrefix("@") { return line }
    }
    return nil
  }

  private mutating func skipDescription() {
    while let line = next() {
      if line.hasPrefix("Background:") || line.hasPrefix("Scenario") {
        index -= 1
        return
      }
    }
  }

  private mutating func readOutline(_ name: String) throws {
    let steps = try readSteps()
    var examples = 0
    while let line = next() {
      guard line.hasPrefix("Examples:") else {
        index -= 1
        break
      }
      let start = index
      let table = try readTable()
      guard let header = table.first else { throw failure("examples without a table") }
      for (position, row) in table.dropFirst().enumerated() {
        guard row.count == header.count else { throw failure("a row of another width") }
        let values = zip(header, row).map { (name: $0, value: $1) }
        examples += 1
        scenarios.append(
          Scenario(
            file: file, line: start + position + 2,
            name: name + " (" + row.joined(separator: ", ") + ")",
            steps: background + steps.map { $0.filled(values) }))
      }
    }
    if examples == 0 { throw failure("an outline without examples") }
  }

  private mutating func readSteps() throws -> [Step] {
    var steps: [Step] = []
    while let line = next() {
      guard let keyword = ["Given ", "When ", "Then ", "And "].first(where: line.hasPrefix) else {
        index -= 1
        break
      }
      var step = Step(text: name(line, after: keyword))
      if index < lines.count, lines[index].trimmed == "\"\"\"" {
        step.document = try readDocument()
      }
      step.table = try readTable()
      steps.append(step)
    }
    return steps
  }

  /// The lines between `"""` lines, without the indentation of the first of these.
  private mutating func readDocument() throws -> String {
    let indent = lines[index].prefix { $0 == " " }.count
    index += 1
    var document: [Substring] = []
    while index < lines.count, lines[index].trimmed != "\"\"\"" {
      let line = lines[index]
      document.append(line.dropFirst(min(indent, line.prefix { $0 == " " }.count)))
      index += 1
    }
    guard index < lines.count else { throw failure("the document does not end") }
    index += 1
    return document.joined(separator: "\n")
  }

  private mutating func readTable() throws -> [[String]] {
    var rows: [[String]] = []
    while index < lines.count, lines[index].trimmed.hasPrefix("|") {
      rows.append(cells(lines[index].trimmed))
      index += 1
    }
    return rows
  }

  /// The cells between bars; `\|` is a bar.
  private func cells(_ line: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if isEscaped {
        cell += character == "|" ? "|" : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append(cell.trimmed)
        cell = ""
      } else {
        cell.append(character)
      }
    }
    return cells
  }
}
