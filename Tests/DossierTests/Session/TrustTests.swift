import DossierSyntax
import Testing

@testable import Dossier

@Suite("Trust of a session")
struct TrustTests {
  private static let count = "MATCH ()-[r]->() RETURN count(r) AS n"

  private func count(_ session: Session, _ statement: String = count) throws -> Value? {
    try session.run(statement).rows.first?.first
  }

  @Test func whatOthersWriteIsJudgedAnew() throws {
    let database = Database()
    let (reader, writer) = (database.session(), database.session())
    _ = try writer.run("CREATE ()-[:R {mode: 'reported'}]->()")
    try reader.restrictTrust(to: "asserted")
    #expect(reader.trust == "asserted")
    #expect(try count(reader) == .integer(0))
    _ = try writer.run("MATCH ()-[r]->() SET r.mode = 'ruled'")
    #expect(try count(reader) == .integer(1))
    _ = try writer.run("CALL dossier.sources('per', 'status')")
    _ = try writer.run("MATCH ()-[r]->() SET r.status = 'alleged'")
    #expect(try count(reader) == .integer(0))
    #expect(try count(reader, "FOR SYSTEM_TIME AS OF 2 " + Self.count) == .integer(1))
    #expect(try count(reader, "FOR SYSTEM_TIME AS OF 1 " + Self.count) == .integer(0))
    try reader.restrictTrust(to: nil)
    #expect(try count(reader) == .integer(1))
  }

  @Test func withinATransaction() throws {
    let session = Database().session()
    try session.begin()
    _ = try session.run("CREATE ()-[:R {mode: 'negated'}]->()-[:R]->()")
    try session.restrictTrust(to: "reported")
    #expect(try count(session) == .integer(1))
    try session.restrictTrust(to: nil)
    _ = try session.run("CREATE ()-[:R {mode: 'negated'}]->()")
    try session.restrictTrust(to: "reported")
    #expect(try count(session) == .integer(1))
    try session.restrictTrust(to: "hypothetical")
    #expect(try count(session) == .integer(3))
    try session.rollback()
    #expect(try count(session) == .integer(0))
  }

  @Test func wordsThatAreNoModes() throws {
    let session = Database().session()
    try session.restrictTrust(to: "ruled")
    for word in ["", "Ruled", "rule", "everything", "rule\u{0301}d"] {
      #expect(throws: QueryError.self) { try session.restrictTrust(to: word) }
    }
    #expect(session.trust == "ruled")
  }

  /// Each says something about the one before; the first does not count.
  @Test(arguments: [false, true])
  func whatIsSaidAboutAClaimFallsWithIt(_ countsFirst: Bool) throws {
    var graph = Graph()
    let (type, mode) = (
      graph.catalog.internRelationshipType("R"), graph.catalog.internPropertyKey("mode")
    )
    let node = ElementID.node(try graph.createNode(labels: []))
    var last = try graph.createRelationship(type: type, from: node, to: node)
    let arena = Arena()
    try graph.setProperty(last, mode, try arena.string(countsFirst ? "ruled" : "alleged"))
    withExtendedLifetime(arena) {}
    for _ in 1...40 {
      last = try graph.createRelationship(type: type, from: .relationship(last), to: node)
    }
    let trusted = TrustedElements(graph, atLeast: .asserted)
    let kept = (0...40).filter { trusted.sets.contains(Cell(RelationshipID(rawValue: UInt32($0)))) }
    #expect(kept.count == (countsFirst ? 41 : 0))
  }

  @Test func aGraphWithoutClaimsNeedsNoSets() throws {
    let session = Database().session()
    _ = try session.run("CREATE ()-[:R {x: 1}]->()")
    let sets = TrustedElements(session.graph, atLeast: .asserted).sets
    #expect(sets.nodes == nil && sets.relationships == nil)
    let ruled = TrustedElements(session.graph, atLeast: .ruled).sets
    #expect(ruled.nodes == nil && ruled.relationships == [0])
  }

  @Test func plansTellOfIt() throws {
    let session = Database().session()
    try session.restrictTrust(to: "claimed")
    let plan = try session.run("EXPLAIN MATCH (a)-[*1..2]->(b) RETURN count(*)").plan
    let details = plan?.lines.map(\.details) ?? []
    #expect(details.contains { $0.contains(", TRUST claimed") })
    #expect(details.contains("b TRUST claimed"))
  }
}
