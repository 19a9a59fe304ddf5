/// What was found out about dictionary strings, so that a string which comes again is not searched
/// again. Stops remembering when most strings come once.
final class KnownStrings {
  /// By id: 0 or 1 as the string does not match or matches, 2 for not looked at.
  private var answers: UnsafeMutablePointer<UInt8>
  private var capacity = 256
  private var rows = 0
  private var searches = 0
  private var remembers = true

  /// Rows after which it is clear whether remembering pays.
  private static let trial = 1_024

  init() {
    answers = .allocate(capacity: capacity)
    answers.initialize(repeating: 2, count: capacity)
  }

  deinit { answers.deallocate() }

  /// 1 if a string matches, else 0.
  @inline(__always)
  func test(_ string: UInt32, _ search: (UInt32) -> Bool) -> UInt8 {
    guard remembers else { return byte(search(string)) }
    let id = Int(string)
    if id >= capacity { grow(id) }
    if answers[id] == 2 {
      answers[id] = byte(search(string))
      searches &+= 1
    }
    rows &+= 1
    if rows >= Self.trial && searches &* 2 > rows { remembers = false }
    return answers[id]
  }

  private func grow(_ id: Int) {
    let larger = max(id + 1, 2 * capacity)
    let target = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    target.update(from: answers, count: capacity)
    (target + capacity).update(repeating: 2, count: larger - capacity)
    answers.deallocate()
    answers = target
    capacity = larger
  }
}
