import DossierSyntax

/// `[r]` in patterns: a relationship at which other relationships begin or end.
extension Binder {
  /// Declares the variables in `[r]` whose relationship stands in one of the paths, so that the order
  /// of paths means nothing. Errors: `variableTypeConflict`.
  func declareReferences(
    in paths: [PathPattern], _ draft: inout PatternDraft
  ) throws(QueryError) {
    guard draft.introducing else { return }
    for name in paths.flatMap(\.nodes).filter(\.standsForRelationship).compactMap(\.variable) {
      guard try resolve(name.text, at: name.range) == nil,
        let pattern = paths.lazy.flatMap(\.relationships).first(where: {
          $0.variable.map { VariableName($0.text) == VariableName(name.text) } ?? false
        })
      else { continue }
      guard pattern.length == nil else {
        throw conflict(name, .list(.relationship), wanted: "a relationship")
      }
      let slot = slots.add(.relationship, named: name.text)
      declare(name, slot, .relationship)
      draft.forward.insert(slot)
    }
  }

  /// The slot of `[r]` in a pattern that is searched for.
  func bindReference(
    _ node: NodePattern, _ draft: inout PatternDraft
  ) throws(QueryError) -> Slot {
    let slot = try referenced(node)
    guard draft.add(reference: slot), let name = node.variable else {
      throw QueryError(
        .variableTypeConflict, "the variable in `[…]` stands for a node of the pattern as well",
        at: node.range, help: "choose another name")
    }
    slots.name(slot, name.text)
    return slot
  }

  /// The slot of the bound relationship that `[r]` names. Errors: `undefinedVariable`,
  /// `variableTypeConflict`.
  func referenced(_ node: NodePattern) throws(QueryError) -> Slot {
    let name = node.variable ?? Name("", node.range)
    guard let variable = try resolve(name.text, at: name.range) else {
      var error = undefined(name.text, at: name.range)
      if error.diagnostics[0].help == nil {
        error.diagnostics[0].help =
          "`[\(name.text)]` needs a relationship: bind it as in `(a)-[\(name.text)]->(b)`"
      }
      throw error
    }
    guard variable.type.canBe(.relationship) else {
      throw conflict(name, variable.type, wanted: "a relationship")
    }
    return variable.slot
  }

  /// What a path with `[r]` in it may not be. Errors: `invalidRelationshipPattern`.
  func checkReferences(in path: PathPattern) throws(QueryError) {
    guard let node = path.nodes.first(where: \.standsForRelationship) else { return }
    if let variable = path.variable {
      throw QueryError(
        .invalidRelationshipPattern,
        "the path `\(variable.text)` has a relationship where a path has a node", at: node.range,
        help: "leave the name of the path out; paths lead from node to node")
    }
    for (index, relationship) in path.relationships.enumerated()
    where path.ends(of: index) != .betweenNodes {
      guard path.selector == .none, relationship.length == nil else {
        throw QueryError(
          .invalidRelationshipPattern,
          "a chain of relationships leads from node to node, not to a relationship",
          at: relationship.length?.range ?? relationship.range, label: "a chain",
          help: "write each relationship")
      }
    }
  }

  /// A relationship is older than what is said about it, so no circle of `[r]` can match.
  /// Errors: `relationshipUniquenessViolation`.
  func checkOrder(of draft: PatternDraft) throws(QueryError) {
    var pending = draft.graph.relationships.indices.map { $0 }
    guard pending.contains(where: { draft.graph.relationships[$0].ends != .betweenNodes }) else {
      return
    }
    while !pending.isEmpty {
      let open = SlotSet(pending.map { draft.graph.relationships[$0].slot })
      let rest = pending.filter { index in
        let relationship = draft.graph.relationships[index]
        return open.contains(relationship.left) || open.contains(relationship.right)
      }
      if rest.count == pending.count {
        throw QueryError(
          .relationshipUniquenessViolation,
          "the relationship is about itself, which can never match",
          at: draft.patterns[rest[0]].range,
          help: "a relationship is made after those that it is about")
      }
      pending = rest
    }
  }
}

extension PathPattern {
  /// What stands to the left and to the right of one of the relationships.
  func ends(of relationship: Int) -> RelationshipShape {
    RelationshipShape(
      start: nodes[relationship].standsForRelationship ? .relationship : .node,
      end: nodes[relationship + 1].standsForRelationship ? .relationship : .node)
  }
}
