import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct FollowTheMoneyTests {
  static let statements = """
    canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,external,first_seen,last_seen,id
    c,c,id,checksum,Company,c,list,,,,f,2021-01-14,2021-05-25,s1
    c,x,name,name,LegalEntity,"Xi, Ltd",press,,eng,XI,t,2021-02-01,2021-06-01,s2
    c,c,name,name,Company,"Xi, Ltd",list,,,,f,2021-01-14,2021-05-25,s3
    o,o,owner,entity,Ownership,p,list,,,,f,2021-01-14,,s4
    o,o,asset,entity,Ownership,x,list,,,,f,,2021-05-25,s5
    o,o,percentage,number,Ownership,50-75 %,press,,,,f,2021-02-01,,s6
    s,s,entity,entity,Sanction,x,list,,,,f,2021-01-14,,s7
    s,s,startDate,date,Sanction,2021-01,list,,,,f,2021-01-14,,s8

    """

  @Test func statements() {
    #expect(
      summary(loading: Self.statements, format: .ftmStatements) == [
        "(0:Asset:Company:LegalEntity:Organization:Thing {caption: 'Xi, Ltd', "
          + "datasets: ['list', 'press'], first_seen: '2021-01-14', id: 'c', "
          + "last_seen: '2021-06-01', name: ['Xi, Ltd'], referents: ['x']})",
        "(1:Dataset {id: 'list', name: 'list'})", "(2:Dataset {id: 'press', name: 'press'})",
        "(3 {id: 'p'})",
        "(4:Sanction {datasets: ['list'], first_seen: '2021-01-14', from: date 18628, id: 's', "
          + "precision: 'month', startDate: ['2021-01']})",
        "(0)-[:reported-by {first_seen: '2021-01-14', id: 's1', last_seen: '2021-05-25', "
          + "mode: 'asserted', property: 'id', value: 'c'}]->(1)",
        "(0)-[:reported-by {entity_id: 'x', external: true, first_seen: '2021-02-01', id: 's2', "
          + "lang: 'eng', last_seen: '2021-06-01', mode: 'asserted', original_value: 'XI', "
          + "property: 'name', value: 'Xi, Ltd'}]->(2)",
        "(0)-[:reported-by {first_seen: '2021-01-14', id: 's3', last_seen: '2021-05-25', "
          + "mode: 'asserted', property: 'name', value: 'Xi, Ltd'}]->(1)",
        "(3)-[:owns {datasets: ['list', 'press'], first_seen: '2021-01-14', id: 'o', "
          + "last_seen: '2021-05-25', percentage: ['50-75 %'], percentageMaximum: float 75.0, "
          + "percentageMinimum: float 50.0}]->(0)",
        "[3]-[:reported-by {first_seen: '2021-01-14', id: 's4', mode: 'asserted', "
          + "property: 'owner', value: 'p'}]->(1)",
        "[3]-[:reported-by {id: 's5', last_seen: '2021-05-25', mode: 'asserted', "
          + "property: 'asset', value: 'x'}]->(1)",
        "[3]-[:reported-by {first_seen: '2021-02-01', id: 's6', mode: 'asserted', "
          + "property: 'percentage', value: '50-75 %'}]->(2)",
        "(4)-[:entity {datasets: ['list'], first_seen: '2021-01-14'}]->(0)",
        "(4)-[:reported-by {first_seen: '2021-01-14', id: 's7', mode: 'asserted', property: 'entity', "
          + "value: 'x'}]->(1)",
        "(4)-[:reported-by {first_seen: '2021-01-14', id: 's8', mode: 'asserted', property: 'startDate', "
          + "value: '2021-01'}]->(1)",
      ])
  }

  @Test func statementsAreToldByTheirHeader() throws {
    for name in ["s.csv", "data"] {
      let report = try GraphFile.load(
        bytes: Array(Self.statements.utf8), named: name, into: Database())
      #expect(report.format == .ftmStatements)
    }
  }

  @Test func errors() {
    expectError(
      "1️⃣entity_id,prop,schema,value\n", .invalidData, "this header has no column `dataset`",
      format: .ftmStatements)
    expectError(
      "entity_id,prop,schema,value,dataset\n1️⃣a,name,Person,A\n", .wrongColumnCount,
      "this record has 4 fields, the header has 5", format: .ftmStatements)
    expectError(
      "entity_id,prop,schema,value,dataset\n1️⃣a,name,Nothing,A,d\n", .invalidData,
      "unknown schema `Nothing`", format: .ftmStatements)
  }

  @Test(arguments: [
    ("Sanction", "startDate", "2021", "from: date 18628, id: 'e', precision: 'year'"),
    ("Sanction", "endDate", "2021", "id: 'e', precision: 'year', to: date 18993"),
    ("Sanction", "endDate", "2021-12", "id: 'e', precision: 'month', to: date 18993"),
    ("Sanction", "endDate", "2021-12-31", "id: 'e', to: date 18993"),
    ("Sanction", "date", "2021-01-14T16:09:00", "from: date 18641, id: 'e'"),
    ("Person", "birthDate", "1970", "from: date 0, id: 'e', precision: 'year'"),
    ("Company", "dissolutionDate", "1969-12-31", "id: 'e', to: date 0"),
    ("CourtCase", "fileDate", "1970-01-01", "from: date 0, id: 'e'"),
    ("Document", "date", "1970-01-01", "id: 'e'"),
    ("Sanction", "startDate", "2021-02-30", "id: 'e'"),
    ("Sanction", "startDate", "about 2021", "id: 'e'"),
  ])
  func validTime(_ schema: String, _ property: String, _ date: String, _ expected: String) {
    let text = #"{"id":"e","schema":"\#(schema)","properties":{"\#(property)":["\#(date)"]}}"#
    let node = summary(loading: text, format: .ftm)[0]
    var parts = node.split(separator: " {")[1].dropLast(2).split(separator: ", ")
    parts.removeAll { $0.hasPrefix(property) }
    #expect(parts.joined(separator: ", ") == expected)
  }

  @Test(arguments: [
    ("51", "51.0 51.0"), ("51%", "51.0 51.0"), ("50-75 %", "50.0 75.0"), ("> 25", "25.0 100.0"),
    (">=25%", "25.0 100.0"), ("< 5", "0.0 5.0"), ("33,3", "33.3 33.3"), ("25 to 50", "25.0 50.0"),
    ("25–50", "25.0 50.0"), ("100.0", "100.0 100.0"), ("120", ""), ("all", ""), ("", ""),
    ("75-50", ""),
    ("-5", ""),
  ])
  func shares(_ text: String, _ expected: String) throws {
    let database = Database()
    let line =
      #"{"id":"o","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"percentage":["#
      + "\"\(text)\"]}}"
    #expect(loadError(Array(line.utf8), format: .ftm, into: database) == nil)
    let relationship = try #require(database.view.relationships.first { _ in true })
    let bounds = ["percentageMinimum", "percentageMaximum"].compactMap { key -> String? in
      guard case .float(let value) = relationship.properties[key] else { return nil }
      return value.description
    }
    #expect(bounds.joined(separator: " ") == expected)
  }
}
