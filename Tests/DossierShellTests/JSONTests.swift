import Dossier
import DossierSyntax
import Testing

@testable import DossierShell

@Suite struct JSONReaderTests {
  private func read(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }

  /// The value written by the plain writer's rules, for comparing.
  private func shown(_ json: JSONValue) -> String {
    switch json {
    case .null: "null"
    case .boolean(let truth): "\(truth)"
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)f"
    case .string(let text): "'\(text)'"
    case .array(let elements): "[" + elements.map(shown).joined(separator: ",") + "]"
    case .object(let entries):
      "{" + entries.map { "\($0.key):\(shown($0.value))" }.joined(separator: ",") + "}"
    }
  }

  @Test(arguments: [
    ("null", "null"), (" true ", "true"), ("-0", "0"), ("1.5e3", "1500.0f"), ("\"a\"", "'a'"),
    ("9223372036854775807", "9223372036854775807"), ("[]", "[]"), ("[1, [2]]", "[1,[2]]"),
    ("{\"a\": 1, \"b\": {}}", "{a:1,b:{}}"), ("{\"a\":1,\"b\":2,\"a\":3}", "{a:3,b:2}"),
    ("\"\\u00e9\\n\\ud83d\\ude42\\/\"", "'é\n🙂/'"), ("\"任\"", "'任'"), ("1E2", "100.0f"),
  ])
  func reads(_ text: String, _ value: String) throws {
    #expect(shown(try read(text)) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "+1", "01", "1.", ".5", "1e", "--1", "1e999", "9223372036854775808",
    "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    "\"a\nb\"", "[", "[1", "[1,", "[1,]", "]", "{", "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
    "1 2", "[1]]", "NaN", "Infinity", "'a'", "0x10",
  ])
  func refuses(_ text: String) {
    #expect(throws: JSONReader.Failure.self) { try read(text) }
  }

  @Test func refusesInvalidUTF8() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ] {
      #expect(throws: JSONReader.Failure.self) { try JSONReader.read(bytes) }
    }
  }

  @Test func depthIsLimited() throws {
    let limit = JSONReader.depthLimit
    let nested = { (depth: Int) in
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    var atLimit: String?
    var above: JSONReader.Failure?
    StatementThread().perform {
      atLimit = (try? JSONReader.read(Array(nested(limit).utf8))).map { _ in "read" }
      do throws(JSONReader.Failure) {
        _ = try JSONReader.read(Array(nested(100_000).utf8))
      } catch { above = error }
    }
    #expect(atLimit == "read")
    #expect(above?.offset == limit)
  }
}

@Suite struct TypedJSONTests {
  private func value(_ text: String) throws -> Value {
    try TypedJSON.value(of: try JSONReader.read(Array(text.utf8))) { function, text in
      .string("\(function)(\(text))")
    }
  }

  private func typed(_ value: Value) -> String {
    var buffer = ByteBuffer()
    TypedJSON.append(value, to: &buffer)
    return buffer.text
  }

  @Test(arguments: [
    "{\"$type\":\"Null\",\"_value\":null}", "{\"$type\":\"Boolean\",\"_value\":false}",
    "{\"$type\":\"Integer\",\"_value\":\"-9223372036854775808\"}",
    "{\"$type\":\"Float\",\"_value\":\"1.0E-5\"}", "{\"$type\":\"Float\",\"_value\":\"NaN\"}",
    "{\"$type\":\"Float\",\"_value\":\"-Infinity\"}",
    "{\"$type\":\"String\",\"_value\":\"x\\\"y\"}",
    "{\"$type\":\"List\",\"_value\":[{\"$type\":\"Integer\",\"_value\":\"1\"}]}",
    "{\"$type\":\"Map\",\"_value\":{\"b\":{\"$type\":\"Null\",\"_value\":null}}}",
  ])
  func comesBackAsItWent(_ text: String) throws {
    #expect(typed(try value(text)) == text)
  }

  @Test func temporalTextsGoToTheirConstructor() throws {
    guard case .string(let call) = try value("{\"$type\":\"Duration\",\"_value\":\"P1D\"}") else {
      Issue.record("not constructed")
      return
    }
    #expect(call == "duration(P1D)")
  }

  @Test func plainJSONIsAccepted() throws {
    #expect(
      try value("{\"a\":[1,2.5,\"x\",null,true]}").description == "{a: [1, 2.5, 'x', null, true]}")
  }

  @Test(arguments: [
    "{\"$type\":\"Integer\",\"_value\":\"+1\"}", "{\"$type\":\"Integer\",\"_value\":\"1e3\"}",
    "{\"$type\":\"Integer\",\"_value\":\"9223372036854775808\"}",
    "{\"$type\":\"Float\",\"_value\":\"0x1p3\"}", "{\"$type\":\"Float\",\"_value\":\"nan\"}",
    "{\"$type\":\"Boolean\",\"_value\":\"true\"}", "{\"$type\":\"Node\",\"_value\":{}}",
    "{\"$type\":5}", "{\"$type\":\"Integer\"}", "{\"$type\":\"Nothing\",\"_value\":\"\"}",
  ])
  func refusesMalformedValues(_ text: String) {
    #expect(throws: QueryError.self) { try value(text) }
  }

  @Test func elementsCarryTheirIDs() {
    #expect(
      typed(.path(samplePath)) == """
        {"$type":"Path","_value":[{"$type":"Node","_value":{"_element_id":"1",\
        "_labels":["Agency"],"_properties":{}}},{"$type":"Relationship","_value":\
        {"_element_id":"7","_start_node_element_id":"0","_end_node_element_id":"1",\
        "_type":"designated-by","_properties":{"since":{"$type":"Integer","_value":"2021"}}}},\
        {"$type":"Node","_value":{"_element_id":"0","_labels":["Company"],"_properties":\
        {"name":{"$type":"String","_value":"Xiaomi"}}}}]}
        """)
  }
}
