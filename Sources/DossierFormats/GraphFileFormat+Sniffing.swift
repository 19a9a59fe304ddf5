/// Telling a format from what a file holds.
extension GraphFileFormat {
  /// The format of a file: by its name, by its first bytes where the name says nothing or too little.
  init(of file: FileBytes) {
    let named = GraphFileFormat(fileName: file.path)
    switch named {
    case .jsonl: self = Self.looksLikeEntities(file) ? .ftm : .jsonl
    case .csv, .edges: self = Self.looksLikeGraphTable(file) ? .csv : named == .csv ? .csv : .edges
    case .some(let format): self = format
    case nil: self = Self.sniffed(file)
    }
  }

  private static func sniffed(_ file: FileBytes) -> GraphFileFormat {
    let start = firstSignificantOffset(file)
    let bytes = file.start
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

  /// True when the first line has a column that only graph tables have.
  private static func looksLikeGraphTable(_ file: FileBytes) -> Bool {
    var end = file.firstOffset
    while end < file.count && file.start[end] != 0x0A && file.start[end] != 0x0D { end += 1 }
    let line = ByteString(start: file.start + file.firstOffset, count: end - file.firstOffset)
    return line.pieces(separatedBy: CSVScanner.delimiter(of: file)).contains { piece in
      let text = piece.string
      return text.contains(":ID") || text.contains("START_ID") || text.hasPrefix("~")
        || text.hasPrefix("\"~")
    }
  }
}
