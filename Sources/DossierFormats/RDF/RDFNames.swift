/// The names that IRIs of one kind (classes, predicates) get in the graph.
///
/// The name of an IRI is what follows the longest namespace that the file declares, unless that holds
/// a `/` or `#`; else what follows its last `#`, `/` or `:`; else the IRI. IRIs that a graph was written
/// with stand for their names (`RDFVocabulary`).
struct RDFNames {
  private var iris = NameTable()
  private var names: [ByteString] = []
  /// Names that are taken, and the first IRI of each.
  private var taken = NameTable()
  private var owners: [ByteString] = []
  /// A sentence for each IRI whose name another IRI had before.
  private(set) var warnings: [String] = []

  /// Sentences beyond this number are not kept.
  private static let warningLimit = 20

  /// The name of an IRI, the same at each call. The bytes must outlive the table.
  mutating func name(
    of iri: ByteString, namespaces: [ByteString], pool: BytePool
  ) -> ByteString {
    let (number, isNew) = iris.intern(iri)
    if !isNew { return names[Int(number)] }
    if let name = RDFVocabulary.name(of: iri, pool) {
      names.append(name)
      return name
    }
    let name = Self.name(of: iri, namespaces)
    names.append(name)
    let (owner, isFirst) = taken.intern(name)
    if isFirst {
      owners.append(iri)
    } else if warnings.count < Self.warningLimit {
      warnings.append(
        "<\(owners[Int(owner)].string)> and <\(iri.string)> are both named `\(name.string)`")
    }
    return name
  }

  private static func name(of iri: ByteString, _ namespaces: [ByteString]) -> ByteString {
    var start = 0
    for namespace in namespaces {
      let length = Int(namespace.count)
      guard length > start, length < Int(iri.count),
        iri.buffer.starts(with: namespace.buffer)
      else { continue }
      let rest = iri.buffer[length...]
      if !rest.contains(UInt8(ascii: "/")) && !rest.contains(UInt8(ascii: "#")) { start = length }
    }
    if start == 0 { start = endOfLastSeparator(in: iri) }
    return ByteString(start: iri.start + start, count: Int(iri.count) - start)
  }

  /// The offset behind the last `#`, `/` or `:` that something follows; 0 without one.
  private static func endOfLastSeparator(in iri: ByteString) -> Int {
    var start = 0
    for (index, byte) in iri.buffer.enumerated() where index + 1 < Int(iri.count) {
      switch byte {
      case UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: ":"): start = index + 1
      default: break
      }
    }
    return start
  }
}
