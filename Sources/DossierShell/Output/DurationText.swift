import Glibc

/// A clock that only goes forward.
enum MonotonicClock {
  /// Nanoseconds since some moment.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  static func seconds(since start: Int64) -> Double {
    Double(now() - start) / 1e9
  }
}

/// Run times in a unit that suits them.
enum DurationText {
  /// `0.42 ms`, `12.3 ms`, `4.56 s`, `3 min 12 s`.
  static func text(_ seconds: Double) -> String {
    if seconds < 0.01 { return decimal(seconds * 1e3, places: 2) + " ms" }
    if seconds < 1 { return decimal(seconds * 1e3, places: 1) + " ms" }
    if seconds < 120 { return decimal(seconds, places: 2) + " s" }
    let whole = Int(seconds)
    return "\(whole / 60) min \(whole % 60) s"
  }

  private static func decimal(_ number: Double, places: Int) -> String {
    let factor = places == 2 ? 100 : 10
    let scaled = Int((number * Double(factor)).rounded())
    let fraction = String(scaled % factor)
    let padding = String(repeating: "0", count: places - fraction.utf8.count)
    return "\(scaled / factor).\(padding)\(fraction)"
  }
}
