import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import Testing

/// Graph files in Dossier's own format.
@Suite struct SnapshotFileTests {
  private static let text = """
    (a:Company:Bank {name: 'A', aliases: ['x', 'y'], since: date('2021-01-14')})
    (a)-[:owns {share: 0.5}]->(b:Company {name: '小米'})
    (a)-[:owns {share: 0.25}]->(b)-[:part-of]->(b)
    """

  private static func database() throws -> Database {
    let database = Database()
    _ = try GraphFile.load(bytes: Array(text.utf8), named: "test", into: database, format: .gram)
    return database
  }

  private static var freshPath: String {
    "/tmp/dossier-snapshot-\(UInt64.random(in: 0...(.max)))"
  }

  @Test func savingAndLoading() throws {
    let path = Self.freshPath + ".dossier"
    defer { removeFile(path) }
    let database = try Self.database()
    let saved = try GraphFile.save(database.view, to: path)
    #expect(saved.nodes == 2 && saved.relationships == 3 && saved.warnings == [])
    let copy = Database()
    let report = try GraphFile.load(path: path, into: copy)
    #expect(report.format == .snapshot)
    #expect(report.nodesCreated == 2 && report.relationshipsCreated == 3)
    #expect(summary(of: copy) == summary(of: database))
  }

  @Test func savingToTheFileThatIsOpen() throws {
    let path = Self.freshPath + ".dossier"
    defer { removeFile(path) }
    _ = try GraphFile.save(try Self.database().view, to: path)
    let opened = Database()
    _ = try GraphFile.load(paths: [path], into: opened)
    let session = opened.session()
    for step in 0..<3 {
      _ = try session.run("CREATE (:Step {number: \(step)})")
      _ = try GraphFile.save(opened.view, to: path)
      let copy = Database()
      _ = try GraphFile.load(path: path, into: copy)
      #expect(summary(of: copy) == summary(of: opened))
      #expect(copy.view.nodeCount == 3 + step)
    }
  }

  @Test func elementsAreAddedToAGraphThatHasSome() throws {
    let bytes = try GraphFile.bytes(of: try Self.database().view, format: .snapshot).bytes
    let database = Database()
    _ = try GraphFile.load(
      bytes: Array("(:First)-[:is]->(:Second)".utf8), named: "test", into: database, format: .gram)
    let report = try GraphFile.load(bytes: bytes, named: "x", into: database)
    #expect(report.nodesCreated == 2 && report.relationshipsCreated == 3)
    let loaded = summary(of: database)
    #expect(loaded.count == 4 + 4)
    #expect(loaded.contains("(2:Bank:Company {aliases: ['x', 'y'], name: 'A', since: date 18641})"))
    #expect(loaded.contains("(2)-[:owns {share: float 0.25}]->(3)"))
    #expect(loaded.contains("(3)-[:part-of]->(3)"))
  }

  @Test func formatsAreToldByContent() throws {
    let path = Self.freshPath
    defer { removeFile(path) }
    _ = try GraphFile.save(try Self.database().view, to: path, format: .snapshot)
    #expect(try GraphFile.load(path: path, into: Database()).format == .snapshot)
    #expect(GraphFileFormat(fileName: "x.DOSSIER") == .snapshot)
    _ = try GraphFile.save(try Self.database().view, to: path, format: .gram)
    #expect(try GraphFile.load(path: path, into: Database()).format == .gram)
    let error = #expect(throws: QueryError.self) {
      try GraphFile.load(path: path, into: Database(), format: .snapshot)
    }
    #expect(error?.code == .invalidData)
    #expect(error?.diagnostics.first?.message == "`\(path)` is not a snapshot of Dossier")
  }

  @Test func filesThatAreNotThere() {
    for path in ["/does/not/exist.dossier", "/dev/null", "/tmp/a\0b.dossier"] {
      let error = #expect(throws: QueryError.self) {
        try GraphFile.load(path: path, into: Database(), format: .snapshot)
      }
      #expect(error?.code == .fileUnreadable)
    }
  }

  /// Flipped bits, lost, doubled and moved pieces.
  @Test func damage() throws {
    let bytes = try GraphFile.bytes(of: try Self.database().view, format: .snapshot).bytes
    var generator = SeededGenerator(seed: 20_210_114)
    for round in 0..<400 {
      var damaged = bytes
      let place = Int.random(in: damaged.indices, using: &generator)
      let end = min(place + Int.random(in: 1..<2_000, using: &generator), damaged.count)
      switch round % 4 {
      case 0: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: damaged.removeSubrange(place..<end)
      case 2: damaged.insert(contentsOf: damaged[place..<end], at: place)
      default: damaged[place] &+= 1
      }
      let database = Database()
      let error = loadError(damaged, format: .snapshot, into: database)
      #expect(error?.code == .invalidData, "round \(round) at \(place)")
      #expect(error?.diagnostics.first?.file == "test")
      #expect(database.view.nodeCount == 0)
    }
  }
}
