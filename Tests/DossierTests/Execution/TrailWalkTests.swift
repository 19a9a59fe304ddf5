import DossierSyntax
import Testing

@testable import Dossier

@Suite("Trails from one node")
struct TrailWalkTests {
  private static let element = Slot(index: 0)

  /// A trail as its relationships and the node where it ends.
  private struct Trail: Hashable, Comparable {
    var relationships: [UInt32]
    var end: UInt32

    static func < (a: Trail, b: Trail) -> Bool {
      a.relationships.lexicographicallyPrecedes(b.relationships)
    }
  }

  private func length(_ minimum: Int, _ maximum: Int?) -> VariableLength {
    VariableLength(minimum: minimum, maximum: maximum, element: Self.element)
  }

  private func walked(
    _ sample: RandomGraph, from node: UInt32, _ direction: ExpandStep.Direction,
    _ length: VariableLength, excluding: [UInt32] = [], _ predicate: ChainPredicate? = nil
  ) throws -> [Trail] {
    let state = sample.state()
    let adjacency = StepAdjacency(["R"], direction, state.graph)
    let walk = try TrailWalk(adjacency, length, predicate, state)
    let batch = Batch(count: 1, slotCount: 1)
    var trails: [Trail] = []
    // A walk that is begun anew must forget the one before.
    try walk.begin(at: 0, excluding: [], row: 0, of: batch, state)
    _ = try walk.next(row: 0, of: batch, state)
    try walk.begin(at: node, excluding: excluding, row: 0, of: batch, state)
    while let end = try walk.next(row: 0, of: batch, state) {
      trails.append(Trail(relationships: Array(walk.relationships), end: end))
    }
    return trails.sorted()
  }

  /// The same by trying everything.
  private func tried(
    _ sample: RandomGraph, from node: UInt32, _ direction: ExpandStep.Direction,
    _ length: VariableLength, excluding: [UInt32] = [], _ keep: (UInt32) -> Bool = { _ in true }
  ) -> [Trail] {
    var trails: [Trail] = []
    func go(_ node: UInt32, _ chain: [UInt32]) {
      if chain.count >= max(length.minimum, 1) {
        trails.append(Trail(relationships: chain, end: node))
      }
      guard chain.count < length.maximum ?? .max else { return }
      for (id, next) in sample.steps(from: node, direction)
      where !chain.contains(id) && !excluding.contains(id) && keep(id) {
        go(next, chain + [id])
      }
    }
    go(node, [])
    return trails.sorted()
  }

  @Test(arguments: UInt64(1)...8)
  func areThoseOfABruteSearch(seed: UInt64) throws {
    let sample = try RandomGraph(seed: seed)
    for direction in [ExpandStep.Direction.outgoing, .incoming, .both] {
      for (minimum, maximum) in [(0, 0), (0, 1), (0, 3), (1, 2), (2, 3), (3, 3), (1, nil), (4, 2)] {
        let length = length(minimum, maximum)
        let expected = tried(sample, from: 1, direction, length)
        let found = try walked(sample, from: 1, direction, length)
        #expect(found == expected, "\(direction), \(minimum)...\(maximum as Int?)")
      }
    }
  }

  @Test(arguments: UInt64(1)...8)
  func leaveOutExcludedRelationships(seed: UInt64) throws {
    let sample = try RandomGraph(seed: seed)
    let excluded = sample.links.prefix(2).map(\.id)
    for direction in [ExpandStep.Direction.outgoing, .both] {
      let length = length(1, 4)
      let expected = tried(sample, from: 0, direction, length, excluding: excluded)
      #expect(try walked(sample, from: 0, direction, length, excluding: excluded) == expected)
    }
  }

  @Test(arguments: UInt64(1)...8)
  func useOnlyRelationshipsThatSatisfyThePredicate(seed: UInt64) throws {
    let sample = try RandomGraph(seed: seed)
    for isLasting in [false, true] {
      var length = length(1, nil)
      length.predicateIsLasting = isLasting
      let predicate = ChainPredicate(EvenKernel(Self.element), length)
      let expected = tried(sample, from: 1, .both, length) { $0.isMultiple(of: 2) }
      #expect(try walked(sample, from: 1, .both, length, predicate) == expected)
    }
  }
}
