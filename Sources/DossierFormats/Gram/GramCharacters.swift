/// Which bytes may stand where in Gram.
enum GramCharacters {
  static let symbolStart: UInt8 = 1
  static let symbolPart: UInt8 = 2
  static let digit: UInt8 = 4
  static let space: UInt8 = 8
  /// Bytes that end the plain part of a quoted string: quotes, backslash, line ends, NUL.
  static let stringStop: UInt8 = 16

  /// 256 entries of the flags above, never freed; bytes of code points above U+007F have none.
  nonisolated(unsafe) static let classes: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    table.initialize(repeating: 0, count: 256)
    for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
      table[Int(letter)] |= symbolStart | symbolPart
      table[Int(letter) - 32] |= symbolStart | symbolPart
    }
    table[Int(UInt8(ascii: "_"))] |= symbolStart | symbolPart
    for number in UInt8(ascii: "0")...UInt8(ascii: "9") {
      table[Int(number)] |= digit | symbolPart
    }
    for mark in [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "@")] {
      table[Int(mark)] |= symbolPart
    }
    for blank in [0x20, 0x09, 0x0A, 0x0D, 0x0C] { table[blank] |= space }
    for stop in [0x22, 0x27, 0x60, 0x5C, 0x0A, 0x0D, 0x00] { table[stop] |= stringStop }
    return UnsafePointer(table)
  }()

  /// True when a code point above U+007F may stand in a symbol, as letters of any script do.
  static func isSymbolPart(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
    first ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
  }

  /// True when all of a name can be written without quotes.
  static func isSymbol(_ name: some Collection<UInt8>) -> Bool {
    guard let first = name.first, classes[Int(first)] & symbolStart != 0 else { return false }
    return name.allSatisfy { classes[Int($0)] & symbolPart != 0 }
  }
}
