/// Reads the value that a table cell shows.
struct CellReader {
  private let scalars: [Unicode.Scalar]
  private let text: String
  private var index = 0

  private init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  /// The value of a cell. Errors: `FeatureReader.Failure` for a text that shows none.
  static func read(_ text: String) throws -> CellValue {
    var reader = CellReader(text)
    let value = try reader.value()
    reader.skipSpace()
    if reader.index < reader.scalars.count { throw reader.failure() }
    return value
  }

  private func failure() -> FeatureReader.Failure {
    FeatureReader.Failure(description: "no value: `\(text)` at \(index)")
  }

  private mutating func skipSpace() {
    while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
  }

  private mutating func take(_ token: String) -> Bool {
    skipSpace()
    guard scalars[index...].starts(with: token.unicodeScalars) else { return false }
    index += token.unicodeScalars.count
    return true
  }

  private mutating func need(_ token: String) throws {
    if !take(token) { throw failure() }
  }

  private mutating func value() throws -> CellValue {
    skipSpace()
    guard index < scalars.count else { throw failure() }
    switch scalars[index] {
    case "'": return .string(CellValue.Text(try string()))
    case "[": return try bracketed()
    case "{": return .map(try map())
    case "(": return try node()
    case "<": return try path()
    default: return try word()
    }
  }

  private mutating func word() throws -> CellValue {
    let start = index
    while index < scalars.count, !",]}>)|:".unicodeScalars.contains(scalars[index]),
      !scalars[index].properties.isWhitespace
    { index += 1 }
    let word = String(String.UnicodeScalarView(scalars[start..<index]))
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "NaN": return .float(Double.nan)
    case "Inf", "+Inf": return .float(Double.infinity)
    case "-Inf": return .float(-Double.infinity)
    default:
      if let integer = Int64(word) { return .integer(integer) }
      if let float = Double(word) { return .float(float) }
      throw failure()
    }
  }

  private mutating func string() throws -> String {
    var result = String.UnicodeScalarView()
    try need("'")
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "'" { return String(result) }
      guard scalar == "\\", index < scalars.count else {
        result.append(scalar)
        continue
      }
      switch scalars[index] {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r": result.append("\r")
      default: result.append(scalars[index])
      }
      index += 1
    }
    throw failure()
  }

  private mutating func name() throws -> CellValue.Text {
    skipSpace()
    var name = String.UnicodeScalarView()
    if take("`") {
      while index < scalars.count, scalars[index] != "`" {
        name.append(scalars[index])
        index += 1
      }
      try need("`")
    } else {
      while index < scalars.count, scalars[index] == "_" || scalars[index].properties.isXIDContinue
      {
        name.append(scalars[index])
        index += 1
      }
      if name.isEmpty { throw failure() }
    }
    return CellValue.Text(String(name))
  }

  private mutating func bracketed() throws -> CellValue {
    let start = index
    try need("[")
    if take(":") {
      index = start
      return try relationship()
    }
    var values: [CellValue] = []
    if take("]") { return .list(values) }
    repeat { values.append(try value()) } while take(",")
    try need("]")
    return .list(values)
  }

  private mutating func map() throws -> [CellValue.Text: CellValue] {
    var entries: [CellValue.Text: CellValue] = [:]
    try need("{")
    if take("}") { return entries }
    repeat {
      let key = try name()
      try need(":")
      entries[key] = try value()
    } while take(",")
    try need("}")
    return entries
  }

  private mutating func node() throws -> CellValue {
    var labels: Set<CellValue.Text> = []
    var entries: [CellValue.Text: CellValue] = [:]
    try need("(")
    while take(":") { labels.insert(try name()) }
    skipSpace()
    if index < scalars.count, scalars[index] == "{" { entries = try map() }
    try need(")")
    return .node(labels: labels, entries)
  }

  private mutating func relationship() throws -> CellValue {
    var entries: [CellValue.Text: CellValue] = [:]
    try need("[")
    try need(":")
    let type = try name()
    skipSpace()
    if index < scalars.count, scalars[index] == "{" { entries = try map() }
    try need("]")
    return .relationship(type: type, entries)
  }

  private mutating func path() throws -> CellValue {
    try need("<")
    var nodes = [try node()]
    var relationships: [CellValue] = []
    var forward: [Bool] = []
    while !take(">") {
      let isBackward = take("<-")
      if !isBackward { try need("-") }
      relationships.append(try relationship())
      try need(isBackward ? "-" : "->")
      forward.append(!isBackward)
      nodes.append(try node())
    }
    return .path(nodes: nodes, relationships: relationships, forward: forward)
  }
}
