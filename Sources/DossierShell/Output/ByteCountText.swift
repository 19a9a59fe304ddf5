/// Sizes of memory in a unit that suits them.
enum ByteCountText {
  /// `0`, `640 B`, `12.4 KiB`, `3.0 MiB`.
  static func text(_ bytes: Int) -> String {
    if bytes == 0 { return "0" }
    if bytes < 1024 { return "\(bytes) B" }
    var size = Double(bytes) / 1024
    var unit = 0
    let units = ["KiB", "MiB", "GiB", "TiB"]
    while size >= 1024, unit < units.count - 1 {
      size /= 1024
      unit += 1
    }
    let tenths = Int((size * 10).rounded())
    return "\(CountText.grouped(tenths / 10)).\(tenths % 10) \(units[unit])"
  }
}
