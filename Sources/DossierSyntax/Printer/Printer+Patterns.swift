extension Printer {
  mutating func printPattern(_ pattern: Pattern) {
    printList(pattern.paths) { $0.printPath($1) }
  }

  mutating func printPath(_ path: PathPattern) {
    if let variable = path.variable { output += Spelling.variable(variable.text) + " = " }
    switch path.selector {
    case .none: break
    case .shortestPath: output += "shortestPath("
    case .allShortestPaths: output += "allShortestPaths("
    }
    for (index, node) in path.nodes.enumerated() {
      if index > 0 { printRelationship(path.relationships[index - 1]) }
      printNode(node)
    }
    if path.selector != .none { output += ")" }
  }

  mutating func printLabels(_ labels: [Name]) {
    for label in labels { output += ":" + Spelling.hyphenated(label.text) }
  }

  private mutating func printNode(_ node: NodePattern) {
    if node.standsForRelationship {
      output += "[" + Spelling.variable(node.variable?.text ?? "") + "]"
      return
    }
    output += "("
    if let variable = node.variable { output += Spelling.variable(variable.text) }
    printLabels(node.labels)
    printProperties(node.properties, isFirst: node.variable == nil && node.labels.isEmpty)
    output += ")"
  }

  private mutating func printProperties(_ properties: Expression?, isFirst: Bool) {
    guard let properties else { return }
    if !isFirst { output += " " }
    printExpression(properties, at: .postfix)
  }

  private mutating func printRelationship(_ relationship: RelationshipPattern) {
    output += relationship.direction == .left ? "<-" : "-"
    let isFirst =
      relationship.variable == nil && relationship.types.isEmpty && relationship.length == nil
    if !isFirst || relationship.properties != nil {
      output += "["
      if let variable = relationship.variable { output += Spelling.variable(variable.text) }
      if !relationship.types.isEmpty {
        output += ":"
        printList(relationship.types, separator: "|") { printer, type in
          printer.output += Spelling.hyphenated(type.text)
        }
      }
      printLength(relationship.length)
      printProperties(relationship.properties, isFirst: isFirst)
      output += "]"
    }
    output += relationship.direction == .right ? "->" : "-"
  }

  private mutating func printLength(_ length: RelationshipPattern.Length?) {
    guard let length else { return }
    output += "*"
    if let minimum = length.minimum { output += String(minimum) }
    if length.minimum == length.maximum { return }
    output += ".."
    if let maximum = length.maximum { output += String(maximum) }
  }
}
