import Dossier
import DossierSyntax

/// The nodes and relationships of one load, collected before any of them joins the graph.
///
/// A reader fills a draft while it scans; nothing reaches the graph before the whole file has been
/// read. Elements are numbered from 0 in the order of their first mention. Properties of an element
/// form a chain through `properties`, in the order in which they were given.
struct GraphDraft {
  /// Where something stands: a file of the load and a byte offset in it.
  struct Place {
    var file: UInt32
    var offset: Int
  }

  /// A property value; strings are bytes of a file or of the pool.
  enum PropertyValue {
    case null
    case boolean(Bool)
    case integer(Int64)
    case float(Double)
    case string(ByteString)
    /// An index into `values`: lists and temporal values.
    case other(UInt32)
  }

  struct Property {
    var key: UInt32
    /// The next property of the same element; `none` at the end.
    var next: UInt32
    var place: Place
    var value: PropertyValue
  }

  /// First and last property of an element; both `none` when it has no property.
  struct PropertyChain {
    var first = GraphDraft.none
    var last = GraphDraft.none
    var count: UInt32 = 0
  }

  struct DraftNode {
    var labels: UInt32 = 0
    var chain = PropertyChain()
    var place: Place
  }

  struct DraftRelationship {
    var type: UInt32
    /// The number of a node, or of a relationship of the draft where the kind says so.
    var start: UInt32
    var end: UInt32
    var startKind = ElementKind.node
    var endKind = ElementKind.node
    /// The start, or the end, is a relationship of the graph; its number is the graph's id.
    var startIsKnown = false
    var endIsKnown = false
    var chain = PropertyChain()
    var place: Place
  }

  /// A node or a relationship of the draft.
  enum Element: Hashable {
    case node(UInt32)
    case relationship(UInt32)
  }

  /// Marks the end of a chain.
  static let none = UInt32.max

  var files: [FileBytes] = []
  let pool = BytePool()
  private(set) var values: [Value] = []
  private(set) var nodes: [DraftNode] = []
  var relationships: [DraftRelationship] = []
  private(set) var properties: [Property] = []
  var labelNames = NameTable()
  var typeNames = NameTable()
  var keyNames = NameTable()
  private(set) var labelSets = LabelSets()
  /// Some relationship begins or ends at a relationship.
  var hasStatements = false
  /// True when a node whose property `id` the graph already has is that node.
  var joinsByID = false
  /// The properties that hold the valid time of elements, where the file says so.
  var validTimeFrom: String?
  var validTimeTo: String?
  /// The relationship types that lead to sources, and the property of modes, where the file says so.
  var sourceTypes: [String] = []
  var claimMode: String?
  /// What the file says about itself, and what it holds that a property graph can't.
  var warnings: [String] = []
  /// Keys of elements with many properties, so that looking for one stays O(1).
  private var wideElements: [Element: [UInt32: UInt32]] = [:]

  private var mark: Mark?
  /// Changes of elements that are older than the mark.
  private var changes: [Change] = []

  /// A chain that is longer than this is looked up through `wideElements`.
  private static let wideCount: UInt32 = 24

  init() {}

  // MARK: Elements

  /// A new node. Errors: `numberOutOfRange` beyond 2³² − 2 nodes.
  mutating func addNode(at place: Place) throws(QueryError) -> UInt32 {
    guard nodes.count < Int(Self.none) else { throw tooMany("nodes", at: place) }
    nodes.append(DraftNode(place: place))
    if nodes.count & 0xFFF == 0 { noteProgress(at: place) }
    return UInt32(nodes.count - 1)
  }

  /// A new relationship. Errors: `numberOutOfRange` beyond 2³² − 2 relationships.
  mutating func addRelationship(
    type: UInt32, start: UInt32, end: UInt32, at place: Place
  ) throws(QueryError) -> UInt32 {
    guard relationships.count < Int(Self.none) else { throw tooMany("relationships", at: place) }
    relationships.append(DraftRelationship(type: type, start: start, end: end, place: place))
    if relationships.count & 0xFFF == 0 { noteProgress(at: place) }
    return UInt32(relationships.count - 1)
  }

  mutating func setEnds(of relationship: UInt32, start: UInt32, end: UInt32) {
    relationships[Int(relationship)].start = start
    relationships[Int(relationship)].end = end
  }

  mutating func setType(of relationship: UInt32, _ type: UInt32) {
    relationships[Int(relationship)].type = type
  }

  /// Adds a label that the node may already have. Errors: `numberOutOfRange` beyond
  /// `LabelSets.limit` labels.
  mutating func addLabel(_ label: UInt32, to node: UInt32, at place: Place) throws(QueryError) {
    guard let set = labelSets.adding(label, to: nodes[Int(node)].labels) else {
      throw error(
        .numberOutOfRange, "a node can't have more than \(LabelSets.limit) labels", at: place)
    }
    if let mark, node < mark.nodes { changes.append(.labels(node, nodes[Int(node)].labels)) }
    nodes[Int(node)].labels = set
  }

  // MARK: Properties

  /// Keeps a value that is no scalar.
  mutating func keep(_ value: Value) -> PropertyValue {
    values.append(value)
    return .other(UInt32(truncatingIfNeeded: values.count - 1))
  }

  /// Gives an element a property that it may already have. A null is ignored.
  /// Errors: `conflictingProperty` when it has the key with another value.
  mutating func setProperty(
    of element: Element, key: UInt32, to value: PropertyValue, at place: Place
  ) throws(QueryError) {
    if case .null = value { return }
    if let old = property(of: element, key: key) {
      let first = properties[Int(old)]
      guard isSame(first.value, value) else {
        throw conflict(key: key, of: element, at: place, first: first.place)
      }
      return
    }
    try appendProperty(of: element, key: key, to: value, at: place)
  }

  /// Gives an element a property that it does not have yet, which the caller knows.
  mutating func appendProperty(
    of element: Element, key: UInt32, to value: PropertyValue, at place: Place
  ) throws(QueryError) {
    if case .null = value { return }
    guard properties.count < Int(Self.none) else { throw tooMany("properties", at: place) }
    let number = UInt32(properties.count)
    properties.append(Property(key: key, next: Self.none, place: place, value: value))
    var chain = chain(of: element)
    if let mark, mark.precedes(element) { changes.append(.chain(element, chain)) }
    if chain.last == Self.none {
      chain.first = number
    } else {
      properties[Int(chain.last)].next = number
    }
    chain.last = number
    chain.count += 1
    setChain(of: element, chain)
    if chain.count > Self.wideCount { noteWide(element, chain, number: number, key: key) }
  }

  func chain(of element: Element) -> PropertyChain {
    switch element {
    case .node(let node): nodes[Int(node)].chain
    case .relationship(let relationship): relationships[Int(relationship)].chain
    }
  }

  private mutating func setChain(of element: Element, _ chain: PropertyChain) {
    switch element {
    case .node(let node): nodes[Int(node)].chain = chain
    case .relationship(let relationship): relationships[Int(relationship)].chain = chain
    }
  }

  /// The number of an element's property; nil when it does not have the key.
  func property(of element: Element, key: UInt32) -> UInt32? {
    let chain = chain(of: element)
    if chain.count > Self.wideCount { return wideElements[element]?[key] }
    var number = chain.first
    while number != Self.none {
      if properties[Int(number)].key == key { return number }
      number = properties[Int(number)].next
    }
    return nil
  }

  private mutating func noteWide(
    _ element: Element, _ chain: PropertyChain, number: UInt32, key: UInt32
  ) {
    if chain.count > Self.wideCount + 1 {
      wideElements[element]?[key] = number
      return
    }
    collectKeys(of: element, chain)
  }

  private mutating func collectKeys(of element: Element, _ chain: PropertyChain) {
    var keys: [UInt32: UInt32] = [:]
    var each = chain.first
    while each != Self.none {
      keys[properties[Int(each)].key] = each
      each = properties[Int(each)].next
    }
    wideElements[element] = keys
  }

  // MARK: Records that are left out

  /// A moment to which `restore` takes the draft back.
  private struct Mark {
    var nodes: UInt32
    var relationships: UInt32
    var properties: Int
    var values: Int

    func precedes(_ element: Element) -> Bool {
      switch element {
      case .node(let node): node < nodes
      case .relationship(let relationship): relationship < relationships
      }
    }
  }

  /// What an element that is older than the mark was before a change.
  private enum Change {
    case labels(UInt32, UInt32)
    case chain(Element, PropertyChain)
  }

  /// Marks the beginning of a record that may turn out to be bad. From the first mark on changes of
  /// earlier elements are kept.
  mutating func markRecord() {
    changes.removeAll(keepingCapacity: true)
    mark = Mark(
      nodes: UInt32(truncatingIfNeeded: nodes.count),
      relationships: UInt32(truncatingIfNeeded: relationships.count),
      properties: properties.count, values: values.count)
  }

  /// Takes back everything that the record behind the last mark has added. O(what it added).
  mutating func restore() {
    guard let mark else { return }
    nodes.removeLast(nodes.count - Int(mark.nodes))
    relationships.removeLast(relationships.count - Int(mark.relationships))
    properties.removeLast(properties.count - mark.properties)
    values.removeLast(values.count - mark.values)
    for change in changes.reversed() {
      switch change {
      case .labels(let node, let labels): nodes[Int(node)].labels = labels
      case .chain(let element, let chain):
        setChain(of: element, chain)
        if chain.last != Self.none { properties[Int(chain.last)].next = Self.none }
        if chain.count > Self.wideCount { collectKeys(of: element, chain) }
      }
    }
    changes.removeAll(keepingCapacity: true)
  }

  /// Leaves out relationships, whose numbers ascend; those behind them get other numbers. What is said
  /// about them must be left out, too.
  mutating func removeRelationships(_ numbers: [UInt32]) {
    guard !hasStatements else {
      rearrange(omitting: Set(numbers))
      return
    }
    var removed = numbers[...]
    var kept: [DraftRelationship] = []
    kept.reserveCapacity(relationships.count - numbers.count)
    for (number, relationship) in relationships.enumerated() {
      if let next = removed.first, Int(next) == number {
        removed.removeFirst()
      } else {
        kept.append(relationship)
      }
    }
    relationships = kept
  }

  private func noteProgress(at place: Place) {
    guard Int(place.file) < files.count else { return }
    let file = files[Int(place.file)]
    file.note(offset: place.offset)
    file.progress?.add(elements: 0x1000)
  }

  // MARK: Values

  /// The value as the graph's users see it.
  func value(_ value: PropertyValue) -> Value {
    switch value {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .string(let bytes): .string(bytes.string)
    case .other(let index): values[Int(index)]
    }
  }

  private func isSame(_ a: PropertyValue, _ b: PropertyValue) -> Bool {
    switch (a, b) {
    case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
    case (.integer(let a), .integer(let b)): a == b
    default: StoredValue.isSame(value(a), value(b))
    }
  }

  // MARK: Errors

  /// An error at a place of one of the files.
  func error(
    _ code: DiagnosticCode, _ message: String, at place: Place, help: String? = nil
  ) -> QueryError {
    guard Int(place.file) < files.count else { return QueryError(code, message, help: help) }
    return files[Int(place.file)].error(code, message, at: place.offset, help: help)
  }

  /// A place in words: `line 3, column 5`, with the file's name when it is not `other`'s file.
  func words(for place: Place, seenFrom other: Place) -> String {
    guard Int(place.file) < files.count else { return "elsewhere" }
    let file = files[Int(place.file)]
    let position = file.position(of: place.offset)
    let words = "line \(position.line), column \(position.column)"
    return place.file == other.file ? words : words + " of `\(file.path)`"
  }

  private func conflict(
    key: UInt32, of element: Element, at place: Place, first: Place
  ) -> QueryError {
    let name = keyNames.names[Int(key)].string
    let kind = if case .node = element { "node" } else { "relationship" }
    return error(
      .conflictingProperty, "property `\(name)` of this \(kind) is given two different values",
      at: place, help: "the first value stands at \(words(for: first, seenFrom: place))")
  }

  private func tooMany(_ things: String, at place: Place) -> QueryError {
    error(.numberOutOfRange, "a file can't hold more than \(Self.none) \(things)", at: place)
  }
}
