import DossierSyntax
import Glibc

/// How many steps nodes are away from the node where walks have to end, as far as few nodes are near
/// it: walks turn back early at nodes from which the rest of the way would be too short.
///
/// Distances are those of walks; a trail may need more steps. They are laid out for one target at a
/// time and never cleared: those of earlier targets lie below a base, which rises.
final class TargetDistances {
  private let backward: StepAdjacency
  private let marks: UnsafeMutablePointer<UInt32>
  private let size: Int
  private let maximum: Int
  private var base: UInt32 = 0
  private let queue = IDBuffer(capacity: 64)

  /// More nodes than that are not looked at for a target.
  private static let budget = 128
  /// Distances beyond are not looked for.
  private static let farthest = 8

  /// The distances of a target as bare memory, as long as `TargetDistances` is held.
  struct Reader {
    fileprivate let marks: UnsafeMutablePointer<UInt32>
    fileprivate let base: UInt32
    /// Nodes without a distance are farther away than that.
    fileprivate let horizon: Int

    /// Whether a walk from the node may come to the target in so many steps.
    @inline(__always)
    func mayReach(from node: UInt32, in steps: Int) -> Bool {
      if steps > horizon { return true }
      let mark = marks[Int(node)]
      return mark >= base && Int(mark &- base) <= steps
    }
  }

  /// `backward` leads from a node to those that are one step before it. Errors: `memoryLimit`.
  init(_ backward: StepAdjacency, maximum: Int, _ state: ExecutionState) throws(QueryError) {
    self.backward = backward
    self.maximum = maximum
    size = max(state.graph.nodeIDBound, 1)
    try state.arena.charge(size * MemoryLayout<UInt32>.stride)
    guard let memory = calloc(size, MemoryLayout<UInt32>.stride) else {
      throw QueryError(.memoryLimit, "no memory for distances of \(size) nodes")
    }
    marks = memory.assumingMemoryBound(to: UInt32.self)
  }

  deinit { free(marks) }

  /// Lays out the distances from a target, up to half of the longest walk.
  func reader(of target: UInt32) -> Reader {
    if base > .max - 2 * UInt32(Self.farthest + 1) {
      marks.update(repeating: 0, count: size)
      base = 0
    }
    base += UInt32(Self.farthest + 1)
    queue.removeAll()
    queue.append(target)
    marks[Int(target)] = base
    var level = 0..<1
    var distance = 0
    while distance < min((maximum + 1) / 2, Self.farthest) {
      distance += 1
      for place in level {
        backward.forEach(queue.base[place]) { node, _ in
          if marks[Int(node)] >= base { return }
          marks[Int(node)] = base + UInt32(distance)
          queue.append(node)
        }
        if queue.count > Self.budget {
          return Reader(marks: marks, base: base, horizon: distance - 1)
        }
      }
      level = level.upperBound..<queue.count
      if level.isEmpty { return Reader(marks: marks, base: base, horizon: .max) }
    }
    return Reader(marks: marks, base: base, horizon: distance)
  }
}
