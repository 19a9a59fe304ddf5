import Dossier

/// The graph's labels and types by the fields that name them.
struct CSVNames {
  private var typeTexts = NameTable()
  private var types: [GraphBuilder.TypeName] = []
  private var labelTexts = NameTable()
  private var labelSets: [[GraphBuilder.LabelName]] = []
  /// The table that `labelSets` are for.
  private var table: CSVTable?

  /// The type that fields of the type columns name; the last one counts.
  mutating func type(
    _ fields: [ByteString], _ fallback: String, _ builder: GraphBuilder
  ) -> GraphBuilder.TypeName {
    guard let text = fields.last else {
      var fallback = fallback
      return fallback.withUTF8 { builder.type($0) }
    }
    let (number, isNew) = typeTexts.intern(text)
    if isNew { types.append(builder.type(text.buffer)) }
    return types[Int(number)]
  }

  /// The labels that fields of the label columns of a table name, and the table's own.
  mutating func labels(
    _ fields: [ByteString], of table: CSVTable, _ builder: GraphBuilder
  ) -> [GraphBuilder.LabelName] {
    guard fields.count == 1 else { return makeLabels(fields, table, builder) }
    if self.table !== table {
      self.table = table
      labelTexts = NameTable()
      labelSets = []
    }
    let (number, isNew) = labelTexts.intern(fields[0])
    if isNew { labelSets.append(makeLabels(fields, table, builder)) }
    return labelSets[Int(number)]
  }

  private func makeLabels(
    _ fields: [ByteString], _ table: CSVTable, _ builder: GraphBuilder
  ) -> [GraphBuilder.LabelName] {
    var labels: [GraphBuilder.LabelName] = []
    if let own = table.ownLabel {
      labels.append(builder.label(own.buffer))
    } else if table.labels.isEmpty {
      var name = table.name
      labels.append(name.withUTF8 { builder.label($0) })
    }
    for piece in Self.pieces(fields) {
      let label = builder.label(piece.buffer)
      if labels.count > 8 || !labels.contains(label) { labels.append(label) }
    }
    return labels
  }

  /// The labels that fields name.
  private static func pieces(_ fields: [ByteString]) -> [ByteString] {
    fields.flatMap { $0.pieces(separatedBy: UInt8(ascii: ";")) }.filter { $0.count > 0 }
  }

  /// Whether fields name more labels than a node may have.
  static func areTooMany(_ fields: [ByteString]) -> Bool {
    if fields.reduce(0, { $0 + Int($1.count) }) < LabelSets.limit { return false }
    var names = NameTable()
    for piece in pieces(fields) { _ = names.intern(piece) }
    return names.count > LabelSets.limit
  }
}
