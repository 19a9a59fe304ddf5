import Synchronization

/// All ids from 0 on, as they would lie in a column: the scan of a page of nodes without gaps is a part
/// of them and need not be written.
///
/// They are made as far as somebody asks for them, and stay.
final class ConsecutiveIDs: Sendable {
  static let shared = ConsecutiveIDs()

  /// Addresses of the parts, 0 where there is none yet.
  private let parts = Mutex<[UInt]>([])
  private static let partShift = 13

  /// A column of the node ids `first ..< first + count` of one page.
  func nodes(first: UInt32, count: Int) -> Column {
    Column(
      borrowing: address(of: first), validity: nil, .node, count: count, owner: self, isRun: true)
  }

  /// Where an id stands; those of its page follow.
  private func address(of id: UInt32) -> UnsafeRawPointer {
    let part = Int(id) >> Self.partShift
    let address = parts.withLock { parts in
      while parts.count <= part { parts.append(0) }
      if parts[part] == 0 { parts[part] = Self.make(part) }
      return parts[part]
    }
    let base = UnsafeRawPointer(bitPattern: address).unsafelyUnwrapped
    return base + (Int(id) & (1 << Self.partShift - 1)) * 4
  }

  private static func make(_ part: Int) -> UInt {
    let ids = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 << partShift)
    let first = UInt32(truncatingIfNeeded: part << partShift)
    for i in 0..<1 << partShift { ids[i] = first &+ UInt32(truncatingIfNeeded: i) }
    return UInt(bitPattern: ids)
  }
}
