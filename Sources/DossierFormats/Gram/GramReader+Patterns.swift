import Dossier
import DossierSyntax

/// Patterns: nodes, arrows, subject patterns, labels and records.
extension GramReader {
  // MARK: Nodes

  /// `<node> ::= ( [ <identifier> ] [ <labels> ] [ <record> ] )`
  mutating func parseNode() throws(QueryError) -> UInt32 {
    let open = scanner.at
    scanner.at += 1
    try scanner.skipBlanks()
    let identifier = try parseIdentifier()
    let node = try node(identifier, at: open)
    try parseLabels(of: node)
    try scanner.skipBlanks()
    if scanner.byte == UInt8(ascii: "{") { try parseRecord(of: .node(node)) }
    try scanner.skipBlanks()
    guard scanner.consume(UInt8(ascii: ")")) else {
      throw unclosed("node", opened: open, close: "`)`")
    }
    return node
  }

  /// `<labels> ::= { ( : | :: ) <name> }`
  mutating func parseLabels(of node: UInt32) throws(QueryError) {
    try scanner.skipBlanks()
    while scanner.byte == UInt8(ascii: ":") {
      let start = scanner.at
      let name = try parseLabel()
      try draft.addLabel(draft.labelNames.intern(name).number, to: node, at: place(start))
      try scanner.skipBlanks()
    }
  }

  private mutating func parseLabel() throws(QueryError) -> ByteString {
    scanner.at += 1
    _ = scanner.consume(UInt8(ascii: ":"))
    try scanner.skipBlanks()
    guard let name = try scanner.name() else {
      throw scanner.unexpected("a name after `:`", help: "other names stand in backquotes")
    }
    return name
  }

  /// `<record> ::= { [ <key> ( : | :: ) <value> { , <key> ( : | :: ) <value> } ] }`
  mutating func parseRecord(of element: GraphDraft.Element) throws(QueryError) {
    let open = scanner.at
    scanner.at += 1
    try scanner.skipBlanks()
    if scanner.consume(UInt8(ascii: "}")) { return }
    repeat {
      try scanner.skipBlanks()
      let start = scanner.at
      let key = draft.keyNames.intern(try parseKey()).number
      let value = try parseValue()
      try draft.setProperty(of: element, key: key, to: value, at: place(start))
      try scanner.skipBlanks()
    } while scanner.consume(UInt8(ascii: ","))
    guard scanner.consume(UInt8(ascii: "}")) else {
      throw unclosed("record", opened: open, close: "`,` or `}`")
    }
  }

  /// A key with the colon behind it and the blanks behind that.
  private mutating func parseKey() throws(QueryError) -> ByteString {
    guard let key = try scanner.name() else { throw scanner.unexpected("a property key") }
    try scanner.skipBlanks()
    guard scanner.consume(UInt8(ascii: ":")) else {
      throw scanner.unexpected("`:` after the key `\(key.string)`")
    }
    _ = scanner.consume(UInt8(ascii: ":"))
    try scanner.skipBlanks()
    return key
  }

  func unclosed(_ what: String, opened: Int, close: String) -> QueryError {
    guard scanner.isAtEnd else { return scanner.unexpected("\(close) in the \(what)") }
    return scanner.error(
      "expected \(close), found the end of the file: this \(what) is not closed", at: opened)
  }

  // MARK: Paths

  /// The arrows and nodes behind the first node of a path. `member` is the pattern whose members the
  /// nodes are.
  mutating func parsePathRest(from first: End, member owner: UInt32?) throws(QueryError) {
    var left = first
    while true {
      try scanner.skipBlanks()
      guard let stem = arrowStem() else { return }
      left = try parseHop(from: left, stem: stem)
      if let owner, case .node(let node) = left {
        try addMember(node, of: owner, at: place(scanner.at))
      }
    }
  }

  /// The character an arrow is drawn with, when one opens here.
  private func arrowStem() -> UInt8? {
    let first = scanner.byte == UInt8(ascii: "<") ? scanner.byte(ahead: 1) : scanner.byte
    switch first {
    case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "~"): return first
    default: return nil
    }
  }

  /// `<reference> ::= [ <identifier> ]`: a relationship that others begin or end at; nil when something
  /// else stands here. `beforeArrow` when an arrow must follow.
  mutating func parseRelationshipReference(beforeArrow: Bool) throws(QueryError) -> End? {
    let start = scanner.at
    scanner.at += 1
    try scanner.skipBlanks()
    if identifierIsNext(), let identifier = try parseIdentifier() {
      try scanner.skipBlanks()
      if scanner.consume(UInt8(ascii: "]")) {
        let end = scanner.at
        try scanner.skipBlanks()
        if !beforeArrow || arrowStem() != nil {
          scanner.at = end
          return .relationship(identifier, place(start))
        }
      }
    }
    scanner.at = start
    return nil
  }

  /// `<hop> ::= [ < ] - [ [ <attributes> ] ] - [ > ] ( <node> | <reference> )`; where it leads.
  private mutating func parseHop(from left: End, stem: UInt8) throws(QueryError) -> End {
    let start = scanner.at
    let leadsLeft = scanner.consume(UInt8(ascii: "<"))
    scanner.at += 1
    try scanner.skipBlanks()
    let open = scanner.at
    guard scanner.consume(UInt8(ascii: "[")) else {
      throw scanner.error(
        "a relationship needs a type", at: start, code: .noSingleRelationshipType,
        help: "write it in brackets: -[:type]->")
    }
    let relationship = try draft.addRelationship(
      type: 0, start: 0, end: 0, at: place(open))
    try parseRelationshipAttributes(relationship, opened: open)
    try scanner.skipBlanks()
    let dash = Character(Unicode.Scalar(stem))
    guard scanner.consume(stem) else { throw scanner.unexpected("`\(dash)` after `]`") }
    let leadsRight = scanner.consume(UInt8(ascii: ">"))
    try scanner.skipBlanks()
    let right: End
    switch scanner.byte {
    case UInt8(ascii: "("): right = .node(try parseNode())
    case UInt8(ascii: "["):
      guard let reference = try parseRelationshipReference(beforeArrow: false) else {
        throw scanner.error(
          "a relationship leads to a node `(…)` or to a relationship `[r]`", at: scanner.at)
      }
      right = reference
    default: throw scanner.unexpected("`(` of the node that the relationship leads to")
    }
    let isReversed = leadsLeft && !leadsRight
    setEnds(
      of: relationship, start: isReversed ? right : left, end: isReversed ? left : right)
    return right
  }

  /// `[ <identifier> ] : <type> [ <record> ] ]`
  private mutating func parseRelationshipAttributes(
    _ relationship: UInt32, opened: Int
  ) throws(QueryError) {
    try scanner.skipBlanks()
    let start = scanner.at
    if let identifier = try parseIdentifier() {
      try name(relationship: relationship, identifier, at: start)
    }
    try scanner.skipBlanks()
    guard scanner.byte == UInt8(ascii: ":") else {
      throw scanner.isAtEnd
        ? unclosed("relationship", opened: opened, close: "`]`")
        : scanner.error(
          "a relationship needs a type, found \(scanner.file.describe(at: scanner.at))",
          at: scanner.at, code: .noSingleRelationshipType,
          help: "write it behind a colon: -[:type]->")
    }
    let type = try parseLabel()
    draft.setType(of: relationship, draft.typeNames.intern(type).number)
    try scanner.skipBlanks()
    if scanner.byte == UInt8(ascii: ":") {
      throw scanner.error(
        "a relationship has exactly one type", at: scanner.at, code: .noSingleRelationshipType)
    }
    if scanner.byte == UInt8(ascii: "{") { try parseRecord(of: .relationship(relationship)) }
    try scanner.skipBlanks()
    guard scanner.consume(UInt8(ascii: "]")) else {
      throw unclosed("relationship", opened: opened, close: "`]`")
    }
  }

  // MARK: Subject patterns

  /// `<subject pattern> ::= [ [ <attributes> ] [ | <member> { , <member> } ] ]`
  mutating func parseSubjectPattern() throws(QueryError) -> UInt32 {
    let open = scanner.at
    scanner.at += 1
    try scanner.skipBlanks()
    let identifier = try parseIdentifier()
    let node = try node(identifier, at: open)
    try parseLabels(of: node)
    try scanner.skipBlanks()
    if scanner.byte == UInt8(ascii: "{") { try parseRecord(of: .node(node)) }
    try scanner.skipBlanks()
    if scanner.consume(UInt8(ascii: "|")) {
      try nested(at: open) { (reader) throws(QueryError) in try reader.parseMembers(of: node) }
    }
    guard scanner.consume(UInt8(ascii: "]")) else {
      throw unclosed("pattern", opened: open, close: "`]`")
    }
    try scanner.skipBlanks()
    if arrowStem() != nil {
      throw scanner.error(
        "a relationship leads from a node, and nodes stand in parentheses", at: scanner.at,
        help: "write (a)-[:type]->(b)")
    }
    return node
  }

  private mutating func parseMembers(of owner: UInt32) throws(QueryError) {
    repeat {
      try scanner.skipBlanks()
      let start = scanner.at
      switch scanner.byte {
      case UInt8(ascii: "["):
        let node = try parseSubjectPattern()
        try addMember(node, of: owner, at: place(start))
      case UInt8(ascii: "("):
        let node = try parseNode()
        try addMember(node, of: owner, at: place(start))
        try parsePathRest(from: .node(node), member: owner)
      default:
        guard let identifier = try parseIdentifier() else {
          throw scanner.unexpected("a member: an identifier, `(` or `[`")
        }
        addReference(identifier, of: owner, at: start)
      }
      try scanner.skipBlanks()
    } while scanner.consume(UInt8(ascii: ","))
  }

  // MARK: Header

  /// The record before the first pattern. Its values may be maps; only `join`, `valid-from`,
  /// `valid-to`, `sources` and `mode` mean something here.
  mutating func parseHeader() throws(QueryError) {
    let open = scanner.at
    scanner.at += 1
    try scanner.skipBlanks()
    if scanner.consume(UInt8(ascii: "}")) { return }
    repeat {
      try scanner.skipBlanks()
      let key = try parseKey()
      if scanner.byte == UInt8(ascii: "{") {
        try nested(at: scanner.at) { (reader) throws(QueryError) in try reader.parseHeader() }
      } else {
        let value = try parseValue()
        if depth == 0, key.equals("join"), case .boolean(let joins) = value {
          draft.joinsByID = joins
        }
        if depth == 0, case .string(let name) = value {
          if key.equals("valid-from") { draft.validTimeFrom = name.string }
          if key.equals("valid-to") { draft.validTimeTo = name.string }
          if key.equals("mode") { draft.claimMode = name.string }
        }
        if depth == 0, key.equals("sources") { draft.sourceTypes = draft.strings(value) }
      }
      try scanner.skipBlanks()
    } while scanner.consume(UInt8(ascii: ","))
    guard scanner.consume(UInt8(ascii: "}")) else {
      throw unclosed("record", opened: open, close: "`,` or `}`")
    }
  }
}
