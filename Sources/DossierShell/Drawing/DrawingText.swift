import Dossier
import Glibc

/// What is written in and along the elements of a drawing.
enum DrawingText {
  /// Columns of a line in a box, and how many lines it has.
  private static let boxColumns = 24
  private static let boxLines = 3

  /// Keys whose value names a node, the best first.
  private static let captionKeys = ["name", "title", "caption", "label", "id"]
  private static let beginKeys = ["from", "since", "start", "startDate", "validFrom", "valid_from"]
  private static let endKeys = ["to", "until", "end", "endDate", "validTo", "valid_to"]
  private static let instantKeys = ["date", "on", "at", "year"]

  /// What a node is called: its name or the like, another text of it, or its labels; in lines.
  static func caption(_ node: Node) -> [String] {
    for key in captionKeys {
      if let value = node.properties[key] { return wrapped(ValueText.text(value)) }
    }
    for entry in node.properties.entries {
      if case .string(let text) = entry.value { return wrapped(text) }
    }
    return wrapped(node.labels.joined(separator: ", "))
  }

  /// A text in at most three lines, parted at blanks; what does not fit is left out with a mark.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var words = TextEscaping.visible(text).split(separator: " ").map { String($0) }[...]
    while var word = words.popFirst() {
      let isLast = lines.count == boxLines - 1
      if !line.isEmpty, DisplayWidth.columns(of: line + " " + word) <= boxColumns {
        line += " " + word
        continue
      }
      if !line.isEmpty {
        if isLast { return lines + [shortened(line + " " + word, always: true)] }
        lines.append(line)
      }
      while DisplayWidth.columns(of: word) > boxColumns {
        if lines.count == boxLines - 1 { return lines + [shortened(word, always: true)] }
        let (prefix, _) = DisplayWidth.prefix(of: word, columns: boxColumns)
        guard !prefix.isEmpty else { break }
        lines.append(String(prefix))
        word = String(word.dropFirst(prefix.count))
      }
      line = word
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  private static func shortened(_ text: String, always: Bool) -> String {
    var (prefix, _) = DisplayWidth.prefix(of: text, columns: boxColumns - 1)
    while prefix.last == " " { prefix.removeLast() }
    return prefix + "…"
  }

  /// `2021-01-14 – 2021-05-25`, `from 2021-01-14`, `until 2021-05-25`, `2021-01-14` or nothing.
  static func dates(_ relationship: Relationship) -> String? {
    let begin = date(of: relationship, beginKeys)
    let end = date(of: relationship, endKeys)
    switch (begin, end) {
    case (let begin?, let end?): return begin == end ? begin : "\(begin) – \(end)"
    case (let begin?, nil): return "from \(begin)"
    case (nil, let end?): return "until \(end)"
    case (nil, nil): return date(of: relationship, instantKeys)
    }
  }

  /// The first value of some keys that is a date, a date and time, a year, or a text that reads as a date.
  private static func date(of relationship: Relationship, _ keys: [String]) -> String? {
    for key in keys {
      guard let value = relationship.properties[key] else { continue }
      switch value {
      case .date, .localDateTime, .dateTime:
        return ValueText.temporalText(value).map { String($0.prefix { $0 != "T" }) }
      case .integer(let year) where (1000...2999).contains(year): return String(year)
      case .string(let text) where startsAsDate(text): return String(text.prefix(10))
      default: continue
      }
    }
    return nil
  }

  /// True for texts that begin as 2021-05-25 does.
  private static func startsAsDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8.prefix(11))
    guard bytes.count >= 10, bytes.count == 10 || bytes[10] == UInt8(ascii: "T") else {
      return false
    }
    return bytes.prefix(10).enumerated().allSatisfy { place, byte in
      place == 4 || place == 7
        ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }

  /// Labels of nodes with their numbers, the most frequent first.
  static func labelCounts(_ nodes: [Node]) -> [(label: String, count: Int)] {
    var counts: [(label: String, count: Int)] = []
    for label in nodes.compactMap(\.labels.first) {
      if let index = counts.firstIndex(where: { $0.label.utf8.elementsEqual(label.utf8) }) {
        counts[index].count += 1
      } else {
        counts.append((label, 1))
      }
    }
    return counts.sorted {
      $0.count == $1.count
        ? $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) : $0.count > $1.count
    }
  }
}
