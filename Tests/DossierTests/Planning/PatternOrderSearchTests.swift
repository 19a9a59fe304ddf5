import Testing

@testable import Dossier

@Suite("Orders of patterns by dynamic programming")
struct PatternOrderSearchTests {
  /// A chain 0 – 1 – 2 that grows to the right and shrinks to the left.
  private let chain = PatternOrderSearch(
    edges: [
      .init(index: 0, left: 0, right: 1, toRight: 10, toLeft: 0.5, closing: 0.1),
      .init(index: 1, left: 1, right: 2, toRight: 10, toLeft: 0.5, closing: 0.1),
    ], nodeCount: 3)

  private func names(_ steps: [PatternStep]?) -> [String]? {
    steps?.map { step in
      switch step {
      case .expand(let index, let fromLeft): "\(index)\(fromLeft ? ">" : "<")"
      default: "start"
      }
    }
  }

  @Test func theCheapestStartIsTaken() {
    let starts = [
      PatternOrderSearch.Start(nodes: 1 << 0, rows: 100, cost: 100),
      PatternOrderSearch.Start(nodes: 1 << 2, rows: 100, cost: 100),
    ]
    #expect(names(chain.cheapest(from: starts)) == ["1<", "0<"])
    let few = [PatternOrderSearch.Start(nodes: 1 << 0, rows: 0.1, cost: 0.1), starts[1]]
    #expect(names(chain.cheapest(from: few)) == ["0>", "1>"])
  }

  @Test func whatReducesRowsComesFirst() {
    let star = PatternOrderSearch(
      edges: [
        .init(index: 0, left: 0, right: 1, toRight: 50, toLeft: 1, closing: 1),
        .init(index: 1, left: 0, right: 2, toRight: 0.1, toLeft: 1, closing: 1),
      ], nodeCount: 3)
    let start = [PatternOrderSearch.Start(nodes: 1, rows: 1, cost: 0)]
    #expect(names(star.cheapest(from: start)) == ["1>", "0>"])
  }

  @Test func relationshipsBetweenKnownNodesAreCheckedAtOnce() {
    let triangle = PatternOrderSearch(
      edges: [
        .init(index: 0, left: 0, right: 1, toRight: 5, toLeft: 5, closing: 0.1),
        .init(index: 1, left: 1, right: 2, toRight: 5, toLeft: 5, closing: 0.1),
        .init(index: 2, left: 0, right: 2, toRight: 5, toLeft: 5, closing: 0.1),
      ], nodeCount: 3)
    let start = [PatternOrderSearch.Start(nodes: 1, rows: 1, cost: 0)]
    let steps = names(triangle.cheapest(from: start))
    #expect(steps?.count == 3)
    #expect(Set(steps?.compactMap(\.first) ?? []) == ["0", "1", "2"])
    let bound = [PatternOrderSearch.Start(nodes: 0b11, rows: 1, cost: 0)]
    #expect(names(triangle.cheapest(from: bound))?.first == "0>")
  }

  @Test func aPatternInTwoPiecesHasNoOrder() {
    let pieces = PatternOrderSearch(
      edges: [.init(index: 0, left: 0, right: 1, toRight: 1, toLeft: 1, closing: 1)], nodeCount: 3)
    #expect(pieces.cheapest(from: [.init(nodes: 1, rows: 1, cost: 1)]) == nil)
  }
}
