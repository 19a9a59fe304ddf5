import DossierSyntax
import Testing

@testable import Dossier

/// The store against a naive model under random writes, with copies taken at random moments.
struct GraphModelTests {
  /// A graph and what should be in it.
  private struct Pair {
    var graph: Graph
    var image: GraphImage
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func randomWritesAgreeWithTheModel(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var current = Pair(graph: Graph(), image: GraphImage())
    try prepare(&current, nodes: 4_500)
    var copies: [Pair] = []
    for step in 0..<12_000 {
      try write(&current, &random)
      switch Int.random(in: 0..<1_500, using: &random) {
      case 0..<20:
        copies.append(current)
        if copies.count > 4 { copies.remove(at: Int.random(in: 0..<4, using: &random)) }
      case 20..<24:
        if let copy = copies.randomElement(using: &random) { current = copy }
      case 24:
        try expectAgreement(current, "step \(step)")
      default: break
      }
    }
    try expectAgreement(current, "the end")
    for copy in copies { try expectAgreement(copy, "a copy") }
  }

  private func expectAgreement(_ pair: Pair, _ moment: String) throws {
    pair.graph.checkInvariants()
    #expect(try pair.image.differences(from: pair.graph) == [], "\(moment)")
  }

  private func prepare(_ pair: inout Pair, nodes: Int) throws {
    for i in 0..<nodes {
      let labels = (0..<3).filter { i % ($0 + 2) == 0 }.map { LabelID(rawValue: UInt32($0)) }
      let id = try pair.graph.createNode(labels: labels)
      pair.image.nodes[id.rawValue] = .init(labels: labels.map(\.rawValue))
    }
  }

  private func write(_ pair: inout Pair, _ random: inout SeededGenerator) throws {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<5: try createNode(&pair, &random)
    case 5..<50: try createRelationship(&pair, &random)
    case 50..<62: deleteRelationship(&pair, &random)
    case 62..<65: try deleteNode(&pair, &random)
    case 65..<75: try changeLabel(&pair, &random)
    case 75..<92: try setNodeProperty(&pair, &random)
    default: try setRelationshipProperty(&pair, &random)
    }
  }

  private func someNode(_ pair: Pair, _ random: inout SeededGenerator) -> NodeID {
    while true {
      let bound = UInt32(pair.graph.nodeIDBound)
      // Some nodes are hubs, so that long lists come about.
      let isHub = UInt8.random(in: 0..<4, using: &random) == 0
      let raw =
        isHub
        ? UInt32.random(in: 100..<103, using: &random) * 20 : .random(in: 0..<bound, using: &random)
      if pair.image.nodes[raw] != nil { return NodeID(rawValue: raw) }
    }
  }

  private func someRelationship(
    _ pair: Pair, _ random: inout SeededGenerator
  ) -> RelationshipID? {
    guard pair.graph.relationshipIDBound > 0 else { return nil }
    let raw = UInt32.random(in: 0..<UInt32(pair.graph.relationshipIDBound), using: &random)
    return pair.image.relationships[raw] == nil ? nil : RelationshipID(rawValue: raw)
  }

  private func createNode(_ pair: inout Pair, _ random: inout SeededGenerator) throws {
    let labels = Set((0..<2).map { _ in UInt32.random(in: 0..<12, using: &random) })
    let id = try pair.graph.createNode(labels: labels.sorted().map(LabelID.init(rawValue:)))
    pair.image.nodes[id.rawValue] = .init(labels: labels.sorted())
  }

  private func createRelationship(_ pair: inout Pair, _ random: inout SeededGenerator) throws {
    let start = someNode(pair, &random)
    let end = UInt8.random(in: 0..<20, using: &random) == 0 ? start : someNode(pair, &random)
    let type = UInt32.random(in: 0..<4, using: &random) & .random(in: 0..<4, using: &random)
    let id = try pair.graph.createRelationship(
      type: RelationshipTypeID(rawValue: type), from: start, to: end)
    pair.image.relationships[id.rawValue] = .init(
      type: type, start: start.rawValue, end: end.rawValue)
  }

  private func deleteRelationship(_ pair: inout Pair, _ random: inout SeededGenerator) {
    guard let id = someRelationship(pair, &random) else { return }
    pair.graph.deleteRelationship(id)
    pair.image.relationships[id.rawValue] = nil
  }

  private func deleteNode(_ pair: inout Pair, _ random: inout SeededGenerator) throws {
    let node = NodeID(rawValue: .random(in: 0..<UInt32(pair.graph.nodeIDBound), using: &random))
    guard node.rawValue < 2_000 || node.rawValue > 2_060 else { return }
    let attached = pair.graph.relationships(of: node)
    let expected = pair.image.relationships.filter {
      $0.value.start == node.rawValue || $0.value.end == node.rawValue
    }
    #expect(attached.map(\.rawValue) == expected.keys.sorted())
    let loops = expected.values.filter { $0.start == $0.end }.count
    #expect(pair.graph.degree(of: node) == expected.count + loops)
    for id in attached {
      pair.graph.deleteRelationship(id)
      pair.image.relationships[id.rawValue] = nil
    }
    pair.graph.deleteNode(node)
    pair.image.nodes[node.rawValue] = nil
  }

  private func changeLabel(_ pair: inout Pair, _ random: inout SeededGenerator) throws {
    let node = someNode(pair, &random)
    let label = UInt32.random(in: 0..<12, using: &random)
    var labels = pair.image.nodes[node.rawValue]?.labels ?? []
    let had = labels.contains(label)
    if Bool.random(using: &random) {
      #expect(try pair.graph.addLabel(node, LabelID(rawValue: label)) == !had)
      labels = Set(labels + [label]).sorted()
    } else {
      #expect(try pair.graph.removeLabel(node, LabelID(rawValue: label)) == had)
      labels.removeAll { $0 == label }
    }
    pair.image.nodes[node.rawValue]?.labels = labels
  }

  private func setNodeProperty(_ pair: inout Pair, _ random: inout SeededGenerator) throws {
    let arena = Arena()
    let node = someNode(pair, &random)
    let key = UInt32.random(in: 0..<5, using: &random)
    let value = try value(key, arena, &random)
    try pair.graph.setProperty(node, PropertyKeyID(rawValue: key), value)
    pair.image.nodes[node.rawValue]?.properties[key] = value.isNull ? nil : text(value)
  }

  private func setRelationshipProperty(
    _ pair: inout Pair, _ random: inout SeededGenerator
  ) throws {
    guard let id = someRelationship(pair, &random) else { return }
    let arena = Arena()
    let key = UInt32.random(in: 0..<5, using: &random)
    let value = try value(key, arena, &random)
    try pair.graph.setProperty(id, PropertyKeyID(rawValue: key), value)
    pair.image.relationships[id.rawValue]?.properties[key] = value.isNull ? nil : text(value)
  }

  /// A value of the type that is usual for a key, now and then null or of another type.
  private func value(
    _ key: UInt32, _ arena: Arena, _ random: inout SeededGenerator
  ) throws -> Cell {
    let usual = UInt8.random(in: 0..<200, using: &random)
    if usual < 40 { return .null }
    switch usual == 199 ? UInt32.random(in: 0..<7, using: &random) : key {
    case 0: return Cell(Int64.random(in: -5...5, using: &random))
    case 1: return Cell(Double.random(in: 0..<1, using: &random))
    case 2: return try arena.string("text \(UInt8.random(in: 0..<50, using: &random))")
    case 3: return Cell(DateValue(daysSinceEpoch: .random(in: 0..<9, using: &random)))
    case 4: return Cell(Bool.random(using: &random))
    case 5: return Cell(LocalTimeValue(nanosecondOfDay: .random(in: 0..<9, using: &random)))
    default:
      let duration = try arena.duration(
        DurationValue(
          months: 1, days: .random(in: 0..<9, using: &random), seconds: 0, nanoseconds: 3))
      return try arena.list([Cell(7 as Int64), arena.string("seven"), duration, .null])
    }
  }
}
