import Testing

@testable import Dossier

/// Strings by number.
struct StringDictionaryTests {
  @Test func everyStringIsHeldOnce() {
    let dictionary = StringDictionary()
    var ids: [UInt32] = []
    for i in 0..<20_000 { ids.append(dictionary.intern("string number \(i % 10_000)")) }
    #expect(dictionary.count == 10_000)
    #expect(ids == (0..<20_000).map { UInt32($0 % 10_000) })
    for i in stride(from: 0, to: 10_000, by: 37) {
      let cell = dictionary.cell(UInt32(i))
      #expect(cell.string == "string number \(i)" && cell.isInterned)
      #expect(dictionary.hash(UInt32(i)) == hashBytes(cell.bytes))
      #expect(dictionary.find("string number \(i)") == UInt32(i))
    }
    #expect(dictionary.find("another") == nil)
  }

  @Test func bytesNeverMove() {
    let dictionary = StringDictionary()
    let before = dictionary.cell(dictionary.intern("first")).raw
    for i in 0..<5_000 { _ = dictionary.intern("\(i)") }
    #expect(dictionary.cell(0).raw == before)
    #expect(dictionary.intern("first") == 0)
  }

  @Test func equalityIsOfCodePoints() {
    let dictionary = StringDictionary()
    #expect(dictionary.intern("Z\u{fc}rich") != dictionary.intern("Zu\u{308}rich"))
    #expect(dictionary.intern("") != dictionary.intern("\0"))
    #expect(dictionary.cell(dictionary.intern("")).bytes.count == 0)
  }

  @Test func hashesSeeEveryByte() {
    for count in 1..<70 {
      var bytes = [UInt8](repeating: 7, count: count)
      let hash = bytes.withUnsafeBufferPointer(hashBytes)
      for i in 0..<count {
        bytes[i] = 8
        #expect(bytes.withUnsafeBufferPointer(hashBytes) != hash)
        bytes[i] = 7
      }
    }
  }

  @Test func namesOfTheCatalogAreNumberedPerKind() {
    let catalog = Catalog()
    #expect(catalog.internLabel("A").rawValue == 0 && catalog.internLabel("B").rawValue == 1)
    #expect(catalog.internRelationshipType("B").rawValue == 0)
    #expect(catalog.label("B")?.rawValue == 1 && catalog.label("C") == nil)
    #expect(catalog.propertyKey("A") == nil && catalog.labelCount == 2)
    #expect(catalog.name(of: LabelID(rawValue: 1)) == "B")
    #expect(!catalog.nameCell(of: LabelID(rawValue: 1)).isInterned)
  }
}
