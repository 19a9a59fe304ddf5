import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct GramErrorTests {
  @Test func structure() {
    expectError(
      "(a:X)\n1️⃣CREATE (b)", .invalidData,
      "expected a pattern that opens with `(` or `[`, found `C`")
    expectError("(a)1️⃣;", .invalidData, "expected a pattern that opens with `(` or `[`, found `;`")
    expectError("(a)1️⃣,", .invalidData, "expected a pattern after this comma")
    expectError(
      "1️⃣(a {b: 1}", .invalidData,
      "expected `)`, found the end of the file: this node is not closed")
    expectError("(a 1️⃣b)", .invalidData, "expected `)` in the node, found `b`")
    expectError("(a:1️⃣)", .invalidData, "expected a name after `:`, found `)`")
    expectError(
      "(a {b1️⃣ })".replacing("b1️⃣ ", with: "b 1️⃣"), .invalidData,
      "expected `:` after the key `b`, found `}`")
    expectError("(a {b: 1️⃣})", .invalidData, "expected a value, found `}`")
    expectError("(a {b: 1 1️⃣c: 2})", .invalidData, "expected `,` or `}` in the record, found `c`")
    expectError(
      "(a 1️⃣{b: 1", .invalidData,
      "expected `,` or `}`, found the end of the file: this record is not closed")
    expectError(
      "(a)-[:r]-> \n1️⃣", .invalidData,
      "expected `(` of the node that the relationship leads to, found the end of the file")
    expectError("(a)-[:r]1️⃣>(b)", .invalidData, "expected `-` after `]`, found `>`")
    expectError(
      "[a | b]1️⃣-[:r]->(b)", .invalidData,
      "a relationship leads from a node, and nodes stand in parentheses")
    expectError(
      "1️⃣[a]-[:r]->(b)", .undefinedReference, "no relationship of the file is called `a`")
    expectError(
      "(a)-[:r]->1️⃣[a]", .undefinedReference, "no relationship of the file is called `a`")
    expectError(
      "(a)-[:r]->1️⃣[a:X]", .invalidData,
      "a relationship leads to a node `(…)` or to a relationship `[r]`")
    expectError(
      "(a)-1️⃣[r:t]->[r]", .invalidData, "this relationship is about itself")
  }

  @Test func relationships() {
    expectError("(a)1️⃣-->(b)", .noSingleRelationshipType, "a relationship needs a type")
    expectError(
      "(a)-[r1️⃣]->(b)", .noSingleRelationshipType,
      "a relationship needs a type, found `]`")
    expectError(
      "(a)-[:r1️⃣:s]->(b)", .noSingleRelationshipType,
      "a relationship has exactly one type")
    expectError(
      "(a)-[r:x]->(b)-[1️⃣r:x]->(c)", .duplicateIdentifier,
      "identifier `r` already names a relationship")
    expectError("(a)-[1️⃣a:x]->(b)", .duplicateIdentifier, "identifier `a` already names a node")
    expectError(
      "(a)-[r:x]->(b) 1️⃣(r)", .duplicateIdentifier,
      "identifier `r` already names a relationship")
    expectError("[a | 1️⃣b]", .undefinedReference, "the file defines no `b`")
  }

  @Test func values() {
    expectError("(a {b: 1️⃣'x\n'})", .invalidData, "this string is not closed")
    expectError("(a {b: 1️⃣'x", .invalidData, "this string is not closed")
    expectError(
      "(a {b: 'x1️⃣\\q'})", .invalidData,
      "unknown escape: found `q` after a backslash")
    expectError(
      "(a {b: '1️⃣\\u12'})", .invalidData,
      "expected 4 hexadecimal digits after the backslash")
    expectError("(a {b: '1️⃣\\uD800'})", .invalidData, "this escape names no Unicode character")
    expectError("(a {b: 1️⃣{c: 1}})", .invalidPropertyType, "a map can't be the value of a property")
    expectError("(a {b: [1️⃣[1]]})", .invalidPropertyType, "an array can't hold arrays or maps")
    expectError("(a {b: 1️⃣[1, 2", .invalidData, "this array is not closed")
    expectError("(a {b: 20211️⃣-01-14})", .invalidData, "expected the end of the number, found `-`")
    expectError("(a {b: 161️⃣:09})", .invalidData, "expected the end of the number, found `:`")
    expectError(
      "(a {b: 1️⃣9223372036854775808})", .numberOutOfRange,
      "this number does not fit 64 bits")
    expectError(
      "(a {b: 1️⃣0x8000000000000000})", .numberOutOfRange,
      "this number does not fit 64 bits")
    expectError("(a {b: 1️⃣1e999})", .numberOutOfRange, "this number does not fit 64 bits")
    expectError("(a {b: 1️⃣date`2021-13-01`})", .invalidData, "this is not a date")
    expectError("(a {b: 1️⃣point('x')})", .invalidData, "unknown function `point`")
    expectError("(a {b: 1️⃣“x”})", .invalidData, "expected a value, found `“`")
    expectError("1️⃣/* x", .invalidData, "this comment is not closed")
    expectError("(a {b: 1️⃣```\nx``})", .invalidData, "this fenced string is not closed")
  }

  @Test func conflicts() {
    expectError(
      "(a {b: 1})\n(a {1️⃣b: 2})", .conflictingProperty,
      "property `b` of this node is given two different values")
    expectError(
      "(a)-[:r {b: 1, 1️⃣b: '1'}]->(c)", .conflictingProperty,
      "property `b` of this relationship is given two different values")
    #expect(summary(loading: "(a {b: 1})\n(a {b: 1, c: 2})") == ["(0 {b: 1, c: 2})"])
    let error = loadError(Array("(a {b: 1})\n(a {b: 2})".utf8), format: .gram)
    #expect(error?.diagnostics[0].help == "the first value stands at line 1, column 5")
  }

  @Test func invalidUTF8() {
    let error = loadError(Array("(a)\n(é".utf8) + [0xFF, 0x29], format: .gram)
    #expect(error?.code == .invalidData)
    #expect(error?.diagnostics[0].message == "the file is not valid UTF-8: found byte 0xFF")
    #expect(error?.diagnostics[0].position == SourcePosition(line: 2, column: 3))
    for bytes: [UInt8] in [
      [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
      [0x80], [0xF5, 0x80, 0x80, 0x80],
    ] {
      #expect(
        loadError(
          Array("// 1234567890123456789012345678901234567890".utf8) + bytes,
          format: .gram)?.code == .invalidData)
    }
  }

  @Test func unreadableFiles() {
    for path in ["/does/not/exist.gram", "/", "/dev/zero", "/dev/null", "a\0b", ""] {
      let database = Database()
      do throws(QueryError) {
        _ = try GraphFile.load(path: path, into: database)
        Issue.record("loads \(path)")
      } catch {
        #expect(error.code == .fileUnreadable)
      }
    }
  }

  @Test func depth() {
    let deep = String(repeating: "[a | ", count: 100_000)
    #expect(loadError(Array(deep.utf8), format: .gram)?.code == .nestingTooDeep)
    for bracket in ["(", "[", "{", "((", "[{", "(a {b: [", "{a: {"] {
      let text = String(repeating: bracket, count: 100_000)
      #expect(loadError(Array(text.utf8), format: .gram) != nil)
    }
    let allowed =
      String(repeating: "[", count: 1) + String(repeating: " | [", count: 199)
      + String(repeating: "]", count: 200)
    #expect(summary(loading: allowed).count == 399)
  }

  @Test func longLinesAndManyKeys() {
    let keys = (0..<3_000).map { "k\($0): \($0)" }.joined(separator: ", ")
    #expect(summary(loading: "(a {\(keys)})").count == 1)
    let value = String(repeating: "x", count: 1 << 20)
    #expect(summary(loading: "(a {t: '\(value)'})") == ["(0 {t: '\(value)'})"])
    let labels = (0..<1_001).map { ":L\($0)" }.joined()
    #expect(loadError(Array("(a\(labels))".utf8), format: .gram)?.code == .numberOutOfRange)
  }
}
