import Dossier
import DossierFormats
import DossierSyntax
import Testing

/// Damaged files give an error or a graph, never a crash or half a graph.
@Suite struct MutationTests {
  static let gram = #"""
    {kind: "data", join: true, more: {deep: 1}}
    // Companies
    @source('SG') (xiaomi:Company:`Listed Company` {id: 'x\u00e9', name: "Xiaomi 小米", n: -2.5e3})
    (xiaomi)-[r1:designated-by {from: date`2021-01-14`, on: date('2021-01-14'), l: [1, 'a', true]}]->
      (dod:Agency {t: `x`, r: 1..10, w: 5kg, h: 0xFF, o: 0o17})<-[:part-of]-(:Office)
    [group:Group | xiaomi, (a)-[:knows]->(b), [inner]] /* done */
    @@note:Note @k(null) (b {f: ```
    text
    ```})
    """#

  @Test func everyTruncation() {
    let bytes = Array(Self.gram.utf8)
    #expect(loadError(bytes, format: .gram) == nil)
    for count in bytes.indices { tryLoading(Array(bytes[..<count]), format: .gram) }
  }

  @Test func flippedBits() {
    mutate(Self.gram, format: .gram, rounds: 3_000)
  }

  /// Loads damaged copies of a text: flipped bits, lost, doubled and moved pieces.
  private func mutate(_ text: String, format: GraphFileFormat, rounds: Int) {
    let bytes = Array(text.utf8)
    var generator = SeededGenerator(seed: 20_210_114)
    for round in 0..<rounds {
      var damaged = bytes
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let place = Int.random(in: damaged.indices, using: &generator)
        switch round % 4 {
        case 0: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: damaged[place] = bytes.randomElement(using: &generator) ?? 0
        case 2:
          let end = min(place + Int.random(in: 1..<20, using: &generator), damaged.count - 1)
          if place < end { damaged.removeSubrange(place..<end) }
        default:
          let end = min(place + Int.random(in: 1..<20, using: &generator), damaged.count)
          let piece = Array(damaged[place..<end])
          damaged.insert(
            contentsOf: piece, at: Int.random(in: damaged.indices, using: &generator))
        }
      }
      tryLoading(damaged, format: format)
    }
  }

  private func tryLoading(_ bytes: [UInt8], format: GraphFileFormat) {
    let database = Database()
    guard let error = loadError(bytes, format: format, into: database) else { return }
    let view = database.view
    #expect(view.nodeCount == 0 && view.relationshipCount == 0)
    #expect(error.diagnostics[0].position != nil)
  }
}
