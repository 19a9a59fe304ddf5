import Dossier
import DossierSyntax

/// Valid time of the elements of a draft, and what a file declares.
extension GraphDraft {
  /// Tells the graph what leads to sources, where the file says so.
  func declareSources(to builder: inout GraphBuilder) {
    guard !sourceTypes.isEmpty || claimMode != nil else { return }
    builder.declareSources(types: sourceTypes, mode: claimMode ?? builder.sourceNames.mode)
  }

  /// A string, or those of a list, without empty ones.
  func strings(_ value: PropertyValue) -> [String] {
    var strings: [String] = []
    switch value {
    case .string(let text): strings = [text.string]
    case .other(let index):
      guard Int(index) < values.count, case .list(let elements) = values[Int(index)] else { break }
      for case .string(let text) in elements { strings.append(text) }
    default: break
    }
    return strings.filter { !$0.utf8.isEmpty }
  }

  /// Tells the graph which properties hold valid time, where the file says so.
  func declareValidTime(to builder: inout GraphBuilder) {
    let keys = builder.validTimeKeys
    guard validTimeFrom != nil || validTimeTo != nil else { return }
    builder.declareValidTime(from: validTimeFrom ?? keys.from, to: validTimeTo ?? keys.to)
  }

  /// Bad records: elements that end before they begin; only their end is left out.
  ///
  /// `nodes` are the ids of the draft's nodes in the graph; its relationships have ids in a row from
  /// `firstRelationship` on.
  func checkPeriods(
    _ nodes: [UInt32], _ firstRelationship: UInt32, in builder: inout GraphBuilder,
    _ bad: inout BadRecords
  ) throws(QueryError) {
    let reversed = builder.elementsEndingBeforeStart
    if reversed.nodes.isEmpty, reversed.relationships.isEmpty { return }
    let end = builder.validTimeKeys.to
    for id in reversed.nodes {
      let number = nodes.lastIndex(of: id.rawValue).map {
        Element.node(UInt32(truncatingIfNeeded: $0))
      }
      try bad.note(endBeforeStart("node", number, builder.validTimeKeys))
      try builder.setProperty(id, end, .null)
    }
    for id in reversed.relationships {
      var number: Element?
      if id.rawValue >= firstRelationship {
        number = .relationship(id.rawValue - firstRelationship)
      }
      try bad.note(endBeforeStart("relationship", number, builder.validTimeKeys))
      let key = Array(end.utf8).withUnsafeBufferPointer { builder.key($0) }
      try builder.setProperty(id, key, .value(.null))
    }
  }

  /// The complaint about an element, at its end or where it stands.
  private func endBeforeStart(
    _ kind: String, _ element: Element?, _ keys: (from: String, to: String)
  ) -> QueryError {
    let message =
      "this \(kind) ends before it begins: `\(keys.to)` is before `\(keys.from)`"
    guard let element, let place = place(of: element, key: keys.to) else {
      return QueryError(.endBeforeStart, message)
    }
    return error(.endBeforeStart, message, at: place)
  }

  private func place(of element: Element, key: String) -> Place? {
    let number = keyNames.names.firstIndex { $0.buffer.elementsEqual(key.utf8) }
    if let number, let property = property(of: element, key: UInt32(truncatingIfNeeded: number)) {
      return properties[Int(property)].place
    }
    switch element {
    case .node(let node): return Int(node) < nodes.count ? nodes[Int(node)].place : nil
    case .relationship(let relationship):
      return Int(relationship) < relationships.count ? relationships[Int(relationship)].place : nil
    }
  }
}
