import Glibc

/// Looks for one pattern in many texts that lie one behind the other in memory, as if they were one.
///
/// Sixteen places at a time are compared with two bytes of the pattern, those that are rarest in texts
/// of common languages; the pattern itself is compared only where both are there.
struct SpanSearch {
  private let pattern: UnsafePointer<UInt8>
  private let count: Int
  /// Two places in the pattern.
  private let near: Int
  private let far: Int

  /// nil for the empty pattern. The bytes must outlive the search.
  init?(_ pattern: UnsafeBufferPointer<UInt8>) {
    guard let base = pattern.baseAddress, pattern.count > 0 else { return nil }
    self.pattern = base
    count = pattern.count
    let places = pattern.indices.sorted {
      (Self.frequency(pattern[$0]), $0) < (Self.frequency(pattern[$1]), $1)
    }
    near = min(places[0], places[min(1, count - 1)])
    far = max(places[0], places[min(1, count - 1)])
  }

  /// Bytes from the rarest to the most frequent, roughly.
  private static func frequency(_ byte: UInt8) -> Int {
    let frequent: StaticString = "qjzxQXZJKVUYW0987654321&kvbypgwfmucdlhrsnioate "
    for place in 0..<frequent.utf8CodeUnitCount where frequent.utf8Start[place] == byte {
      return place
    }
    // Capitals and signs; the lead and the tail bytes of other scripts are frequent where they are.
    return byte < 0x80 ? 8 : 44
  }

  /// Sets the bit of each text that has the pattern. The texts begin at `starts[0 ..< texts]` bytes from
  /// `base`, each where the one before ends; `starts[texts]` is the end of the last one.
  func search(
    _ base: UnsafePointer<UInt8>, _ starts: UnsafePointer<UInt32>, texts: Int, firstBit: Int,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    let raw = UnsafeRawPointer(base)
    let end = Int(starts[texts])
    let (a, b) = (SIMD16<UInt8>(repeating: pattern[near]), SIMD16<UInt8>(repeating: pattern[far]))
    var text = 0
    var place = 0
    // The last places are looked at by themselves.
    while place &+ far &+ 16 <= end && place &+ count <= end {
      let heads = raw.loadUnaligned(fromByteOffset: place &+ near, as: SIMD16<UInt8>.self)
      let tails = raw.loadUnaligned(fromByteOffset: place &+ far, as: SIMD16<UInt8>.self)
      let hits = unsafeBitCast((heads .== a) .& (tails .== b), to: SIMD2<UInt64>.self)
      if hits[0] | hits[1] == 0 {
        place &+= 16
        continue
      }
      place = pass(place, hits, base, starts, end, firstBit, &text, bits)
    }
    while place &+ count <= end {
      place = matches(base, place, end)
        ? take(place, starts, firstBit, &text, bits) : place &+ 1
    }
  }

  /// Looks at the places of a block in which both bytes are there; the place to go on from.
  private func pass(
    _ place: Int, _ hits: SIMD2<UInt64>, _ base: UnsafePointer<UInt8>,
    _ starts: UnsafePointer<UInt32>, _ end: Int, _ firstBit: Int, _ text: inout Int,
    _ bits: UnsafeMutablePointer<UInt64>
  ) -> Int {
    let block = place
    var next = place
    for half in 0..<2 {
      var left = UInt64(littleEndian: hits[half])
      while left != 0 {
        let byte = left.trailingZeroBitCount >> 3
        left &= ~(0xff << UInt64(byte &* 8))
        let found = block &+ half &* 8 &+ byte
        // Places in a text that was taken before are past.
        if found >= next, matches(base, found, end) {
          next = take(found, starts, firstBit, &text, bits)
        }
      }
    }
    return max(next, block &+ 16)
  }

  @inline(__always)
  private func matches(_ base: UnsafePointer<UInt8>, _ place: Int, _ end: Int) -> Bool {
    place &+ count <= end && memcmp(base + place, pattern, count) == 0
  }

  /// Notes the pattern at a place unless it reaches into the next text; the place to go on from.
  @inline(__always)
  private func take(
    _ place: Int, _ starts: UnsafePointer<UInt32>, _ firstBit: Int, _ text: inout Int,
    _ bits: UnsafeMutablePointer<UInt64>
  ) -> Int {
    while Int(starts[text &+ 1]) <= place { text &+= 1 }
    let end = Int(starts[text &+ 1])
    if place &+ count > end { return place &+ 1 }
    let row = firstBit &+ text
    bits[row >> 6] |= 1 << UInt64(row & 63)
    return end
  }
}
