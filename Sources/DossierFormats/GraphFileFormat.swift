/// The formats of graph files.
public enum GraphFileFormat: String, CaseIterable, Sendable {
  /// Gram notation.
  case gram
  /// A script of openCypher statements.
  case cypher

  /// The format that a file name tells by its end; nil when it tells none.
  init?(fileName: String) {
    let name = Array(fileName.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    func ends(with suffix: StaticString) -> Bool {
      name.count > suffix.utf8CodeUnitCount
        && name.suffix(suffix.utf8CodeUnitCount).elementsEqual(
          UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
    }
    if ends(with: ".gram") {
      self = .gram
    } else if ends(with: ".cypher") || ends(with: ".cypherl") || ends(with: ".cyp")
      || ends(with: ".cql") || ends(with: ".gql")
    {
      self = .cypher
    } else {
      return nil
    }
  }

  /// The format that the first bytes of a file tell.
  init(sniffing bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF: index += 1
      case UInt8(ascii: "/") where index + 1 < bytes.count && bytes[index + 1] == 0x2F:
        while index < bytes.count && bytes[index] != 0x0A && bytes[index] != 0x0D { index += 1 }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        self = .cypher
        return
      default:
        self = .gram
        return
      }
    }
    self = .gram
  }
}
