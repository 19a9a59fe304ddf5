extension Printer {
  mutating func printClause(_ clause: Clause) {
    switch clause {
    case .match(let match):
      output += match.optional ? "OPTIONAL MATCH " : "MATCH "
      if match.contemporaneous { output += "CONTEMPORANEOUS " }
      printPattern(match.pattern)
      printValidTime(match.validTime)
      printWhere(match.predicate)
    case .unwind(let unwind):
      output += "UNWIND "
      printExpression(unwind.list, at: .or)
      output += " AS " + Spelling.variable(unwind.variable.text)
    case .loadCSV(let load): printLoadCSV(load)
    case .with(let projection):
      output += "WITH "
      printProjection(projection)
      printWhere(projection.predicate)
    case .return(let projection):
      output += "RETURN "
      printProjection(projection)
    case .create(let create):
      output += "CREATE "
      printPattern(create.pattern)
    case .merge(let merge): printMerge(merge)
    case .set(let set):
      output += "SET "
      printList(set.items) { $0.printSetItem($1) }
    case .remove(let remove):
      output += "REMOVE "
      printList(remove.items) { $0.printRemoveItem($1) }
    case .delete(let delete):
      output += delete.detach ? "DETACH DELETE " : "DELETE "
      printList(delete.expressions) { $0.printExpression($1, at: .or) }
    case .call(let call): printCall(call)
    }
  }

  mutating func printValidTime(_ restriction: ValidTimeRestriction?) {
    switch restriction?.time {
    case nil: break
    case .asOf(let instant):
      output += " AS OF "
      printExpression(instant, at: .additive)
    case .between(let first, let last):
      output += " BETWEEN "
      printExpression(first, at: .additive)
      output += " AND "
      printExpression(last, at: .additive)
    }
  }

  mutating func printWhere(_ predicate: Expression?) {
    guard let predicate else { return }
    output += " WHERE "
    printExpression(predicate, at: .or)
  }

  private mutating func printLoadCSV(_ load: LoadCSVClause) {
    output += load.hasHeaders ? "LOAD CSV WITH HEADERS FROM " : "LOAD CSV FROM "
    printExpression(load.source, at: .or)
    output += " AS " + Spelling.variable(load.variable.text)
    guard let terminator = load.fieldTerminator else { return }
    output += " FIELDTERMINATOR "
    printExpression(terminator, at: .or)
  }

  private mutating func printProjection(_ projection: ProjectionClause) {
    if projection.distinct { output += "DISTINCT " }
    if projection.includesAll {
      output += projection.items.isEmpty ? "*" : "*, "
    }
    printList(projection.items) { $0.printProjectionItem($1) }
    if !projection.orderBy.isEmpty {
      output += " ORDER BY "
      printList(projection.orderBy) { printer, item in
        printer.printExpression(item.expression, at: .or)
        if item.descending { printer.output += " DESC" }
      }
    }
    if let skip = projection.skip {
      output += " SKIP "
      printExpression(skip, at: .or)
    }
    if let limit = projection.limit {
      output += " LIMIT "
      printExpression(limit, at: .or)
    }
  }

  private mutating func printProjectionItem(_ item: ProjectionItem) {
    if item.alias == nil, columnText == .asWritten, !item.text.isEmpty {
      output += item.text
      return
    }
    printExpression(item.expression, at: .or)
    if let alias = item.alias { output += " AS " + Spelling.variable(alias.text) }
  }

  private mutating func printMerge(_ merge: MergeClause) {
    output += "MERGE "
    printPath(merge.path)
    if !merge.onCreate.isEmpty {
      output += " ON CREATE SET "
      printList(merge.onCreate) { $0.printSetItem($1) }
    }
    if !merge.onMatch.isEmpty {
      output += " ON MATCH SET "
      printList(merge.onMatch) { $0.printSetItem($1) }
    }
  }

  private mutating func printSetItem(_ item: SetItem) {
    switch item {
    case .property(let element, let key, let value):
      printExpression(element, at: .postfix)
      output += "." + Spelling.name(key.text) + " = "
      printExpression(value, at: .or)
    case .replace(let variable, let value):
      output += Spelling.variable(variable.text) + " = "
      printExpression(value, at: .or)
    case .merge(let variable, let value):
      output += Spelling.variable(variable.text) + " += "
      printExpression(value, at: .or)
    case .labels(let variable, let labels):
      output += Spelling.variable(variable.text)
      printLabels(labels)
    }
  }

  private mutating func printRemoveItem(_ item: RemoveItem) {
    switch item {
    case .property(let element, let key):
      printExpression(element, at: .postfix)
      output += "." + Spelling.name(key.text)
    case .labels(let variable, let labels):
      output += Spelling.variable(variable.text)
      printLabels(labels)
    }
  }

  mutating func printCall(_ call: ProcedureCall) {
    output += "CALL " + Spelling.qualified(call.name.text)
    if let arguments = call.arguments {
      output += "("
      printList(arguments) { $0.printExpression($1, at: .or) }
      output += ")"
    }
    if call.yieldsAll {
      output += " YIELD *"
    } else if let yields = call.yields {
      output += " YIELD "
      printList(yields) { printer, item in
        printer.output += Spelling.variable(item.field.text)
        if let alias = item.alias { printer.output += " AS " + Spelling.variable(alias.text) }
      }
    }
    printWhere(call.predicate)
  }
}
