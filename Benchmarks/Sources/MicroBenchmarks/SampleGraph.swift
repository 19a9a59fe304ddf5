import Dossier
import DossierSyntax

/// A graph made by arithmetic, the same on every machine.
///
/// Nodes have the label `Person`, every tenth also `Officer`, and the properties `id` (0, 1, …), `age`
/// (18 to 97), `city` (one of 64 strings), `name` (distinct strings) and `score` (a float). Ten
/// relationships `KNOWS` per node, with `since` (1990 to 2029), lead from nodes taken evenly to nodes
/// of which a few have very many; one relationship `OWNS` per node leads to a node of a smaller id.
struct SampleGraph {
  let database = Database()
  let nodeCount: Int

  init(nodeCount: Int) throws {
    self.nodeCount = nodeCount
    let people = People(count: nodeCount)
    let links = Links(nodeCount: nodeCount)
    try database.load { (builder) throws(QueryError) in
      try people.add(to: &builder)
      try links.add(to: &builder)
    }
  }

  /// A session that has the index on `id`.
  func session() throws -> Session {
    let session = database.session()
    _ = try session.run("MATCH (n:Person {id: $id}) RETURN n.id", parameters: ["id": .integer(0)])
    return session
  }
}

/// The generator xorshift64*.
struct RandomNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A number from 0 up to but not including `bound`.
  mutating func below(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
  }
}

/// The nodes of the sample, column by column.
private struct People {
  var ids: [Int64] = []
  var ages: [Int64] = []
  var scores: [Double] = []
  var cities: [UInt32] = []
  var names: [UInt32] = []
  let texts = StringBatch()

  init(count: Int) {
    var random = RandomNumbers(seed: 1)
    for number in 0..<count {
      ids.append(Int64(number))
      ages.append(Int64(18 + random.below(80)))
      scores.append(Double(random.below(1_000_000)) / 1_000)
      cities.append(Self.add("city-\(random.below(64))", to: texts))
      names.append(Self.add("Person number \(number) of \(random.below(1_000))", to: texts))
    }
  }

  /// A batch does not copy bytes, so these stay for the life of the process.
  private static func add(_ text: String, to batch: StringBatch) -> UInt32 {
    let bytes = Array(text.utf8)
    let kept = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    kept.initialize(from: bytes, count: bytes.count)
    return batch.add(kept, count: bytes.count)
  }

  func add(to builder: inout GraphBuilder) throws(QueryError) {
    let strings = builder.intern(texts)
    let person = builder.label("Person")
    let first = try builder.addNodes(ids.count, labels: [person])
    let officer = builder.label("Officer")
    for number in stride(from: UInt32(0), to: UInt32(ids.count), by: 10) {
      try builder.addLabel(NodeID(rawValue: first.rawValue + number), officer)
    }
    try builder.setProperties(from: first, "id", integers: ids)
    try builder.setProperties(from: first, "age", integers: ages)
    try builder.setProperties(from: first, "score", floats: scores)
    try builder.setProperties(from: first, "city", strings: cities.map { strings[Int($0)] })
    try builder.setProperties(from: first, "name", strings: names.map { strings[Int($0)] })
  }
}

/// The relationships of the sample.
private struct Links {
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var years: [Int64] = []
  var owners: [UInt32] = []
  var owned: [UInt32] = []

  init(nodeCount: Int) {
    var random = RandomNumbers(seed: 2)
    for _ in 0..<10 * nodeCount {
      starts.append(UInt32(random.below(nodeCount)))
      // A product of two numbers is small more often than not: few nodes have many neighbours.
      let (a, b) = (random.below(nodeCount), random.below(nodeCount))
      ends.append(UInt32(a * b / nodeCount))
      years.append(Int64(1990 + random.below(40)))
    }
    for node in 1..<max(nodeCount, 2) {
      owners.append(UInt32(node))
      owned.append(UInt32(random.below(node)))
    }
  }

  func add(to builder: inout GraphBuilder) throws(QueryError) {
    let first = try builder.addRelationships(
      type: builder.type("KNOWS"), starts: starts, ends: ends)
    try builder.setProperties(from: first, "since", integers: years)
    try builder.addRelationships(type: builder.type("OWNS"), starts: owners, ends: owned)
  }
}
