import TestSupport

/// A Swift file, read just closely enough to see what it imports, declares and mentions.
struct SwiftSource {
  /// The path from the root of the checkout.
  let path: String
  /// Modules that the file imports.
  let imports: [String]
  /// Types that the file declares outside of other declarations.
  let declaredTypes: [String]
  /// All words of the code that begin with a capital letter; comments and strings are left out.
  let mentionedTypes: Set<String>

  init(path: String) {
    self.path = path
    let lines = (Checkout.text(path) ?? "").split(separator: "\n").map(String.init)
    imports = lines.compactMap(Self.importedModule)
    declaredTypes = lines.compactMap(Self.declaredType)
    mentionedTypes = Set(lines.flatMap(Self.capitalWords))
  }

  /// All files below a folder.
  static func files(below folder: String) -> [SwiftSource] {
    Checkout.files(below: folder, endingIn: ".swift").map { SwiftSource(path: $0) }
  }

  private static func importedModule(_ line: String) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), words.count > place + 1,
      words[..<place].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
    else { return nil }
    return String(words[place + 1])
  }

  private static func declaredType(_ line: String) -> String? {
    guard let first = line.first, first != " ", first != "/" else { return nil }
    let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "@" }
    let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "typealias", "actor"]
    guard let place = words.firstIndex(where: { kinds.contains($0) }), words.count > place + 1,
      !words[..<place].contains("private"), !words[..<place].contains("extension")
    else { return nil }
    return String(words[place + 1])
  }

  private static func capitalWords(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isInString = false
    var previous: Character = " "
    for character in line {
      if character == "/", previous == "/", !isInString { break }
      if character == "\"", previous != "\\" { isInString.toggle() }
      if !isInString, character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        if word.first?.isUppercase == true { words.append(word) }
        word = ""
      }
      previous = character
    }
    if word.first?.isUppercase == true { words.append(word) }
    return words
  }
}
