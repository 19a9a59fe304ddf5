import DossierSyntax
import Testing

@testable import Dossier

@Suite("Plans")
struct PlannerTests {
  @Test func startsAtTheRareLabel() throws {
    let plan = try plan(
      "MATCH (a:Many)-[:R]->(b:Few) RETURN a",
      statistics: TableStatistics(labels: ["Many": 900, "Few": 3], types: ["R": 2_000]))
    #expect(
      outline(plan) == [
        "ProduceResults a",
        "  Expand (b)<-[:R]-(a:Many)",
        "    NodeByLabelScan (b:Few)",
      ])
  }

  @Test func namesStayInOrderWithoutRules() throws {
    let plan = try plan(
      "MATCH (a:Many)-[:R]->(b:Few) WHERE a.x = 1 RETURN a", rules: [],
      statistics: TableStatistics(labels: ["Many": 900, "Few": 3], types: ["R": 2_000]))
    #expect(
      outline(plan) == [
        "ProduceResults a",
        "  Filter a.x = 1",
        "    Expand (a)-[:R]->(b:Few)",
        "      NodeByLabelScan (a:Many)",
      ])
  }

  @Test func filtersMoveDownUnlessTheyCanFail() throws {
    let plan = try plan("MATCH (a)-[r]->(b) WHERE b.x % 2 = 0 AND a.x = 1 AND a:L RETURN b")
    #expect(
      outline(plan) == [
        "ProduceResults b",
        "  Filter (b.x % 2) = 0",
        "    Expand (a)-[r]->(b)",
        "      Filter a.x = 1",
        "        NodeByLabelScan (a:L)",
      ])
  }

  @Test func equalityJoinsParts() throws {
    let plan = try plan("MATCH (a), (b) WHERE a.x = b.y RETURN a")
    #expect(
      outline(plan) == [
        "ProduceResults a",
        "  HashJoin a.x = b.y",
        "    AllNodesScan (a)",
        "    AllNodesScan (b)",
      ])
  }

  @Test func rowsOfParametersAreJoined() throws {
    let plan = try plan("UNWIND $rows AS row MATCH (a:A {id: row.id}) RETURN a")
    #expect(
      outline(plan) == [
        "ProduceResults a",
        "  HashJoin row.id = a.id",
        "    Unwind $rows AS row",
        "      Argument",
        "    NodeByLabelScan (a:A)",
      ])
  }

  @Test func chainsMayReadOtherParts() throws {
    let plan = try plan("MATCH (a)-[rs* {k: c.k}]->(b), (c) RETURN a")
    #expect(outline(plan)[1].contains("all("))
  }

  @Test func patternsClose() throws {
    let plan = try plan("MATCH (a)-->(b)-->(c)-->(a) RETURN a")
    #expect(outline(plan)[1].contains("ExpandIntersect"))
  }

  @Test func subqueriesBecomeSemiJoins() throws {
    let plan = try plan("MATCH (a) WHERE (a)-[:R]->() AND NOT EXISTS { (a)-[:S]->() } RETURN a")
    #expect(outline(plan)[1] == "  AntiSemiApply")
    #expect(outline(plan)[2] == "    SemiApply")
  }

  @Test func firstRowsAreKeptWhileSorting() throws {
    let plan = try plan("MATCH (a) RETURN a ORDER BY a.x DESC SKIP 2 LIMIT 3")
    #expect(outline(plan)[1] == "  Skip 2")
    #expect(outline(plan)[2] == "    Top a.x DESC LIMIT 5")
  }

  @Test func optionalMatchRunsForItsRows() throws {
    let plan = try plan("MATCH (a) OPTIONAL MATCH (a)-[r]->(b) WHERE b.x = 1 RETURN r")
    #expect(
      outline(plan) == [
        "ProduceResults r",
        "  OptionalApply b, r",
        "    AllNodesScan (a)",
        "    Filter b.x = 1",
        "      Expand (a)-[r]->(b)",
        "        Argument",
      ])
  }

  @Test func boundRelationshipsAreFollowed() throws {
    let plan = try plan("MATCH ()-[r:R]->() MATCH (x)-[r]->(y) RETURN x")
    let lines = outline(plan)
    #expect(lines[1] == "  Expand (x)-[r]->(y)")
    #expect(lines[2] == "    Projection startNode(r) AS x")
  }

  @Test func relationshipsOfOneMatchDiffer() throws {
    let plan = try plan("MATCH (a)-[r:R]->(b)-[s:R]->(c)-[t:T]->(d) RETURN a", rules: [])
    var different: [Int] = []
    var rest = plan.root
    while let next = rest.inputs.first {
      if case .expand(_, let step) = rest { different.append(step.different.count) }
      rest = next
    }
    #expect(different == [0, 1, 0])
  }

  @Test func relationshipsOfUnconnectedPartsDiffer() throws {
    let plan = try plan("MATCH (a)-[r]->(b), (c)-[s]->(d) RETURN a")
    #expect(outline(plan).contains { $0.hasSuffix("Filter r <> s") })
  }

  @Test func creationsThatFollowEachOtherAreOne() throws {
    let plan = try plan("CREATE (a) CREATE (b)-[:R]->(a)")
    #expect(outline(plan) == ["EmptyResult", "  Create (a), (b), (b)-[:R]->(a)", "    Argument"])
  }

  @Test func explainedPlansHaveEstimates() throws {
    let plan = try plan(
      "EXPLAIN MATCH (a:L) RETURN a", statistics: TableStatistics(labels: ["L": 7]))
    #expect(plan.mode == .explain)
    #expect(plan.describe().map(\.estimatedRows) == [7, 7])
  }
}
