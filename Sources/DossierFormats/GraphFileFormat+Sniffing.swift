/// Telling a format from what a file holds.
extension GraphFileFormat {
  /// The format of a file: by its name, by its first bytes where the name says nothing or too little.
  init(of file: FileBytes) {
    let named = GraphFileFormat(fileName: file.path)
    switch named {
    case .jsonl: self = Self.looksLikeEntities(file) ? .ftm : .jsonl
    case .csv where Self.looksLikeStatements(file): self = .ftmStatements
    case .csv, .edges: self = Self.looksLikeGraphTable(file) ? .csv : named == .csv ? .csv : .edges
    case .some(let format): self = format
    case nil: self = Self.sniffed(file)
    }
  }

  private static func sniffed(_ file: FileBytes) -> GraphFileFormat {
    let start = firstSignificantOffset(file)
    let bytes = file.start
    if looksLikeStatements(file) { return .ftmStatements }
    if looksLikeTurtle(file) { return .turtle }
    switch bytes[start] {
    case UInt8(ascii: "<"):
      if contains("<graphml", in: file) { return .graphml }
      if contains("<gexf", in: file) { return .gexf }
      return .ntriples
    case UInt8(ascii: "{"):
      var next = start + 1
      while bytes[next] == 0x20 { next += 1 }
      guard bytes[next] == UInt8(ascii: "\"") else { return .gram }
      return looksLikeEntities(file) ? .ftm : .jsonl
    case UInt8(ascii: "["):
      return contains("\"type\"", in: file) ? .jsonl : .gram
    case UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .edges
    case UInt8(ascii: "_") where bytes[start + 1] == UInt8(ascii: ":"): return .ntriples
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: ":"), UInt8(ascii: "~"):
      return looksLikeGraphTable(file) ? .csv : .cypher
    default: return .gram
    }
  }

  /// Behind blanks and `//` comments.
  private static func firstSignificantOffset(_ file: FileBytes) -> Int {
    var index = file.firstOffset
    let bytes = file.start
    while index < file.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case UInt8(ascii: "/") where bytes[index + 1] == UInt8(ascii: "/"):
        while index < file.count && bytes[index] != 0x0A && bytes[index] != 0x0D { index += 1 }
      default: return index
      }
    }
    return index
  }

  /// True when the first 4 KiB hold a text.
  private static func contains(_ text: String, in file: FileBytes) -> Bool {
    let head = UnsafeBufferPointer(start: file.start, count: min(file.count, 4_096))
    let wanted = Array(text.utf8)
    guard head.count >= wanted.count else { return false }
    return (0...(head.count - wanted.count)).contains { offset in
      head[offset..<offset + wanted.count].elementsEqual(wanted)
    }
  }

  private static func looksLikeEntities(_ file: FileBytes) -> Bool {
    contains("\"schema\"", in: file) && !contains("\"type\":\"node\"", in: file)
      && !contains("\"type\": \"node\"", in: file)
  }

  /// True when a directive of Turtle opens the file, behind blanks and `#` comments.
  private static func looksLikeTurtle(_ file: FileBytes) -> Bool {
    var index = file.firstOffset
    let bytes = file.start
    while index < file.count {
      if bytes[index] == UInt8(ascii: "#") {
        while index < file.count && bytes[index] != 0x0A && bytes[index] != 0x0D { index += 1 }
      } else if ![0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) {
        break
      }
      index += 1
    }
    let head = file.buffer.dropFirst(index)
    return ["@prefix ", "@base ", "PREFIX ", "BASE "].contains { head.starts(with: $0.utf8) }
  }

  /// True when the first line has the columns of FollowTheMoney's statements.
  private static func looksLikeStatements(_ file: FileBytes) -> Bool {
    let line = firstLine(of: file)
    guard line.count <= 4_096 else { return false }
    let columns = line.pieces(separatedBy: CSVScanner.delimiter(of: file)).map { piece in
      String(decoding: piece.buffer.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
    return FollowTheMoneyStatementReader.requiredColumns.allSatisfy { columns.contains($0) }
  }

  private static func firstLine(of file: FileBytes) -> ByteString {
    var end = file.firstOffset
    while end < file.count && file.start[end] != 0x0A && file.start[end] != 0x0D { end += 1 }
    return ByteString(start: file.start + file.firstOffset, count: end - file.firstOffset)
  }

  /// True when the first line has a column that only graph tables have.
  private static func looksLikeGraphTable(_ file: FileBytes) -> Bool {
    firstLine(of: file).pieces(separatedBy: CSVScanner.delimiter(of: file)).contains { piece in
      let text = piece.string
      return text.contains(":ID") || text.contains("START_ID") || text.hasPrefix("~")
        || text.hasPrefix("\"~")
    }
  }
}
