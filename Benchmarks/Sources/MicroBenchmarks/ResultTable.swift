import Glibc

/// Measurements as lines of a Markdown table.
enum ResultTable {
  static let head = """
    | benchmark | least | median | per second | allocations | bytes | target |
    |---|---:|---:|---:|---:|---:|---|
    """

  static func line(_ measured: Measurement) -> String {
    let cells = [
      measured.name, duration(measured.least), duration(measured.median),
      rounded(1 / measured.median), rounded(measured.allocations), rounded(measured.bytes),
      target(measured),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private static func target(_ measured: Measurement) -> String {
    guard let target = measured.target else { return "" }
    let goal =
      switch target {
      case .rate(let rate): "≥ \(rounded(rate))/s"
      case .seconds(let seconds): "≤ \(duration(seconds))"
      }
    return goal + (target.isMet(by: measured.least) ? ": met" : ": **missed**")
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-6: "\(digits(seconds * 1e9)) ns"
    case ..<1e-3: "\(digits(seconds * 1e6)) µs"
    case ..<1: "\(digits(seconds * 1e3)) ms"
    default: "\(digits(seconds)) s"
    }
  }

  private static func rounded(_ number: Double) -> String {
    switch number {
    case 1e6...: "\(digits(number / 1e6)) M"
    case 1e4...: "\(digits(number / 1e3)) k"
    default: digits(number)
    }
  }

  /// Three significant digits.
  private static func digits(_ number: Double) -> String {
    guard number >= 0.005 else { return "0" }
    let places = max(0, min(2, 2 - Int(log10(number).rounded(.down))))
    let scale = pow(10, Double(places))
    let scaled = (number * scale).rounded()
    return places == 0 ? "\(Int(scaled))" : "\(scaled / scale)"
  }
}
