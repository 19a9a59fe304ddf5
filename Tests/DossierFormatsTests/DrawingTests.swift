import Dossier
import DossierFormats
import DossierSyntax
import Testing

/// Drawings of generated graphs are well-formed.
@Suite struct DrawingTests {
  private func lines(seed: UInt64, _ format: GraphFileFormat) throws -> [String] {
    let database = try GeneratedGraph.database(seed: seed, .all, statements: false)
    let (bytes, report) = try GraphFile.bytes(of: database.view, format: format)
    #expect(report.nodes == database.view.nodeCount)
    #expect(report.relationships == database.view.relationshipCount)
    #expect(report.warnings.count == 1)
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect(lines.last?.isEmpty == true)
    return lines.dropLast().map { String(decoding: $0, as: UTF8.self) }
  }

  /// True for letters between the quotes of Graphviz: no control characters, and backslashes only as
  /// `\"`, `\\` and `\n`.
  private func isDOTText(_ text: Substring) -> Bool {
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      if scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\"" { return false }
      guard scalar == "\\" else { continue }
      guard let escaped = scalars.next(), ["\"", "\\", "n"].contains(escaped) else { return false }
    }
    return true
  }

  /// True for letters between the quotes of Mermaid: what it could take for its own is numbered.
  private func isMermaidText(_ text: Substring) -> Bool {
    if text.isEmpty { return false }
    var numbers = text.unicodeScalars.makeIterator()
    while let scalar = numbers.next() {
      if "\"&<>[]{}()|\\`;".unicodeScalars.contains(scalar) || scalar.value < 0x20 { return false }
      guard scalar == "#" else { continue }
      var digits = 0
      while let next = numbers.next(), next != ";" {
        guard ("0"..."9").contains(next) else { return false }
        digits += 1
      }
      if digits == 0 { return false }
    }
    return true
  }

  @Test(arguments: 0..<80 as Range<UInt64>) func dot(seed: UInt64) throws {
    let lines = try lines(seed: seed, .dot)
    #expect(lines.first == "digraph {" && lines.last == "}")
    for line in lines.dropFirst().dropLast() {
      guard let match = line.wholeMatch(of: /\ \ n\d+(?: -> n\d+)? \[label="([\s\S]*)"\];/) else {
        Issue.record("\(line)")
        continue
      }
      #expect(isDOTText(match.1), "\(line)")
    }
  }

  @Test(arguments: 0..<80 as Range<UInt64>) func mermaid(seed: UInt64) throws {
    let lines = try lines(seed: seed, .mermaid)
    #expect(lines.first == "graph LR")
    for line in lines.dropFirst() {
      let node = line.wholeMatch(of: /\ \ n\d+\["([\s\S]*)"\]/)?.1
      guard let text = node ?? line.wholeMatch(of: /\ \ n\d+ -->\|"([\s\S]*)"\| n\d+/)?.1 else {
        Issue.record("\(line)")
        continue
      }
      #expect(isMermaidText(text), "\(line)")
    }
  }
}
