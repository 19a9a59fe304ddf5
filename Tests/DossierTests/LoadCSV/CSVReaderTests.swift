import DossierSyntax
import Testing

@testable import Dossier

@Suite("CSV reader")
struct CSVReaderTests {
  /// Gives its bytes in pieces.
  private final class Pieces: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let size: Int

    init(_ bytes: [UInt8], size: Int) {
      rest = bytes[...]
      self.size = size
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(QueryError) -> Int {
      let piece = rest.prefix(min(size, buffer.count))
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }

  /// The records as texts with the lines on which they begin, and the place of an error.
  private func records(
    _ bytes: [UInt8], capacity: Int, pieces: Int, terminator: String = ","
  ) -> [String] {
    var found: [String] = []
    do throws(QueryError) {
      let reader = try CSVReader(
        Pieces(bytes, size: pieces), name: "t", terminator: Array(terminator.utf8), arena: Arena(),
        control: ExecutionControl(), capacity: capacity)
      while try reader.advance() {
        let fields = (0..<reader.fieldCount).map { index in
          let field = reader.fields[index]
          let start = reader.bytes + field.start
          let text = String(
            decoding: UnsafeBufferPointer(start: start, count: field.count), as: UTF8.self)
          return field.isQuoted ? "<\(text)>" : text
        }
        found.append("\(reader.line): \(fields.joined(separator: "|"))")
      }
    } catch {
      let place = error.diagnostics[0].position.map { "\($0.line):\($0.column)" } ?? ""
      found.append("\(error.code.detail) \(place)")
    }
    return found
  }

  static let alphabet: [[UInt8]] =
    [
      "a", "b", ",", ",", "\"", "\"", "\"\"", "\n", "\r", "\r\n", "é", "→", "\u{FEFF}",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x86]]

  /// However the window and the pieces fall, the records are the same.
  @Test(arguments: UInt64(1)...40)
  func windowsDoNotMatter(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33) % bound
    }
    for _ in 0..<40 {
      let choices = random(3) == 0 ? Self.alphabet.count : Self.alphabet.count - 3
      let bytes = (0..<random(60)).flatMap { _ in Self.alphabet[random(choices)] }
      for terminator in [",", "→", "é"] {
        let whole = records(bytes, capacity: 1 << 12, pieces: 1 << 12, terminator: terminator)
        for capacity in [8, 9, 13] {
          for size in [1, 3, 1 << 12] {
            let found = records(bytes, capacity: capacity, pieces: size, terminator: terminator)
            #expect(found == whole, "\(bytes)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("a,b\n\"x", ["1: a|b", "InvalidData 2:1"]),
    ("a\r\n\"x\r\ny\",\"z", ["1: a", "InvalidData 3:4"]),
    ("é,\"x\"y\n", ["InvalidData 1:6"]),
    ("\"x\" ,y", ["InvalidData 1:4"]),
    ("\"a\nb\"\rc\r\n\nd", ["1: <a\nb>", "3: c", "5: d"]),
  ])
  func places(_ text: String, _ expected: [String]) {
    #expect(records(Array(text.utf8), capacity: 64, pieces: 64) == expected)
  }

  @Test func invalidBytesHaveTheirPlace() {
    #expect(
      records([0x61, 0x0A, 0xC3, 0xA9, 0xFF, 0x0A], capacity: 64, pieces: 2)
        == ["1: a", "InvalidData 2:2"])
  }

  @Test func longRecordsAreReadInLinearTime() {
    let bytes = Array(repeating: UInt8(ascii: "x"), count: 20 << 20)
    #expect(records(bytes, capacity: 1 << 12, pieces: 1 << 20).first?.utf8.count == bytes.count + 3)
    let commas = Array(repeating: UInt8(ascii: ","), count: 100_000)
    #expect(records(commas, capacity: 1 << 12, pieces: 1 << 20).count == 1)
  }
}
