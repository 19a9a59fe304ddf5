import DossierFormats
import DossierSyntax
import Glibc

/// What `:load` and `:save` take: files, and a format before them.
struct FileArguments {
  var format: GraphFileFormat?
  var paths: [String] = []

  /// Reads `[--format FORMAT] FILE…`. Words are parted by blanks; quotes and backslashes keep blanks,
  /// `~` is the home folder, and `*`, `?` and `[…]` stand for the files that there are. A text that as
  /// a whole is the name of a file is that file.
  init(_ text: String) throws(ShellCommand.Failure) {
    let whole = ShellCommand.expanded(text)
    if access(whole, F_OK) == 0 {
      paths = [whole]
      return
    }
    var words = Self.words(text)[...]
    while let word = words.popFirst() {
      if !word.isQuoted, let name = Self.formatName(word.text, &words) {
        format = try Self.format(name)
      } else {
        paths += try Self.files(word)
      }
    }
  }

  /// A word; `isQuoted` when a part of it stood in quotes or behind a backslash.
  private struct Word {
    var text: String
    var isQuoted: Bool
  }

  private static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var bytes: [UInt8] = []
    var (isQuoted, isBegun) = (false, false)
    var quote: UInt8 = 0
    var isEscaped = false
    for byte in Array(text.utf8) + [0x20] {
      if isEscaped {
        bytes.append(byte)
        isEscaped = false
      } else if byte == quote {
        quote = 0
      } else if quote != 0 {
        bytes.append(byte)
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        (quote, isQuoted, isBegun) = (byte, true, true)
      } else if byte == UInt8(ascii: "\\") {
        (isEscaped, isQuoted, isBegun) = (true, true, true)
      } else if byte == 0x20 || byte == 0x09 {
        if isBegun {
          words.append(Word(text: String(decoding: bytes, as: UTF8.self), isQuoted: isQuoted))
        }
        bytes.removeAll()
        (isQuoted, isBegun) = (false, false)
      } else {
        bytes.append(byte)
        isBegun = true
      }
    }
    if quote != 0 {
      words.append(Word(text: String(decoding: bytes, as: UTF8.self), isQuoted: true))
    }
    return words
  }

  /// The format that `--format NAME` or `--format=NAME` names; nil for other words.
  private static func formatName(_ word: String, _ words: inout ArraySlice<Word>) -> String? {
    for option in ["--format", "--format-in", "--format-out"] {
      if word.utf8.elementsEqual(option.utf8) { return words.popFirst()?.text ?? "" }
      if word.utf8.starts(with: (option + "=").utf8) {
        return String(decoding: word.utf8.dropFirst(option.utf8.count + 1), as: UTF8.self)
      }
    }
    return nil
  }

  private static func format(_ name: String) throws(ShellCommand.Failure) -> GraphFileFormat {
    if let format = GraphFileFormat(name: name) { return format }
    throw .message(
      "knows no format `\(TextEscaping.visible(name))` of files",
      help: "formats are \(GraphFileFormat.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  /// The files that a word stands for, in the order of their names.
  private static func files(_ word: Word) throws(ShellCommand.Failure) -> [String] {
    if word.isQuoted { return [word.text] }
    let path = ShellCommand.expanded(word.text)
    guard path.utf8.contains(where: { [0x2A, 0x3F, 0x5B].contains($0) }) else { return [path] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(path, GLOB_ERR, nil, &found) == 0, let names = found.gl_pathv else {
      throw .message("finds no file `\(TextEscaping.visible(path))`")
    }
    let files = (0..<Int(found.gl_pathc)).compactMap { names[$0].map { String(cString: $0) } }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension GraphFileFormat {
  /// The format of a name, in any letter case; nil for other names.
  public init?(name: String) {
    self.init(rawValue: name.lowercased())
  }
}
