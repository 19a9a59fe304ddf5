import Dossier
import DossierSyntax

/// The parameters of a shell, in the order in which they were first set.
struct ShellParameters {
  private(set) var entries: [(name: String, value: Value)] = []
  private(set) var dictionary: [String: Value] = [:]

  mutating func set(_ name: String, _ value: Value) {
    if let index = entries.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      entries[index].value = value
    } else {
      entries.append((name, value))
    }
    dictionary[name] = value
  }

  mutating func removeAll() {
    entries.removeAll()
    dictionary.removeAll()
  }
}

extension Shell {
  /// Sets a parameter to the value of an expression, which may call functions and use other parameters.
  func setParameter(_ name: String, expression: String) throws(QueryError) {
    let text = SourceText(expression)
    _ = try Parser.parseExpression(text)
    parameters.set(name, try value(ofExpression: expression))
  }

  /// Sets a parameter from `name=value` of the command line: a literal or a constructor of a date or
  /// time means its value, any other text is a string. False when there is no `=`.
  public func setParameter(assignment: String) -> Bool {
    let parts = assignment.utf8.split(
      separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return false }
    let name = String(Substring(parts[0]))
    let text = String(Substring(parts[1]))
    parameters.set(name, literalValue(text) ?? .string(text))
    return true
  }

  private func literalValue(_ text: String) -> Value? {
    do throws(QueryError) {
      guard LiteralExpression.isLiteral(try Parser.parseExpression(SourceText(text))) else {
        return nil
      }
      return try value(ofExpression: text)
    } catch {
      return nil
    }
  }

  /// Evaluates an expression that has been parsed on its own before.
  private func value(ofExpression text: String) throws(QueryError) -> Value {
    let result = try session.run("RETURN \(text)\n AS value", parameters: parameters.dictionary)
    return result.rows.first?.first ?? .null
  }
}

/// Tells literals from other expressions.
enum LiteralExpression {
  /// True for literals, lists and maps of them, signed numbers, and temporal constructors.
  static func isLiteral(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .null, .boolean, .integer, .float, .string: true
    case .list(let elements): elements.allSatisfy(isLiteral)
    case .map(let entries): entries.allSatisfy { isLiteral($0.value) }
    case .unary(.minus, let operand), .unary(.plus, let operand): isNumber(operand)
    case .function(let call): isConstructor(call.name.text) && call.arguments.allSatisfy(isLiteral)
    default: false
    }
  }

  private static func isNumber(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .integer, .float: true
    default: false
    }
  }

  private static func isConstructor(_ name: String) -> Bool {
    ["date", "time", "localtime", "datetime", "localdatetime", "duration"]
      .contains(name.lowercased())
  }
}
