/// The two kinds of element.
public enum ElementKind: UInt8, Hashable, Sendable { case node, relationship }

/// What stands at the two ends of a relationship. A relationship may be the start or the end of
/// another one, which then says something about it.
struct RelationshipShape: Hashable, Sendable, CaseIterable {
  var start: ElementKind
  var end: ElementKind

  /// From a node to a node, as in any property graph.
  static let betweenNodes = RelationshipShape(start: .node, end: .node)

  /// `betweenNodes` first.
  static let allCases = (0..<4).map { RelationshipShape(number: $0) }

  init(start: ElementKind, end: ElementKind) {
    self.start = start
    self.end = end
  }

  /// The shape of a number from 0 to 3; other numbers count modulo 4.
  init(number: UInt8) {
    start = number & 2 == 0 ? .node : .relationship
    end = number & 1 == 0 ? .node : .relationship
  }

  var number: UInt8 { start.rawValue << 1 | end.rawValue }

  var reversed: RelationshipShape { RelationshipShape(start: end, end: start) }

  /// How many of the ends are relationships.
  var relationshipCount: Int { Int(start.rawValue) + Int(end.rawValue) }
}
