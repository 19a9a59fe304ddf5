import Dossier

/// Which nodes of a draft another node is already, by the property `id`: one of the graph, or an
/// earlier one of the draft.
struct DraftIdentities {
  /// A node that has the `id` already.
  enum Known {
    case graph(NodeID)
    /// A number of the draft.
    case draft(UInt32)
  }

  /// The nodes that are no new ones, by their numbers.
  private(set) var joined: [(node: UInt32, known: Known)] = []
  private var texts = NameTable()
  private var nodesOfTexts: [UInt32] = []
  private var nodesOfIntegers: [Int64: UInt32] = [:]

  /// Looks up each node that has an `id`; none when the draft does not join by it. O(nodes), and once
  /// O(nodes of the graph).
  init(_ draft: GraphDraft, _ names: DraftNames, _ builder: inout GraphBuilder) {
    guard draft.joinsByID, let identity = names.identity else { return }
    let key = names.keys[Int(identity)]
    let isEmpty = builder.nodeCount == 0
    for number in 0..<UInt32(truncatingIfNeeded: draft.nodes.count) {
      guard let property = draft.property(of: .node(number), key: identity) else { continue }
      let value = draft.properties[Int(property)].value
      if !isEmpty, let node = builder.node(key: key, draft.input(value)) {
        joined.append((number, .graph(node)))
      } else if let earlier = earlier(value, number) {
        joined.append((number, .draft(earlier)))
      }
    }
    texts = NameTable()
    nodesOfIntegers = [:]
  }

  /// The graph's id of a known node, by the ids of the draft's nodes so far.
  func target(of known: Known, _ ids: [UInt32]) -> NodeID {
    switch known {
    case .graph(let node): node
    case .draft(let number): NodeID(rawValue: ids[Int(number)])
    }
  }

  /// The first node of the draft with this `id`; nil when it is this one, or when the value is no
  /// `id`.
  private mutating func earlier(_ value: GraphDraft.PropertyValue, _ number: UInt32) -> UInt32? {
    switch value {
    case .string(let text):
      let (name, isNew) = texts.intern(text)
      if isNew {
        nodesOfTexts.append(number)
        return nil
      }
      return nodesOfTexts[Int(name)]
    case .integer(let integer):
      if let node = nodesOfIntegers[integer] { return node }
      nodesOfIntegers[integer] = number
      return nil
    default: return nil
    }
  }
}
