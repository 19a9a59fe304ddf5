import Dossier
import Foundation
import Testing
import TestSupport

/// `Grammar/Functions.md` is what the registry says; `dossier-dev bless` rewrites it.
@Suite struct FunctionPageTests {
  @Test func pageIsUpToDate() throws {
    let written = try String(contentsOfFile: Checkout.root + "/Grammar/Functions.md", encoding: .utf8)
    #expect(written == FunctionReference.page)
  }
}
