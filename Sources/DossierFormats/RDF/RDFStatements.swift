import DossierSyntax
import Glibc

/// The reified statements of an N-Triples file that stand for relationships: resources with one
/// `rdf:subject`, `rdf:predicate` and `rdf:object` each, whose triple the file says as well, that have
/// nothing but literals besides and that no triple has as its object.
///
/// All other reified statements stay nodes: a triple that is not said is no fact of the graph, and a
/// relationship can't be the end of another one.
struct RDFStatements {
  struct Statement {
    var subject: ByteString
    var predicate: ByteString
    var object: ByteString
    /// Where the statement is first spoken of, in bytes.
    var offset: Int
  }

  /// What is known of a resource that may be a statement.
  private struct Candidate {
    var parts: [UInt32?] = [nil, nil, nil]
    var offset: Int
    var isFit = true
    var isSaid = false
  }

  private struct Triple: Hashable {
    var parts: [UInt32]
  }

  private(set) var all: [Statement] = []
  private var numbers: [UInt32: Int] = [:]
  private var names = NameTable()

  /// Finds the statements of a file; nil when there are none. Files without reification are not read.
  /// Lines that can't be read are passed over.
  init?(_ file: FileBytes, pool: BytePool) {
    guard Self.mentionsSubjects(file) else { return nil }
    var candidates: [UInt32: Candidate] = [:]
    var order: [UInt32] = []
    var scanner = NTriplesScanner(file, pool: pool)
    while let triple = Self.next(&scanner) {
      guard let part = Self.part(triple.predicate), case .resource(let name) = triple.object else {
        continue
      }
      let resource = names.intern(triple.subject).number
      if candidates[resource] == nil { order.append(resource) }
      let value = names.intern(name).number
      var candidate = candidates[resource] ?? Candidate(offset: triple.offset)
      if let old = candidate.parts[part], old != value { candidate.isFit = false }
      candidate.parts[part] = value
      candidates[resource] = candidate
    }
    check(&candidates, file, pool)
    for resource in order {
      guard let candidate = candidates[resource], candidate.isFit, candidate.isSaid else {
        continue
      }
      let parts = candidate.parts.compactMap { $0 }.map { names.names[Int($0)] }
      guard parts.count == 3 else { continue }
      numbers[resource] = all.count
      all.append(
        Statement(
          subject: parts[0], predicate: parts[1], object: parts[2], offset: candidate.offset))
    }
    if all.isEmpty { return nil }
  }

  /// The number of the statement that a name stands for.
  func number(of name: ByteString) -> Int? {
    guard let resource = names.find(name) else { return nil }
    return numbers[resource]
  }

  /// Finds out which statements are said, and which are more than a relationship can be.
  private func check(
    _ candidates: inout [UInt32: Candidate], _ file: FileBytes, _ pool: BytePool
  ) {
    var wanted: [Triple: [UInt32]] = [:]
    for (resource, candidate) in candidates {
      wanted[Triple(parts: candidate.parts.compactMap { $0 }), default: []].append(resource)
    }
    var scanner = NTriplesScanner(file, pool: pool)
    while let triple = Self.next(&scanner) {
      guard case .resource(let name) = triple.object else { continue }
      let object = names.find(name)
      if let object { candidates[object]?.isFit = false }
      let subject = names.find(triple.subject)
      if let subject, Self.part(triple.predicate) == nil, !Self.isType(triple) {
        candidates[subject]?.isFit = false
      }
      guard let subject, let predicate = names.find(triple.predicate), let object else { continue }
      for resource in wanted[Triple(parts: [subject, predicate, object])] ?? [] {
        candidates[resource]?.isSaid = true
      }
    }
  }

  private static func next(_ scanner: inout NTriplesScanner) -> NTriplesScanner.Triple? {
    while true {
      do throws(QueryError) {
        return try scanner.next()
      } catch {
        scanner.skipLine()
      }
    }
  }

  private static func isType(_ triple: NTriplesScanner.Triple) -> Bool {
    guard case .resource(let name) = triple.object else { return false }
    return triple.predicate.buffer.elementsEqual(RDFVocabulary.type.utf8)
      && name.buffer.elementsEqual(RDFVocabulary.statement.utf8)
  }

  /// 0 for `rdf:subject`, 1 for `rdf:predicate`, 2 for `rdf:object`.
  private static func part(_ predicate: ByteString) -> Int? {
    let names = [RDFVocabulary.subject, RDFVocabulary.predicate, RDFVocabulary.object]
    return names.firstIndex { predicate.buffer.elementsEqual($0.utf8) }
  }

  /// True when the bytes `#subject>` stand somewhere in a file.
  private static func mentionsSubjects(_ file: FileBytes) -> Bool {
    let wanted = Array("#subject>".utf8)
    var at = 0
    while at < file.count, let hit = memchr(file.start + at, Int32(wanted[0]), file.count - at) {
      if memcmp(hit, wanted, wanted.count) == 0 { return true }
      at = UnsafeRawPointer(file.start).distance(to: hit) + 1
    }
    return false
  }
}
