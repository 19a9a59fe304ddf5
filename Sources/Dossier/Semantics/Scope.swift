import DossierSyntax

/// A name as the engine compares names: by code points, never by canonical equivalence.
struct VariableName: Hashable, Comparable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (a: VariableName, b: VariableName) -> Bool {
    a.text.utf8.elementsEqual(b.text.utf8)
  }

  static func < (a: VariableName, b: VariableName) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xff as UInt8)
  }
}

/// A name that a statement may use, and the column that it stands for.
struct Variable: Sendable {
  var name: VariableName
  var slot: Slot
  var type: StaticType
}

/// The variables that are visible at one place of a statement, in the order of their declaration.
struct Scope: Sendable {
  private(set) var variables: [Variable] = []
  private var positions: [VariableName: Int] = [:]

  subscript(name: VariableName) -> Variable? {
    positions[name].map { variables[$0] }
  }

  /// Adds a variable; a variable of the same name is replaced.
  mutating func declare(_ variable: Variable) {
    if let position = positions[variable.name] {
      variables[position] = variable
    } else {
      positions[variable.name] = variables.count
      variables.append(variable)
    }
  }

  /// Adds all variables of another scope; equal names are replaced.
  mutating func declare(all other: Scope) {
    for variable in other.variables { declare(variable) }
  }

  var isEmpty: Bool { variables.isEmpty }
}

/// The slots of a statement: every one has a static type, and a name where a variable stands for it.
///
/// One table serves the binder and the planner of a statement, so slot numbers never repeat.
final class SlotTable {
  private(set) var names: [String?] = []
  private(set) var types: [StaticType] = []
  /// The property keys whose indexes plans of the statement ask.
  private(set) var seekKeys: [String] = []

  var count: Int { types.count }

  /// A new slot; `name` is shown by `EXPLAIN`.
  func add(_ type: StaticType, named name: String? = nil) -> Slot {
    names.append(name)
    types.append(type)
    return Slot(index: types.count - 1)
  }

  /// Notes that a plan asks the index of a property key.
  func noteSeek(_ key: String) {
    if !seekKeys.contains(where: { VariableName($0) == VariableName(key) }) { seekKeys.append(key) }
  }

  /// Names a slot that has no name yet.
  func name(_ slot: Slot, _ name: String) {
    if slot.index < names.count, names[slot.index] == nil { names[slot.index] = name }
  }

  func type(of slot: Slot) -> StaticType {
    slot.index < types.count ? types[slot.index] : .any
  }

  /// The named slots.
  var namedSlots: [Slot: String] {
    var result: [Slot: String] = [:]
    for (index, name) in names.enumerated() {
      if let name { result[Slot(index: index)] = name }
    }
    return result
  }
}
