import DossierSyntax
import Testing

@testable import Dossier

@Suite("Sets of ids")
struct IDBitmapTests {
  @Test func holdWhatWasInsertedAndNotRemoved() throws {
    let count = 1_000
    let set = try IDBitmap(count: count, Arena())
    var expected: Set<UInt32> = []
    #expect(set.count == count)
    for step in 0..<3_000 {
      let id = UInt32(step &* 7_919 % count)
      if step % 3 == 2 {
        set.remove(id)
        expected.remove(id)
      } else {
        set.insert(id)
        expected.insert(id)
      }
    }
    let found = (0..<UInt32(count)).filter(set.contains)
    #expect(found == expected.sorted())
  }

  @Test func bordersOfWordsAreApart() throws {
    let set = try IDBitmap(count: 129, Arena())
    for id in [UInt32(0), 63, 64, 127, 128] {
      set.insert(id)
      #expect(set.contains(id) && !set.contains(id == 0 ? 1 : id - 1))
      set.remove(id)
      #expect(!set.contains(id))
    }
  }

  @Test func memoryIsCharged() throws {
    #expect(throws: QueryError.self) {
      _ = try IDBitmap(count: 1 << 20, Arena(limitBytes: 1 << 10))
    }
    _ = try IDBitmap(count: 0, Arena())
  }
}
