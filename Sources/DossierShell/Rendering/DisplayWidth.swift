/// How many columns of a terminal a text fills.
///
/// Control characters count as nothing; renderers escape them before they measure.
public enum DisplayWidth {
  /// The columns of a text.
  public static func columns(of text: String) -> Int {
    var text = text
    let ascii: Int? = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 < 0x80 } ? bytes.count : nil
    }
    if let ascii { return ascii }
    return text.reduce(into: 0) { $0 += columns(of: $1) }
  }

  /// The columns of a character as a reader sees it: one or two, or none for a mark that stands alone.
  public static func columns(of character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F, width == 1 { return 2 }
      width = max(width, columns(of: scalar))
      if width == 2 { break }
    }
    let isFlag =
      character.unicodeScalars.count == 2
      && character.unicodeScalars.allSatisfy {
        (0x1F1E6...0x1F1FF).contains($0.value)
      }
    return isFlag ? 2 : width
  }

  /// The columns of a single code point.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7F...0x9F).contains(value) ? 0 : 1 }
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return isWide(value) ? 2 : 1
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[middle].last < value { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].first <= value
  }

  /// The longest prefix of a text that fills at most `limit` columns, and its columns.
  static func prefix(of text: String, columns limit: Int) -> (text: Substring, columns: Int) {
    var width = 0
    var end = text.startIndex
    while end < text.endIndex {
      let next = columns(of: text[end])
      if width + next > limit { break }
      width += next
      end = text.index(after: end)
    }
    return (text[..<end], width)
  }
}
