import DossierSyntax

/// What the filters above a scan ask of its nodes, as far as zones of pages can answer: pages in which
/// no value passes are left out before there are any rows.
///
///     Filter n.day >= $since AND n.size > 5      tests: day >= $since, size > 5
///       NodeByLabelScan n                        pages by page: is there a day, is there a size?
///
/// A page left out is one whose rows no filter sees. That must not hide an error, so tests are taken
/// in the order in which filters run, up to the first one that may fail; operands that are the same for
/// all rows are computed beforehand, and if that fails nothing is left out.
final class ZoneFilter {
  /// A comparison of a property with something that is the same for all rows.
  struct Test {
    var op: ComparisonOperator
    var key: String
    var operand: ExpressionKernel
  }

  /// A test with what it needs of the graph; without pages, no node has the property.
  private struct ReadyTest {
    var op: ComparisonOperator
    var pages: PropertyReader?
    var operand: Cell
  }

  private let tests: [Test]
  /// Further operands of filters, which must not fail either.
  private let operands: [ExpressionKernel]
  private var ready: [ReadyTest]?

  init(_ tests: [Test], operands: [ExpressionKernel]) {
    self.tests = tests
    self.operands = operands
  }

  /// Whether no node of a page passes.
  func excludes(page: Int, _ state: ExecutionState) -> Bool {
    let tests = ready ?? prepared(state)
    for test in tests {
      guard let pages = test.pages else { return true }
      let kind = pages.kind(page: page)
      if kind == .absent { return true }
      guard let column = kind.zonedColumnKind, let zone = pages.zonedPage(page)?.zone else {
        continue
      }
      if zone.truth(test.op, TypedOperand(test.operand, of: column)) == false { return true }
    }
    return false
  }

  private func prepared(_ state: ExecutionState) -> [ReadyTest] {
    let row = Batch(count: 1, slotCount: state.slotCount)
    var made: [ReadyTest] = []
    do throws(QueryError) {
      for operand in operands { _ = try operand.evaluate(row, state) }
      for test in tests {
        let operand = try test.operand.evaluate(row, state).cell(0)
        let key = state.graph.catalog.propertyKey(test.key)
        made.append(
          ReadyTest(
            op: test.op, pages: key.flatMap { state.graph.nodeProperties($0) }, operand: operand))
      }
    } catch { made = [] }
    ready = made
    return made
  }

  /// Lets go of the graph.
  func rest() { ready = nil }
}

extension PropertyReader.Kind {
  /// The kind of columns over pages that have zones.
  fileprivate var zonedColumnKind: Column.Kind? {
    switch self {
    case .integer: .integer
    case .date: .date
    case .float: .float
    case .absent, .boolean, .string, .general: nil
    }
  }
}
