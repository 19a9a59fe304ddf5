import Dossier

/// The IRIs of RDF itself, and those of our own that graphs are written with.
///
/// Names of a graph are `urn:dossier:label:`, `urn:dossier:type:` or `urn:dossier:key:` and the name, in
/// which all that an IRI can't hold is `%` and two hexadecimal digits per byte. Nodes without an IRI of
/// their own are blank nodes whose labels begin with `dossier-`; these labels are no property.
enum RDFVocabulary {
  static let syntax = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  static let type = syntax + "type"
  static let subject = syntax + "subject"
  static let predicate = syntax + "predicate"
  static let object = syntax + "object"
  static let statement = syntax + "Statement"
  /// The datatype of JSON texts; lists that several triples can't say have it.
  static let json = syntax + "JSON"
  /// The class of everything, which gives no label.
  static let resource = "http://www.w3.org/2000/01/rdf-schema#Resource"
  static let schema = "http://www.w3.org/2001/XMLSchema#"
  private static let own = "urn:dossier:"
  static let label = own + "label:"
  static let relationshipType = own + "type:"
  static let key = own + "key:"
  /// Datatypes of temporal values that XML Schema can't say; a temporal function's name follows.
  static let datatype = own + "datatype:"
  static let blank = "_:dossier-"

  /// An IRI for a name.
  static func iri(_ prefix: String, _ name: String) -> String {
    var bytes = Array(prefix.utf8)
    for scalar in name.unicodeScalars {
      let encoded = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      if isPlain(scalar) {
        bytes += encoded
      } else {
        for byte in encoded { bytes += Array(("%" + ValueText.hex(byte)).utf8) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `<iunreserved>` of RFC 3987.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0x10000...0xDFFFF: scalar.value & 0xFFFF <= 0xFFFD
    default: false
    }
  }

  /// The name that one of our IRIs stands for; nil for other IRIs.
  static func name(of iri: ByteString, _ pool: BytePool) -> ByteString? {
    for prefix in [label, relationshipType, key] where iri.buffer.starts(with: prefix.utf8) {
      let count = prefix.utf8.count
      let rest = ByteString(start: iri.start + count, count: Int(iri.count) - count)
      return rest.buffer.contains(UInt8(ascii: "%")) ? decoded(rest, pool) : rest
    }
    return nil
  }

  /// The bytes that an escaped name stands for; nil when they are no UTF-8 or an escape is broken.
  private static func decoded(_ name: ByteString, _ pool: BytePool) -> ByteString? {
    var bytes: [UInt8] = []
    var index = 0
    while index < Int(name.count) {
      let byte = name.start[index]
      index += 1
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard index + 2 <= Int(name.count), let high = GramScanner.hexValue(name.start[index]),
        let low = GramScanner.hexValue(name.start[index + 1])
      else { return nil }
      bytes.append(UInt8(high) << 4 | UInt8(low))
      index += 2
    }
    return String(validating: bytes, as: UTF8.self) == nil ? nil : pool.add(bytes)
  }
}
