/// Colours and type of a drawing, for light and dark surroundings.
enum DrawingStyle {
  /// Fills of boxes; white text on each of them is easy to read.
  static let palette = [
    "#2f6fab", "#b4530a", "#2e7d32", "#b3323f", "#7447a6", "#0f766e", "#8a5a2b", "#ad3a78",
    "#4a5568", "#7a6400", "#4f46a5", "#3f6b1e", "#04658a", "#9a3412", "#86198f", "#57534e",
    "#1e5b52", "#6b2136",
  ]
  /// The fill of nodes without labels.
  static let unlabelled = "#6b7280"

  static let fontSize = 13.0
  static let lineHeight = 16.0
  static let smallFontSize = 11.0
  static let smallLineHeight = 13.5

  /// The width of a text in bold letters of the usual size, for the widest of the usual fonts.
  static func width(_ text: String) -> Double { Double(DisplayWidth.columns(of: text)) * 8.1 }

  /// The width of a text in small letters.
  static func smallWidth(_ text: String) -> Double { Double(DisplayWidth.columns(of: text)) * 6.5 }

  /// Classes, so that one picture serves light and dark surroundings.
  static let sheet = """
    <style>
    text { font-family: "Helvetica Neue", Helvetica, Arial, "Noto Sans", "Noto Sans CJK SC", \
    "PingFang SC", "Microsoft YaHei", sans-serif; text-anchor: middle }
    .ground { fill: #ffffff } .caption { fill: #ffffff; font-size: 13px; font-weight: 600 }
    .line { fill: none; stroke: #98a1ae; stroke-width: 1.4 } .tip { fill: #98a1ae }
    .plate { fill: #ffffff; fill-opacity: 0.92 }
    .type { fill: #1f2733; font-size: 11px } .dates { fill: #5f6b7a; font-size: 11px }
    .legend { fill: #1f2733; font-size: 12px; text-anchor: start }
    .note { fill: #b3323f; font-size: 12px; text-anchor: start }
    .node:hover rect { stroke: #1f2733; stroke-width: 2 }
    @media (prefers-color-scheme: dark) {
    .ground { fill: #14171c } .plate { fill: #14171c } .type, .legend { fill: #e6e9ee }
    .line { stroke: #6f7a89 } .tip { fill: #6f7a89 } .dates { fill: #a5afbd }
    .node:hover rect { stroke: #ffffff } .note { fill: #ff8f98 }
    }
    </style>
    """
}
