/// How a source commits itself to what it says, the strongest first.
enum ClaimMode: String, CaseIterable {
  case ruled, asserted, claimed, alleged, reported, negated, hypothetical

  /// The mode that a property names; nil when it names none.
  init?(_ cell: Cell) {
    guard cell.tag == .string else { return nil }
    let found = Self.allCases.first { $0.rawValue.utf8.elementsEqual(cell.bytes) }
    guard let found else { return nil }
    self = found
  }

  /// The position in the order of strength; 0 is the strongest.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Who says what a graph holds: its relationships `reported-by`, which lead from an element to its
/// sources, and its properties `mode` and `source`. The graph may declare other names than
/// `reported-by` and `mode`.
///
/// It keeps seeing the graph as it was when it was taken. A class, so that loops over it cost no
/// reference counts.
final class ProvenanceReader {
  let graph: Graph
  let sourceLists: [(near: ElementKind, far: ElementKind, reader: AdjacencyReader)]
  let nodeModes: PropertyReader?
  let relationshipModes: PropertyReader?
  private let nodeNames: PropertyReader?
  private let relationshipNames: PropertyReader?

  init(_ graph: Graph) {
    self.graph = graph
    var lists: [(near: ElementKind, far: ElementKind, reader: AdjacencyReader)] = []
    let names = graph.provenanceNames
    for type in names.sources.flatMap({ graph.catalog.relationshipTypes(named: $0) }) {
      guard let reader = graph.adjacency(type, .outgoing) else { continue }
      let shape = graph.shape(of: type)
      lists.append((shape.start, shape.end, reader))
    }
    sourceLists = lists
    let (mode, name) = (graph.catalog.propertyKey(names.mode), graph.catalog.propertyKey("source"))
    nodeModes = mode.flatMap { graph.nodeProperties($0) }
    relationshipModes = mode.flatMap { graph.relationshipProperties($0) }
    nodeNames = name.flatMap { graph.nodeProperties($0) }
    relationshipNames = name.flatMap { graph.relationshipProperties($0) }
  }

  /// No relationship of the graph has a source.
  var isEmpty: Bool {
    (relationshipNames?.valueCount ?? 0) == 0
      && sourceLists.allSatisfy { $0.near == .node }
  }

  /// The relationships that lead from an element to its sources, and those sources, in the order in
  /// which the relationships were made. O(degree · log degree).
  private func reports(of element: ElementID) -> [(relationship: UInt32, source: ElementID)] {
    var reports: [(relationship: UInt32, source: ElementID)] = []
    for list in sourceLists where list.near == element.kind {
      let found = list.reader.neighbours(of: element.rawValue)
      for i in 0..<found.count {
        reports.append(
          (found.relationships[i], ElementID(list.far, rawValue: found.neighbours[i])))
      }
    }
    reports.sort { $0.relationship < $1.relationship }
    return reports
  }

  /// The sources of an element, each once, in the order in which they were given.
  func sources(of element: ElementID) -> [ElementID] {
    var seen: Set<ElementID> = []
    return reports(of: element).compactMap { seen.insert($0.source).inserted ? $0.source : nil }
  }

  /// The strongest mode in which a source reports an element, else the mode that the element has
  /// itself.
  func claim(of element: ElementID) -> ClaimMode? {
    var strongest: ClaimMode?
    for report in reports(of: element) {
      guard let mode = mode(of: .relationship(RelationshipID(rawValue: report.relationship)))
      else { continue }
      if strongest.map({ mode.rank < $0.rank }) ?? true { strongest = mode }
    }
    return strongest ?? mode(of: element)
  }

  /// The value of the property `mode`.
  private func mode(of element: ElementID) -> ClaimMode? {
    let reader = element.kind == .node ? nodeModes : relationshipModes
    return reader.flatMap { ClaimMode($0.borrowedCell(row: Int(element.rawValue))) }
  }

  /// The value of the property `source` where it is a string, else null.
  func sourceName(of element: ElementID) -> Cell {
    let reader = element.kind == .node ? nodeNames : relationshipNames
    let cell = reader?.borrowedCell(row: Int(element.rawValue)) ?? .null
    return cell.tag == .string ? cell : .null
  }
}
