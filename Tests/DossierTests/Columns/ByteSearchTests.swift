import Testing

@testable import Dossier

/// Searches that look at eight bytes at a time find what a search byte by byte finds.
@Suite struct ByteSearchTests {
  private static let sizes = [0, 1, 5, 7, 8, 9, 16, 23, 64, 255, 256, 257, 600]

  /// Texts of few different bytes and of many.
  private static let texts: [[UInt8]] =
    sizes.map { bytes($0) { 97 + ($0 * $0 + $0 / 3) % 3 } }
    + sizes.map { bytes($0) { $0 * 37 + 200 } }

  private static let patterns: [[UInt8]] =
    [[], [97], [97, 98], [98, 97, 97], [97, 97, 99, 97, 98, 98, 97, 97, 97], [200, 237], [255]]
    + texts.filter { $0.count > 4 }.map { Array($0.suffix(4)) }

  private static func bytes(_ count: Int, _ value: (Int) -> Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value($0)) }
  }

  @Test(arguments: texts.indices) func findsTheFirstPlace(_ index: Int) {
    let text = Self.texts[index]
    for pattern in Self.patterns {
      let expected = (0...text.count).first { text[$0...].starts(with: pattern) }
      text.withUnsafeBufferPointer { text in
        pattern.withUnsafeBufferPointer { pattern in
          #expect(text.firstIndex(of: pattern) == expected)
          #expect(BytePrefix(pattern).begins(text) == text.starts(with: pattern))
        }
      }
    }
  }
}
