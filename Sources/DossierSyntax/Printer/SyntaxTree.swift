/// Writes a syntax tree as an indented outline, one node on each line.
///
/// Meant for `--dump ast` and for comparing trees; the outline names cases and fields as the types
/// of the tree do. Slow: it looks at types at run time.
public enum SyntaxTree {
  /// What an outline leaves out.
  public enum Detail: Sendable {
    /// Every field.
    case full
    /// No ranges and no source texts of columns: two texts that mean the same have equal outlines.
    case structure
  }

  /// The outline of a statement, an expression or any other part of a tree. O(n).
  public static func outline(_ node: Any, detail: Detail = .structure) -> String {
    var output = ""
    write(node, label: nil, depth: 0, detail: detail, into: &output)
    return output
  }

  private static func write(
    _ node: Any, label: String?, depth: Int, detail: Detail, into output: inout String
  ) {
    let mirror = Mirror(reflecting: node)
    if mirror.displayStyle == .optional, let wrapped = mirror.children.first {
      write(wrapped.value, label: label, depth: depth, detail: detail, into: &output)
      return
    }
    output += String(repeating: "  ", count: depth)
    if let label { output += label + ": " }
    switch node {
    case let range as SourceRange: output += "\(range.start)..<\(range.end)\n"
    case let text as String: output += Spelling.string(text) + "\n"
    case let name as Name where detail == .structure: output += Spelling.string(name.text) + "\n"
    default: writeChildren(of: mirror, node, depth: depth, detail: detail, into: &output)
    }
  }

  private static func writeChildren(
    of mirror: Mirror, _ node: Any, depth: Int, detail: Detail, into output: inout String
  ) {
    switch mirror.displayStyle {
    case .enum?:
      guard let payload = mirror.children.first else {
        output += "\(node)\n"
        return
      }
      output += (payload.label ?? "") + "\n"
      let inner = Mirror(reflecting: payload.value)
      guard inner.displayStyle == .tuple else {
        write(payload.value, label: nil, depth: depth + 1, detail: detail, into: &output)
        return
      }
      writeFields(of: inner, depth: depth + 1, detail: detail, into: &output)
    case .struct? where !mirror.children.isEmpty:
      output += "\(type(of: node))\n"
      writeFields(of: mirror, depth: depth + 1, detail: detail, into: &output)
    case .collection?:
      output += "[\(mirror.children.count)]\n"
      writeFields(of: mirror, depth: depth + 1, detail: detail, into: &output)
    case .optional?: output += "nil\n"
    default: output += "\(node)\n"
    }
  }

  private static func writeFields(
    of mirror: Mirror, depth: Int, detail: Detail, into output: inout String
  ) {
    let isColumn = mirror.subjectType == ProjectionItem.self
    for child in mirror.children {
      if detail == .structure, child.value is SourceRange || (isColumn && child.label == "text") {
        continue
      }
      let label = child.label.flatMap { $0.hasPrefix(".") ? nil : $0 }
      write(child.value, label: label, depth: depth, detail: detail, into: &output)
    }
  }
}
