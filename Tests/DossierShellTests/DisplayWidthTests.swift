import Testing

@testable import DossierShell

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("任正非", 6), ("ｗ", 2), ("e\u{301}", 1), ("é", 1), ("한글", 4),
    ("🙂", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("a\u{200B}b", 2), ("あ゙", 2), ("\u{1160}", 0),
    ("Ω≈ç", 3), ("𠀀", 2),
  ])
  func columns(_ text: String, _ width: Int) {
    #expect(DisplayWidth.columns(of: text) == width)
  }

  @Test func rangesAscend() {
    let ranges = DisplayWidth.wideRanges
    for index in ranges.indices {
      #expect(ranges[index].first <= ranges[index].last)
      if index > 0 { #expect(ranges[index - 1].last < ranges[index].first) }
    }
  }

  @Test func prefixesNeverExceedTheLimit() {
    let (text, columns) = DisplayWidth.prefix(of: "a任b", columns: 2)
    #expect(text == "a")
    #expect(columns == 1)
  }
}
