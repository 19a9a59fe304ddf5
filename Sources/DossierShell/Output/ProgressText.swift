import Dossier
import DossierFormats

/// What a progress line says.
enum ProgressText {
  /// `reading: 45 % of 120 MiB, 1,234,567 nodes and relationships`.
  static func text(_ progress: LoadProgress) -> String {
    let elements = CountText.grouped(progress.elementCount) + " nodes and relationships"
    switch progress.phase {
    case .fetching: return "opening files"
    case .adding: return "adding \(elements) to the graph"
    case .reading:
      let total = progress.bytesTotal
      guard total > 0 else { return "reading: \(elements)" }
      let share = min(Double(progress.bytesRead) / Double(total), 1)
      return "reading: \(Int(share * 100)) % of \(size(total)), \(elements)"
    }
  }

  /// `running: 12,000 rows, 3 s`.
  static func text(rows: Int, seconds: Double) -> String {
    let rows = rows == 0 ? "" : CountText.text(rows, "row") + ", "
    let whole = Int(seconds)
    let time = whole < 120 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    return "running: \(rows)\(time)"
  }

  private static func size(_ bytes: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (size, unit) = (bytes, 0)
    while size >= 10_000, unit < units.count - 1 {
      size /= 1024
      unit += 1
    }
    return "\(CountText.grouped(size)) \(units[unit])"
  }
}
