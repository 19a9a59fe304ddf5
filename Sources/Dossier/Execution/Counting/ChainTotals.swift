import DossierSyntax

/// For each node the sum over all chains from it that have a relationship at least, as far as no circle
/// can be reached; in numbers as narrow as they can be.
///
/// The widths are cases and not subclasses, so that the loops of each are compiled for its numbers.
enum ChainTotals {
  case bytes(ChainSums<UInt8>)
  case words(ChainSums<UInt32>)
  case wide(ChainSums<UInt64>)

  /// Some nodes can reach a circle, or have a sum that is too large: chains from them are walked.
  var hasCircles: Bool {
    switch self {
    case .bytes(let sums): sums.hasCircles
    case .words(let sums): sums.hasCircles
    case .wide(let sums): sums.hasCircles
    }
  }

  /// Multiplies the numbers of a page. `walk` gives the sum at a node that can reach a circle.
  func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ walk: (UInt32) throws(QueryError) -> Int64
  ) throws(QueryError) {
    switch self {
    case .bytes(let sums): try sums.multiply(page, numbers, walk)
    case .words(let sums): try sums.multiply(page, numbers, walk)
    case .wide(let sums): try sums.multiply(page, numbers, walk)
    }
  }

  /// The sums over a graph's chains along lists, whose ends count as `weights` says. Sums are mostly
  /// small: where some are not, numbers of more bytes are tried.
  /// Errors: `memoryLimit`, `cancelled`, `timeLimit`.
  static func over(
    _ lists: AdjacencyLists, _ part: StepAdjacency.Part, _ satisfying: IDBitmap?,
    _ weights: ChainWeights, _ state: ExecutionState
  ) throws(QueryError) -> ChainTotals {
    let chains = ChainLists(lists: lists, part: part, satisfying: satisfying, weights: weights)
    if let made = try ChainSums<UInt8>(chains, state) { return .bytes(made) }
    if let made = try ChainSums<UInt32>(chains, state) { return .words(made) }
    if let made = try ChainSums<UInt64>(chains, state) { return .wide(made) }
    throw QueryError(.internalError, "sums of 64 bits do not fit")
  }
}

/// The relationships that chains go along, and what their ends count.
struct ChainLists {
  let lists: AdjacencyLists
  let part: StepAdjacency.Part
  /// The relationships that may be used; nil for all.
  let satisfying: IDBitmap?
  let weights: ChainWeights
}
