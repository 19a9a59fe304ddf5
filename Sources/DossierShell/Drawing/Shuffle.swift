/// Shuffles always in the same way.
struct Shuffle {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in elements.indices.dropFirst().reversed() {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      elements.swapAt(last, Int(state % UInt64(last + 1)))
    }
  }
}
