import Dossier
import DossierSyntax

/// What stands in nodes and edges: values of attributes, and spells.
extension GEXFReader {
  /// A time in which an element held: half-open, with an absent end where it is not bounded.
  struct Spell {
    var from: Value?
    var to: Value?
    /// The bounds as the file has them, `start/end`.
    var text: String
  }

  /// The value of an attribute, and when it held.
  struct AttributeValue {
    var id: ByteString
    var text: ByteString
    var spell: Spell?
    var offset: Int
  }

  /// Spells that one element may have.
  private static let spellLimit = 10_000

  /// Reads the attribute values of a node or an edge into the draft; the answer is its spells, which
  /// count more than `start` and `end` of the element itself. Nodes in nodes are read as if they stood
  /// beside them.
  mutating func readContent(_ element: GraphDraft.Element) throws(QueryError) -> [Spell] {
    let ownSpell = try spell()
    var values: [AttributeValue] = []
    var spells: [Spell] = []
    var depth = 1
    while depth > 0 {
      switch try scanner.next() {
      case .start:
        depth += 1
        if scanner.name.equals("attvalue") {
          values.append(try attributeValue())
        } else if scanner.name.equals("spell") {
          if let spell = try spell() { spells.append(spell) }
          guard spells.count <= Self.spellLimit else {
            throw scanner.error(
              "an element can't have more than \(Self.spellLimit) spells", code: .numberOutOfRange)
          }
        } else if scanner.name.equals("node") || scanner.name.equals("edge") {
          try readElement()
          depth -= 1
        } else if scanner.name.equals("color") || scanner.name.equals("position")
          || scanner.name.equals("size") || scanner.name.equals("shape")
          || scanner.name.equals("thickness")
        {
          graph.warn("colours, sizes, shapes and positions are not kept")
        }
      case .end: depth -= 1
      case .endOfFile: return []
      case .text: break
      }
    }
    try add(values, to: element)
    return spells.isEmpty ? ownSpell.map { [$0] } ?? [] : spells
  }

  // MARK: Attributes

  private mutating func attributeValue() throws(QueryError) -> AttributeValue {
    guard let id = scanner.attribute("for") ?? scanner.attribute("id") else {
      throw scanner.error("the element `attvalue` needs the attribute `for`")
    }
    return AttributeValue(
      id: id, text: try required("value"), spell: try spell(), offset: scanner.offset)
  }

  /// Gives an element its attributes, those that it has no value for by their defaults.
  private mutating func add(
    _ values: [AttributeValue], to element: GraphDraft.Element
  ) throws(QueryError) {
    let declarations = if case .node = element { nodeAttributes } else { edgeAttributes }
    var given: [UInt32: [AttributeValue]] = [:]
    var order: [UInt32] = []
    for value in values {
      guard let number = declarations.numbers.find(value.id) else {
        graph.warn("values of attributes that are not declared are read as strings")
        let attribute = Attribute(
          title: value.id, type: .string, isLabels: isNode(element) && value.id.equals("labels"))
        try add(attribute, value.text, to: element, at: value.offset)
        continue
      }
      if given[number] == nil { order.append(number) }
      given[number, default: []].append(value)
    }
    for number in order {
      try add(
        declarations.attributes[Int(number)], given[number] ?? [], to: element)
    }
    for (number, attribute) in declarations.attributes.enumerated() {
      guard let text = attribute.defaultValue, given[UInt32(number)] == nil else { continue }
      try add(attribute, text, to: element, at: scanner.offset)
    }
  }

  private func isNode(_ element: GraphDraft.Element) -> Bool {
    if case .node = element { true } else { false }
  }

  /// Adds the values of one attribute: one, or those that it had one after the other.
  private mutating func add(
    _ attribute: Attribute, _ values: [AttributeValue], to element: GraphDraft.Element
  ) throws(QueryError) {
    guard let last = values.last else { return }
    if attribute.isLabels {
      for value in values { try add(attribute, value.text, to: element, at: value.offset) }
      return
    }
    let isDynamic = values.contains { $0.spell != nil }
    if values.count == 1 || attribute.type.isList {
      if values.count > 1 { graph.warn("of a list that changes over time only the last is kept") }
      try add(attribute, last.text, to: element, at: last.offset)
      if isDynamic { try add([last], spellsOf: attribute, to: element) }
      return
    }
    var list: [Value] = []
    for value in values {
      list.append(graph.draft.value(try self.value(attribute, value.text, at: value.offset)))
    }
    try graph.setProperty(
      element, attribute.title, graph.draft.keep(.list(list)), at: last.offset)
    if isDynamic { try add(values, spellsOf: attribute, to: element) }
  }

  /// Adds the list that says when the values of an attribute held.
  private mutating func add(
    _ values: [AttributeValue], spellsOf attribute: Attribute, to element: GraphDraft.Element
  ) throws(QueryError) {
    let key = graph.draft.pool.add(Array(attribute.title.buffer) + Array(" spells".utf8))
    let texts = values.map { Value.string($0.spell?.text ?? "/") }
    try graph.setProperty(
      element, key, graph.draft.keep(.list(texts)), at: values.last?.offset ?? scanner.offset)
  }

  private mutating func add(
    _ attribute: Attribute, _ text: ByteString, to element: GraphDraft.Element, at offset: Int
  ) throws(QueryError) {
    if attribute.isLabels, case .node(let node) = element {
      for piece in XMLListText.pieces(of: text, graph.draft.pool) {
        try graph.addLabel(piece, to: node, at: offset)
      }
      return
    }
    let value = try value(attribute, text, at: offset)
    try graph.setProperty(element, attribute.title, value, at: offset)
  }

  private mutating func value(
    _ attribute: Attribute, _ text: ByteString, at offset: Int
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    guard let value = attribute.type.value(text, &graph.draft) else {
      throw scanner.error(
        "attribute `\(attribute.title.string)`: expected \(attribute.type.name)", at: offset)
    }
    return value
  }

  // MARK: Time

  /// The time that the attributes of the last tag name; nil when they name none. GEXF 1.2 has
  /// `startopen` and `endopen` for bounds that do not belong to the spell.
  private func spell() throws(QueryError) -> Spell? {
    let start = bound("start") ?? bound("timestamp")
    let open = bound("startopen")
    let end = bound("end") ?? bound("timestamp")
    let endOpen = bound("endopen")
    if start == nil && open == nil && end == nil && endOpen == nil { return nil }
    let from = start == nil ? try moment(open, steppedBy: 1) : try moment(start, steppedBy: 0)
    let to = endOpen == nil ? try moment(end, steppedBy: 1) : try moment(endOpen, steppedBy: 0)
    return Spell(
      from: from, to: to,
      text: ((start ?? open)?.string ?? "") + "/" + ((end ?? endOpen)?.string ?? ""))
  }

  /// A bound of a spell; nil when it is absent, empty or infinite.
  private func bound(_ name: StaticString) -> ByteString? {
    guard let text = scanner.attribute(name)?.trimmed, text.count > 0 else { return nil }
    let isInfinite =
      text.equals("Infinity") || text.equals("-Infinity") || text.equals("INF")
      || text.equals("-INF")
    return isInfinite ? nil : text
  }

  private func moment(
    _ text: ByteString?, steppedBy step: Int64
  ) throws(QueryError) -> Value? {
    guard let text else { return nil }
    guard let moment = SpellTime.moment(text, timeFormat) else {
      switch timeFormat {
      case .date, .dateTime: throw scanner.error("expected a date like 2021-01-14")
      case .integer, .double: throw scanner.error("expected a number, a moment in time")
      case nil: throw scanner.error("expected a number or a date like 2021-01-14")
      }
    }
    return step == 0 ? moment : SpellTime.step(moment, by: step)
  }

  /// Gives an element its valid time, unless its attributes say something else.
  mutating func setTime(
    of element: GraphDraft.Element, to spell: Spell, at offset: Int
  ) throws(QueryError) {
    for (key, value) in [("from", spell.from), ("to", spell.to)] {
      guard let value else { continue }
      let name = graph.name(key)
      let number = graph.draft.keyNames.intern(name).number
      if graph.draft.property(of: element, key: number) == nil {
        try graph.setProperty(element, name, graph.draft.keep(value), at: offset)
      }
    }
  }

  /// Gives a node its valid time: all of it from the first start to the last end.
  mutating func setTime(
    of node: UInt32, to spells: [Spell], at offset: Int
  ) throws(QueryError) {
    guard var whole = spells.first else { return }
    if spells.count > 1 {
      for spell in spells.dropFirst() {
        whole.from = Self.outer(whole.from, spell.from) { $0 }
        whole.to = Self.outer(whole.to, spell.to) { !$0 }
      }
      graph.warn("a node with several spells holds from the first start to the last end")
      let name = graph.name("spells")
      let number = graph.draft.keyNames.intern(name).number
      if graph.draft.property(of: .node(node), key: number) == nil {
        let texts = spells.map { Value.string($0.text) }
        try graph.setProperty(
          .node(node), name, graph.draft.keep(.list(texts)), at: offset)
      }
    }
    try setTime(of: .node(node), to: whole, at: offset)
  }

  /// The earlier or later of two bounds; an absent one is beyond all others.
  private static func outer(_ a: Value?, _ b: Value?, _ isWanted: (Bool) -> Bool) -> Value? {
    guard let a, let b else { return nil }
    guard let isFirst = SpellTime.precedes(a, b) else { return a }
    return isWanted(isFirst) ? a : b
  }
}
