import Dossier
import DossierSyntax

/// Writes graphs as N-Triples 1.1, so that reading them gives the same graph.
///
/// * A node is called by its property `uri` where that is an IRI or the name of a blank node that no
///   other node has; else it is a blank node. Labels, types and keys are IRIs of `RDFVocabulary`.
/// * Values have XML Schema's datatypes where these say all of them, else datatypes of our own. Keys
///   like `name@en` and `size^^http://example.org/unit` are literals with a language or a datatype.
/// * Lists of different values are several triples; all others are JSON texts of the type `rdf:JSON`.
/// * A relationship is a triple. One with properties, and all of several with the same ends and type,
///   are reified besides (`rdf:Statement`), and the properties are said of the statement.
///
/// Nothing of a graph is lost.
struct NTriplesWriter {
  private let sink: ByteSink
  private var names: [NodeID: String] = [:]

  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    var writer = NTriplesWriter(sink: sink)
    writer.nameNodes(view)
    for node in view.nodes {
      writer.write(node)
      report.nodes += 1
    }
    var counts: [Arc: Int] = [:]
    for relationship in view.relationships { counts[Arc(relationship), default: 0] += 1 }
    var said: Set<Arc> = []
    for relationship in view.relationships {
      let arc = Arc(relationship)
      let isReified = relationship.properties.count > 0 || (counts[arc] ?? 0) > 1
      writer.write(relationship, isNew: said.insert(arc).inserted, isReified: isReified)
      report.relationships += 1
    }
  }

  /// What relationships with the same triple have in common.
  private struct Arc: Hashable {
    var start: ElementID
    var end: ElementID
    var type: [UInt8]

    init(_ relationship: Relationship) {
      start = relationship.start
      end = relationship.end
      type = Array(relationship.type.utf8)
    }
  }

  // MARK: Nodes

  private mutating func nameNodes(_ view: GraphView) {
    var counts: [[UInt8]: Int] = [:]
    for node in view.nodes {
      if case .string(let uri)? = node.properties["uri"] {
        counts[Array(uri.utf8), default: 0] += 1
      }
    }
    for node in view.nodes {
      guard case .string(let uri)? = node.properties["uri"], counts[Array(uri.utf8)] == 1,
        let name = Self.name(uri)
      else { continue }
      names[node.id] = name
    }
  }

  /// How a node with a `uri` is called; nil when the text is no name of RDF.
  private static func name(_ uri: String) -> String? {
    if uri.utf8.starts(with: "_:".utf8) {
      let label = uri.utf8.dropFirst(2)
      let isPlain = label.allSatisfy {
        NumberText.isDigit($0) || ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "_")
      }
      return isPlain && !label.isEmpty ? uri : nil
    }
    return NTriplesScanner.isIRI(Array(uri.utf8)) ? "<\(uri)>" : nil
  }

  private func name(_ node: NodeID) -> String {
    names[node] ?? "\(RDFVocabulary.blank)n\(node.rawValue)"
  }

  /// A relationship at an end is called as its statement is.
  private func name(_ element: ElementID) -> String {
    switch element {
    case .node(let id): name(id)
    case .relationship(let id): "\(RDFVocabulary.blank)r\(id.rawValue)"
    }
  }

  private func write(_ node: Node) {
    let subject = name(node.id)
    for label in node.labels {
      write(subject, RDFVocabulary.type, "<\(RDFVocabulary.iri(RDFVocabulary.label, label))>")
    }
    if node.labels.isEmpty {
      write(subject, RDFVocabulary.type, "<\(RDFVocabulary.resource)>")
    }
    write(node.properties, of: subject, isNamed: names[node.id] != nil)
  }

  // MARK: Relationships

  private func write(_ relationship: Relationship, isNew: Bool, isReified: Bool) {
    let start = name(relationship.start)
    let end = name(relationship.end)
    let type = RDFVocabulary.iri(RDFVocabulary.relationshipType, relationship.type)
    if isNew { write(start, type, end) }
    guard isReified else { return }
    let statement = "\(RDFVocabulary.blank)r\(relationship.id.rawValue)"
    write(statement, RDFVocabulary.type, "<\(RDFVocabulary.statement)>")
    write(statement, RDFVocabulary.subject, start)
    write(statement, RDFVocabulary.predicate, "<\(type)>")
    write(statement, RDFVocabulary.object, end)
    write(relationship.properties, of: statement, isNamed: false)
  }

  private func write(_ subject: String, _ predicate: String, _ object: String) {
    sink.write(subject + " <" + predicate + "> " + object + " .\n")
  }

  // MARK: Properties

  private func write(_ properties: MapValue, of subject: String, isNamed: Bool) {
    for (key, value) in properties.entries {
      if isNamed && key.utf8.elementsEqual("uri".utf8) { continue }
      let literals = NTriplesLiterals(key, value)
      let predicate = RDFVocabulary.iri(RDFVocabulary.key, literals.key)
      for text in literals.texts { write(subject, predicate, text) }
    }
  }
}
