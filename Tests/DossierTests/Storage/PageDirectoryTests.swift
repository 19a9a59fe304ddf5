import Testing

@testable import Dossier

/// Directories against a model: every version that is kept stays as it was.
struct PageDirectoryTests {
  @Test(arguments: 0..<8)
  func groupedVersionsStayAsTheyWere(seed: Int) {
    var random = RandomNumbers(seed: seed)
    var directory = PageDirectory<RelationshipPage>()
    var versions = [(directory, [Int: UInt32]())]
    var model: [Int: UInt32] = [:]
    for step in 0..<400 {
      let index = Self.index(step, directory.pageCount, &random)
      let type = UInt32(step + 1)
      // A page has as many relationships as it was written.
      let place = RelationshipPage.count(directory, index)
      let page = PageDirectory.writable(index, in: &directory)
      withUnsafePointer(to: type) { page.store(type, $0, $0, at: place, count: 1) }
      directory.refresh(index, page)
      model[index] = type
      if random.next(4) == 0 { versions.append((directory, model)) }
      if random.next(9) == 0 { versions.remove(at: random.next(versions.count)) }
      if versions.isEmpty { versions.append((directory, model)) }
      if random.next(25) == 0 { (directory, model) = versions[random.next(versions.count)] }
    }
    versions.append((directory, model))
    for (directory, model) in versions {
      for index in 0..<directory.pageCount + 2 {
        let count = RelationshipPage.count(directory, index)
        let address = directory.address(index)
        #expect(count == 0 ? model[index] == nil : model[index] != nil)
        if count > 0 {
          #expect(RelationshipPage.types(at: address)[count - 1] == model[index])
        }
        #expect(directory.page(index).map { $0.address == address } ?? (count == 0))
      }
    }
  }

  @Test(arguments: 0..<8)
  func flatVersionsStayAsTheyWere(seed: Int) {
    var random = RandomNumbers(seed: seed)
    var directory = PageDirectory<NodePage>()
    var model: [Int: Int] = [:]
    var versions: [(PageDirectory<NodePage>, [Int: Int])] = []
    for step in 0..<400 {
      let index = Self.index(step, directory.pageCount, &random)
      let page = PageDirectory.writable(index, in: &directory)
      let count = model[index] ?? 0
      _ = Bitmap.insert(page.existence, count)
      _ = Bitmap.insert(page.writableBitmap(label: UInt32(count % 5)), count)
      directory.refresh(index, page)
      model[index] = count + 1
      if random.next(4) == 0 { versions.append((directory, model)) }
      if versions.count > 20 { versions.remove(at: random.next(20)) }
    }
    versions.append((directory, model))
    for (directory, model) in versions {
      for index in 0..<directory.pageCount {
        let count = Bitmap.count(
          UnsafeMutablePointer(mutating: NodePage.existence(at: directory.address(index))))
        #expect(count == model[index] ?? 0)
      }
    }
  }

  /// Mostly the last page or one behind it, at times far behind it, else any.
  private static func index(_ step: Int, _ count: Int, _ random: inout RandomNumbers) -> Int {
    switch random.next(8) {
    case 0...2: max(count - 1, 0)
    case 3...4: count
    case 5 where step % 7 == 0: count + random.next(130)
    default: random.next(max(count, 1))
    }
  }
}

extension RelationshipPage {
  fileprivate static func count(_ pages: PageDirectory<RelationshipPage>, _ index: Int) -> Int {
    Bitmap.count(UnsafeMutablePointer(mutating: existence(at: pages.address(index))))
  }
}

/// Numbers that look random and are the same for a seed.
private struct RandomNumbers {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(truncatingIfNeeded: state >> 33) % bound
  }
}
