import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct JSONFormatTests {
  private let node =
    #"{"type":"node","id":"1","labels":["A"],"properties":{"k":[1,"é\n"],"n":null}}"#

  @Test func lines() {
    let relationship =
      #"{"type":"relationship","label":"R","start":{"id":"1"},"end":{"id":1},"properties":{"f":1.0}}"#
    let expected = ["(0:A {k: [1, 'é\n']})", "(0)-[:R {f: float 1.0}]->(0)"]
    #expect(summary(loading: relationship + "\r\n" + node + "\n", format: .jsonl) == expected)
    #expect(summary(loading: "[\(node),\n\(relationship)]", format: .jsonl) == expected)
    #expect(
      summary(loading: "{\"nodes\":[\(node)],\"rels\":[\(relationship)]}", format: .jsonl)
        == expected)
    #expect(summary(loading: "[]", format: .jsonl) == [])
  }

  @Test func typedValues() {
    #expect(
      summary(
        loading: #"""
          {"type":"node","id":1,"properties":{"d":{"$type":"Date","_value":"2021-01-14"},
          "f":{"$type":"Float","_value":"NaN"},"i":-5,"e":1e3}}
          """#, format: .jsonl) == ["(0 {d: date 18641, e: float 1000.0, f: float nan, i: -5})"])
  }

  @Test func errors() {
    expectError(
      "1️⃣[1]".replacing("1️⃣[1]", with: "[1️⃣1]"), .invalidData, "expected an object", format: .jsonl)
    expectError("1️⃣{\"a\":1}", .invalidData, "this object has no key `type`", format: .jsonl)
    expectError(
      "{\"type\":\"node\"1️⃣ \"a\"}".replacing("1️⃣ ", with: " 1️⃣"), .invalidData,
      "expected `,` or `}`, found `\"`", format: .jsonl)
    expectError(
      "\(node)\n1️⃣\(node)", .duplicateIdentifier, "this `id` already names a node",
      format: .jsonl)
    expectError(
      #"{"type":"relationship","label":"R","start":1️⃣{"id":"1"},"end":{"id":"2"}}"#,
      .undefinedReference, "the file has no node with this `id`", format: .jsonl)
    expectError(
      #"{"type":"node","id":1,"properties":{"a":1️⃣{"b":1}}}"#, .invalidPropertyType,
      "an object can't be the value of a property", format: .jsonl)
    expectError(
      #"{"a":1️⃣01}"#, .invalidData, "a number can't open with 0 and more digits",
      format: .jsonl)
    expectError(#"{"a":1️⃣1.}"#, .invalidData, "this is not a number", format: .jsonl)
    let deep = String(repeating: "[", count: 100_000)
    #expect(loadError(Array(deep.utf8), format: .jsonl)?.code == .nestingTooDeep)
  }

  @Test func entities() {
    let graph = summary(
      loading: #"""
        {"id":"a","schema":"Person","properties":{"name":["A"]},"datasets":["x"]}
        {"id":"c","schema":"Company","caption":"C","properties":{"name":["C Ltd"],"parent":["p"]}}
        {"id":"o","schema":"Ownership","properties":{"owner":["a"],"asset":["c"],"percentage":["51"]}}
        {"id":"q","schema":"Ownership","properties":{"owner":["a"]}}
        """#, format: .ftm)
    #expect(
      graph == [
        "(0:LegalEntity:Person:Thing {caption: 'A', datasets: ['x'], id: 'a', name: ['A']})",
        "(1:Asset:Company:LegalEntity:Organization:Thing {caption: 'C', id: 'c', name: ['C Ltd']})",
        "(2 {id: 'p'})", "(3:Ownership {id: 'q'})",
        "(1)-[:parent]->(2)",
        "(0)-[:owns {id: 'o', percentage: ['51'], percentageMaximum: float 51.0, "
          + "percentageMinimum: float 51.0}]->(1)", "(3)-[:owner]->(0)",
      ])
    expectError(
      #"{"id":"a","schema":1️⃣"Nothing"}"#, .invalidData, "unknown schema `Nothing`",
      format: .ftm)
  }
}
