import DossierSyntax
import Glibc

/// `+` on strings and lists.
extension Arithmetic {
  /// The concatenation, or nil where the operands are neither lists nor strings.
  static func concatenate(
    _ a: Cell, _ b: Cell, _ context: FunctionContext
  ) throws(QueryError) -> Cell? {
    if a.tag == .list || b.tag == .list { return try concatenateLists(a, b, context) }
    if a.tag == .string, let text = try text(of: b, context) {
      return try concatenateStrings(a, text, context)
    }
    if b.tag == .string, let text = try text(of: a, context) {
      return try concatenateStrings(text, b, context)
    }
    return nil
  }

  /// What can be appended to a string: strings, numbers, booleans and temporal values.
  private static func text(of cell: Cell, _ context: FunctionContext) throws(QueryError) -> Cell? {
    switch cell.tag {
    case .string: cell
    case .null, .list, .map, .node, .relationship, .path: nil
    default: try Conversion.text(of: cell, context)
    }
  }

  private static func concatenateStrings(
    _ a: Cell, _ b: Cell, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    let (first, second) = (a.bytes, b.bytes)
    let count = first.count + second.count
    let target = try context.allocateString(count)
    if let base = first.baseAddress { target.update(from: base, count: first.count) }
    if let base = second.baseAddress {
      (target + first.count).update(from: base, count: second.count)
    }
    return Cell(stringAt: target, count: UInt32(count))
  }

  /// A list and a list are joined; anything else becomes one element.
  private static func concatenateLists(
    _ a: Cell, _ b: Cell, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    let leftCount = a.tag == .list ? Int(a.aux) : 1
    let rightCount = b.tag == .list ? Int(b.aux) : 1
    let target = try context.allocateCells(leftCount + rightCount)
    copy(a, to: target)
    copy(b, to: target + leftCount)
    return try context.arena.list(at: target, count: leftCount + rightCount)
  }

  private static func copy(_ cell: Cell, to target: UnsafeMutablePointer<Cell>) {
    guard cell.tag == .list else {
      target[0] = cell
      return
    }
    let elements = cell.cells
    if let base = elements.baseAddress { target.update(from: base, count: elements.count) }
  }
}

extension FunctionContext {
  /// Room for a string of `count` bytes. Errors: `memoryLimit`, also above 4 GiB.
  func allocateString(_ count: Int) throws(QueryError) -> UnsafeMutablePointer<UInt8> {
    guard count <= UInt32.max else {
      throw error(.memoryLimit, "a string may have at most 4294967295 bytes")
    }
    return try arena.allocate(bytes: count).assumingMemoryBound(to: UInt8.self)
  }

  /// Room for a list of `count` cells. Errors: `memoryLimit`, also above 2^32 − 1 elements.
  func allocateCells(_ count: Int) throws(QueryError) -> UnsafeMutablePointer<Cell> {
    guard count <= UInt32.max else {
      throw error(.memoryLimit, "a list may have at most 4294967295 elements")
    }
    return try arena.cells(count)
  }
}
