/// A deterministic source of choices (SplitMix64): the same seed gives the same choices everywhere.
struct RandomSource {
  private var state: UInt64

  init(seed: UInt64) {
    state = (seed ^ 0x5851_F42D_4C95_7F2D) &* 0xD134_2543_DE82_EF95
    state ^= state >> 32
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  /// A number from 0 up to but not including `bound`, which is at least 1.
  mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(max(bound, 1)))
  }

  /// A number of a closed range.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in `percent` of 100 cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of at least one values.
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

  /// One of the values; nil when there are none.
  mutating func pickAny<T>(_ values: [T]) -> T? {
    values.isEmpty ? nil : values[below(values.count)]
  }
}
