import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import Testing

/// Questions to real files whose answers were computed by other means; skipped without the folder that
/// `DOSSIER_TEST_DATA` names.
@Suite(.enabled(if: getenv("DOSSIER_TEST_DATA") != nil))
struct ReferenceAnswerTests {
  private let folder = getenv("DOSSIER_TEST_DATA").map { String(cString: $0) } ?? ""

  private func load(_ paths: String...) throws -> Session {
    let database = Database()
    _ = try GraphFile.load(paths: paths.map { folder + "/" + $0 }, into: database)
    return database.session()
  }

  private func rows(_ statement: String, _ session: Session) throws -> [[String]] {
    try session.run(statement).rows.map { row in row.map { text($0) } }
  }

  /// The nine questions of the labelled subgraph query benchmark, with the names that the files give.
  /// `Message` is what has an author: a post or a comment.
  static let subgraphQuestions = [
    """
    MATCH (:Country)<-[:isPartOf]-(:City)<-[:isLocatedIn]-(:Person)<-[:hasMember]-(f:Forum),
          (f)-[:containerOf]->(:Post)<-[:replyOf]-(:Comment)-[:hasTag]->(:Tag)-[:hasType]->(:TagClass)
    RETURN count(*)
    """,
    """
    MATCH (reply:Comment)-[:replyOf]->(post:Post), (reply)-[:hasCreator]->(one:Person),
          (post)-[:hasCreator]->(other:Person), (one)-[:knows]-(other)
    RETURN count(*)
    """,
    """
    MATCH (a:Person)-[:knows]-(b:Person)-[:knows]-(c:Person)-[:knows]-(a),
          (a)-[:isLocatedIn]->(:City)-[:isPartOf]->(land:Country)
    MATCH (b)-[:isLocatedIn]->(:City)-[:isPartOf]->(land)
    MATCH (c)-[:isLocatedIn]->(:City)-[:isPartOf]->(land)
    RETURN count(*)
    """,
    """
    MATCH (message)-[:hasTag]->(:Tag), (message)-[:hasCreator]->(:Person),
          (message)<-[:likes]-(:Person), (message)<-[:replyOf]-(:Comment)
    RETURN count(*)
    """,
    """
    MATCH (one:Tag)<-[:hasTag]-(message)<-[:replyOf]-(:Comment)-[:hasTag]->(other:Tag)
    WHERE one <> other
    RETURN count(*)
    """,
    """
    MATCH (a:Person)-[:knows]-(:Person)-[:knows]-(b:Person)-[:hasInterest]->(:Tag)
    WHERE a <> b
    RETURN count(*)
    """,
    """
    MATCH (message)-[:hasTag]->(:Tag), (message)-[:hasCreator]->(:Person)
    OPTIONAL MATCH (message)<-[:likes]-(liker:Person)
    OPTIONAL MATCH (message)<-[:replyOf]-(reply:Comment)
    RETURN count(*)
    """,
    """
    MATCH (one:Tag)<-[:hasTag]-(message)<-[:replyOf]-(reply:Comment)-[:hasTag]->(other:Tag)
    WHERE one <> other AND NOT (reply)-[:hasTag]->(one)
    RETURN count(*)
    """,
    """
    MATCH (a:Person)-[:knows]-(:Person)-[:knows]-(b:Person)-[:hasInterest]->(:Tag)
    WHERE a <> b AND NOT (a)-[:knows]-(b)
    RETURN count(*)
    """,
  ]

  @Test(arguments: [
    ("lsqb-sfexample", [8, 3, 6, 8, 3, 8, 11, 2, 4]),
    ("lsqb-sf0.003", [20_608, 281, 0, 3_047, 4_973, 33_201, 7_188, 2_436, 23_669]),
  ])
  func subgraphs(_ name: String, _ answers: [Int]) throws {
    let session = try load(name)
    for (question, answer) in zip(Self.subgraphQuestions, answers) {
      #expect(try rows(question, session) == [["\(answer)"]], "\(question)")
    }
  }

  @Test func airRoutes() throws {
    let session = try load(
      "air-routes/air-routes-latest-nodes.csv", "air-routes/air-routes-latest-edges.csv")
    #expect(
      try rows("MATCH (n) RETURN labels(n)[0] AS label, count(*) ORDER BY label", session) == [
        ["'airport'", "3504"], ["'continent'", "7"], ["'country'", "237"], ["'version'", "1"],
      ])
    #expect(
      try rows("MATCH ()-[r]->() RETURN type(r) AS type, count(*) ORDER BY type", session)
        == [["'contains'", "7008"], ["'route'", "50637"]])
    #expect(try rows("MATCH ()-[r]->() RETURN sum(r.dist)", session) == [["61418542"]])
    let twoSteps = """
      MATCH (:airport {code: 'AUS'})-[:route]->()-[:route]->(far:airport)
      RETURN count(DISTINCT far), count(DISTINCT CASE far.code WHEN 'AUS' THEN far END)
      """
    #expect(try rows(twoSteps, session) == [["1044", "1"]])
    let longest = """
      MATCH (a:airport)-[r:route]->(b:airport)
      RETURN a.code, b.code, r.dist ORDER BY r.dist DESC, a.code LIMIT 2
      """
    #expect(
      try rows(longest, session) == [["'JFK'", "'SIN'", "9526"], ["'SIN'", "'JFK'", "9526"]])
    let without = "MATCH (a:airport) WHERE NOT (a)-[:route]-() RETURN count(*)"
    #expect(try rows(without, session) == [["28"]])
  }

  @Test func partsOfWikidata() throws {
    let session = try load("codex-s/train.txt")
    #expect(try rows("MATCH ()-[r]->() RETURN count(DISTINCT type(r))", session) == [["42"]])
  }

  @Test func donations() throws {
    let session = try load("ftm-donations/donations.ijson")
    #expect(
      try rows(
        """
        MATCH (n)
        RETURN CASE WHEN n:Company THEN 'Company' WHEN n:Organization THEN 'Organization'
          WHEN n:Person THEN 'Person' WHEN n:Address THEN 'Address' END AS schema, count(*) ORDER BY schema
        """, session) == [
          ["'Address'", "89"], ["'Company'", "56"], ["'Organization'", "17"], ["'Person'", "22"],
        ])
    #expect(try rows("MATCH (:LegalEntity)-[p:paid]->() RETURN count(p)", session) == [["290"]])
  }

  /// Counted by an independent reader of Turtle.
  @Test(arguments: [
    ("gleif-rdf-sample/EntityLegalFormData.ttl", 23, 24),
    ("gleif-rdf-sample/L1Data.ttl", 74, 137), ("gleif-rdf-sample/L2Data.ttl", 50, 79),
    ("gleif-rdf-sample/RegistrationAuthorityData.ttl", 24, 24),
    ("w3c-n-triples/manifest.ttl", 214, 233),
  ])
  func turtle(_ path: String, _ nodes: Int, _ relationships: Int) throws {
    let session = try load(path)
    #expect(try rows("MATCH (n) RETURN count(n)", session) == [["\(nodes)"]])
    #expect(try rows("MATCH ()-[r]->() RETURN count(r)", session) == [["\(relationships)"]])
  }

  @Test func legalEntityRelationships() throws {
    let session = try load("gleif-rdf-sample/L2Data.ttl")
    let statement = """
      MATCH (child)<-[:hasChild]-(r:InternationalBranchRelationship)-[:hasParent]->(parent),
            (r)-[:hasRelationshipPeriod]->(p:Period)
      RETURN right(child.uri, 20), right(parent.uri, 20), p.hasStart.year
      """
    #expect(
      try rows(statement, session).contains(
        ["'549300J43MRRHUL8JX64'", "'549300RK1FB0VMTPD087'", "2018"]))
  }

  /// The statement of `Sources/DossierFormats/README.md`.
  @Test func legalEntityRelationshipsWithPeriods() throws {
    let session = try load("gleif-rdf-sample/L2Data.ttl")
    _ = try session.run(
      """
      MATCH (parent)<-[:hasParent]-(r)-[:hasChild]->(child), (r)-[:hasRelationshipPeriod]->(p)
      CREATE (child)-[:child-of {from: p.hasStart, to: p.hasEnd}]->(parent)
      """)
    let count = "MATCH ()-[r:child-of]->() AS OF date('2017-11-01') RETURN count(r)"
    let counted = try rows(count, session)
    let independent = try rows(
      """
      MATCH (r)-[:hasRelationshipPeriod]->(p) WHERE p.hasStart <= datetime('2017-11-01T00:00Z')
        AND (p.hasEnd IS NULL OR p.hasEnd > datetime('2017-11-01T00:00Z'))
      RETURN count(p)
      """, session)
    #expect(counted == independent && counted != [["0"]])
  }

  /// A file of N-Triples is a file of Turtle that says the same.
  @Test func triplesAreTurtle() throws {
    let path = folder + "/w3c-n-triples"
    guard let stream = opendir(path) else { return }
    defer { closedir(stream) }
    var count = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".nt") && !name.contains("bad") else { continue }
      count += 1
      let triples = Database()
      let turtle = Database()
      _ = try GraphFile.load(path: path + "/" + name, into: triples)
      _ = try GraphFile.load(path: path + "/" + name, into: turtle, format: .turtle)
      #expect(summary(of: turtle) == summary(of: triples), "\(name)")
    }
    #expect(count > 35)
  }

  @Test func movies() throws {
    let session = try load("movies/movies.cypher")
    #expect(
      try rows("MATCH (n) RETURN labels(n)[0] AS label, count(*) ORDER BY label", session)
        == [["'Movie'", "38"], ["'Person'", "131"]])
    #expect(try rows("MATCH ()-[r]->() RETURN count(r)", session) == [["250"]])
    let statement = """
      MATCH (:Person {name: 'Tom Hanks'})-[:ACTED_IN]->(m:Movie) RETURN count(m)
      """
    #expect(try rows(statement, session) == [["12"]])
  }
}
