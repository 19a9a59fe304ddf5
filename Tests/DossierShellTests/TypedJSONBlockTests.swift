import Dossier
import Testing

@testable import DossierShell

/// Rows straight from columns are the bytes that value by value would give.
@Suite struct TypedJSONBlockTests {
  @Test func columnsAndValuesAgree() throws {
    let result = try Database().session().run(
      """
      UNWIND range(-3, 5000) AS i
      RETURN i, i * 1844674407370955, i * 0.25, i % 2 = 0, toString(i) + 'é"\\\\\\n',
        date('0999-12-30') + duration({days: i * 300}), date('-0001-01-01'), [i, 'x'], {a: i},
        CASE WHEN i % 3 = 0 THEN null ELSE i END AS some, CASE WHEN i = 7 THEN 'a' ELSE i END AS mixed,
        CASE WHEN i % 2 = 0 THEN null ELSE 'ü\\u200e\\u0085' END AS text, null AS none, time('10:00Z')
      """)
    let output = MemoryOutput()
    var buffer = ByteBuffer()
    var renderer = TypedJSONRenderer()
    try renderer.write(result.rows, through: &buffer, to: output)
    try buffer.flush(to: output)
    var expected = ByteBuffer()
    var general = TypedJSONRenderer()
    for row in result.rows { general.append(row, to: &expected) }
    #expect(output.text == expected.text)
    #expect(result.rows.count == 5_004)
  }

  @Test func theEndsOfIntegers() throws {
    let result = try Database().session().run(
      """
      UNWIND [0, 9, 10, 99, 100, 101, 9999, 10000, 9223372036854775807, -9223372036854775808, -1]
      AS i RETURN i
      """)
    var buffer = ByteBuffer()
    var renderer = TypedJSONRenderer()
    try renderer.write(result.rows, through: &buffer, to: MemoryOutput())
    var expected = ByteBuffer()
    var general = TypedJSONRenderer()
    for row in result.rows { general.append(row, to: &expected) }
    #expect(buffer.text == expected.text)
  }
}
