import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct TableTests {
  @Test func nodesWithTypedColumns() {
    let graph = summary(
      loading: """
        id:ID(P){id-type:int},name,n:int,f:double,b:boolean,l:int[],d:date,:LABEL,x:IGNORE
        1,"A ""q"", B",7,1.5,true,1;2,2021-01-14,X;Y,z
        2,"",,,,,,,
        3,"two
        lines",-1,2,false,,,Z,
        """, format: .csv)
    #expect(
      graph == [
        "(0:X:Y {b: true, d: date 18641, f: float 1.5, id: 1, l: [1, 2], n: 7, "
          + "name: 'A \"q\", B'})",
        "(1 {id: 2, name: ''})",
        "(2:Z {b: false, f: float 2.0, id: 3, n: -1, name: 'two\nlines'})",
      ])
  }

  @Test func gremlinHeaders() {
    #expect(
      summary(loading: "~id|~label|code:string\r\n1|airport|AUS\r\n\r\n", format: .csv)
        == ["(0:airport {code: 'AUS', id: '1'})"])
  }

  @Test func errors() {
    expectError(
      ":ID,n:int\n1,2\n2,1️⃣x\n", .invalidData, "column `n`: expected an integer", format: .csv)
    expectError(
      ":ID,n:int\n1,1️⃣99999999999999999999\n", .numberOutOfRange,
      "column `n`: this number does not fit 64 bits", format: .csv)
    expectError(
      ":ID,n\n1,2,1️⃣3\n", .wrongColumnCount, "this record has 3 fields, the header has 2",
      format: .csv)
    expectError(
      ":ID,n\n1️⃣1\n", .wrongColumnCount, "this record has 1 fields, the header has 2",
      format: .csv)
    expectError(
      ":ID,n\n1,a\n1️⃣1,b\n", .duplicateIdentifier, "this identifier already names a node",
      format: .csv)
    expectError(
      ":START_ID,:END_ID,:TYPE\n1️⃣1,2,R\n", .undefinedReference, "no node has this identifier",
      format: .csv)
    expectError(
      ":ID,1️⃣n:color\n", .invalidData, "unknown column type `color`", format: .csv)
    expectError(
      "1️⃣a,b\n1,2", .invalidData,
      "this header has no `:ID` and no `:START_ID` and `:END_ID` columns", format: .csv)
    expectError(":ID,n\n1,1️⃣\"x", .invalidData, "this quoted field is not closed", format: .csv)
    expectError(
      ":ID,n\n1,\"x\"1️⃣y", .invalidData, "expected the end of the field, found `y`", format: .csv)
  }

  @Test func edgeLists() {
    #expect(
      summary(loading: "# c\n1\t2\n2 1\r\n\n1,x", format: .edges) == [
        "(0:Node {id: 1})", "(1:Node {id: 2})", "(2:Node {id: 'x'})", "(0)-[:linked-to]->(1)",
        "(1)-[:linked-to]->(0)", "(0)-[:linked-to]->(2)",
      ])
    #expect(
      summary(loading: "a b 1.5", format: .edges).last
        == "(0)-[:linked-to {weight: float 1.5}]->(1)")
    #expect(summary(loading: "a is b", format: .edges).last == "(0)-[:is]->(1)")
    expectError(
      "a b\n1️⃣c\n", .wrongColumnCount,
      "a line of an edge list has two or three fields, all lines alike", format: .edges)
    expectError(
      "a b 1\nc d 1️⃣x\n", .invalidData, "expected a number, the weight of the edge",
      format: .edges)
  }
}
