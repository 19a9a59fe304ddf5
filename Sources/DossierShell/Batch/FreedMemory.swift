import Glibc

/// What the process does with memory that a statement has given back.
enum FreedMemory {
  private typealias SetOption = @convention(c) (_ option: Int32, _ value: Int32) -> Int32

  private typealias Trim = @convention(c) (_ rest: Int) -> Int32

  // The options of `mallopt`, as `malloc.h` numbers them.
  private static let trimThreshold: Int32 = -1
  private static let topPad: Int32 = -2
  private static let mappingThreshold: Int32 = -3

  /// Gives all of it back to the system.
  static func giveBack() {
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }

  /// Keeps it for the next statement: taking it from the system anew costs a page fault for each four
  /// kilobytes. For processes that run statements one after the other. Without effect where the
  /// system's allocator has no such options.
  static func keep() {
    guard let symbol = dlsym(nil, "mallopt") else { return }
    let set = unsafeBitCast(symbol, to: SetOption.self)
    _ = set(mappingThreshold, 16 << 20)
    _ = set(trimThreshold, 256 << 20)
    _ = set(topPad, 4 << 20)
  }
}
