/// Collects the parts of a plan that only multiply rows, as patterns that hang off single nodes.
///
/// Steps are offered from the bottom of the plan upwards. A step is taken when all that it touches
/// hangs off one node of the rows that stay; else the builder gives up, and the plan stays as it is.
struct CountedPatternBuilder {
  /// A pattern and where its elements are in it.
  struct Component {
    var pattern = CountedPattern()
    var nodes: [Slot: Int] = [:]
    var edges: [Slot: Int] = [:]

    init(root: Slot) {
      nodes[root] = 0
      pattern.nodes = [CountTerm.Node(slots: [root])]
    }
  }

  let errorFreedom: ErrorFreedom
  /// Slots of the rows that stay.
  let kept: SlotSet
  /// By the slot of the node that they hang off.
  private(set) var components: [Slot: Component] = [:]
  /// The roots in the order in which they were found.
  private(set) var roots: [Slot] = []
  /// The node that a folded node or relationship hangs off.
  private var owner: [Slot: Slot] = [:]
  /// For variables of optional patterns the node they hang off and the branch they are in.
  private(set) var optionals: [Slot: (root: Slot, branch: Int)] = [:]

  init(errorFreedom: ErrorFreedom, kept: SlotSet) {
    self.errorFreedom = errorFreedom
    self.kept = kept
  }

  /// Replaces the pattern of a root.
  mutating func replace(_ root: Slot, by pattern: CountedPattern) {
    components[root]?.pattern = pattern
  }

  /// Whether some relationships are to be valid at a time.
  var isDated: Bool {
    components.values.contains { component in
      !component.pattern.windows.isEmpty || component.pattern.branchWindows.contains { $0 != nil }
    }
  }

  /// Whether each row has a match at least: nothing but optional patterns hang off it.
  var alwaysMatches: Bool {
    roots.allSatisfy { root in
      guard let pattern = components[root]?.pattern else { return false }
      return pattern.nodes.count == 1 && pattern.edges.isEmpty
        && pattern.branches.allSatisfy { if case .optional = $0.mode { true } else { false } }
    }
  }

  /// Whether a slot is a node or relationship that was folded and that every match has.
  func isFolded(_ slot: Slot) -> Bool { owner[slot] != nil }

  private func root(of slot: Slot) -> Slot? {
    kept.contains(slot) ? slot : owner[slot]
  }

  /// Begins the pattern of a node, if it has none.
  mutating func open(_ root: Slot) {
    guard components[root] == nil else { return }
    components[root] = Component(root: root)
    roots.append(root)
  }

  // MARK: Relationships

  /// Larger patterns are enumerated: their planning would take longer than their matches are worth.
  private static let largestPattern = 64

  /// Takes a step; false when that is not possible.
  mutating func add(_ step: ExpandStep) -> Bool {
    guard !step.relationshipIsBound, let root = root(of: step.from) else { return false }
    if step.toIsBound {
      guard self.root(of: step.to) == root else { return false }
    } else if kept.contains(step.to) {
      return false
    }
    open(root)
    guard var component = components[root], let near = component.nodes[step.from],
      component.pattern.edges.count < Self.largestPattern
    else { return false }
    var different: [Int] = []
    for slot in step.different {
      guard let edge = component.edges[slot] else { return false }
      different.append(edge)
    }
    if !step.toIsBound {
      component.nodes[step.to] = component.pattern.nodes.count
      component.pattern.nodes.append(CountTerm.Node(slots: [step.to], labels: step.toLabels))
      owner[step.to] = root
    }
    guard let far = component.nodes[step.to] else { return false }
    let edge = component.pattern.edges.count
    component.pattern.edges.append(
      CountTerm.Edge(near: near, far: far, types: step.types, direction: step.direction))
    component.edges[step.relationship] = edge
    owner[step.relationship] = root
    component.pattern.differentEdges += different.map { ($0, edge) }
    components[root] = component
    return true
  }

  /// Takes chains of relationships; false when that is not possible.
  mutating func add(_ step: ExpandStep, _ length: VariableLength) -> Bool {
    guard length.minimum == 1, length.maximum == nil, length.contemporaneous == nil,
      !length.distinctEnds, length.predicate == nil || length.predicateIsLasting,
      step.direction != .both, step.types.count == 1, step.different.isEmpty, !step.toIsBound,
      step.ends == .betweenNodes, add(step), let root = owner[step.to],
      var component = components[root]
    else { return false }
    component.pattern.edges[component.pattern.edges.count - 1].length = length
    // Nothing else may differ from a part of the chain.
    component.edges[step.relationship] = nil
    components[root] = component
    return true
  }

  // MARK: Predicates

  /// Takes a predicate on folded elements; false when that is not possible.
  mutating func add(_ predicate: BoundExpression) -> Bool {
    if case .and(let operands, _) = predicate,
      operands.contains(where: { if case .isValid = $0 { true } else { false } })
    {
      for operand in operands where !add(operand) { return false }
      return true
    }
    if case .isValid(.slot(let slot), .relationship, let window) = predicate {
      return add(window, of: slot)
    }
    let read = SlotSets.read(by: [predicate])
    let owners = Set(read.map { root(of: $0) })
    guard owners.count == 1, let found = owners.first, let root = found else { return false }
    open(root)
    guard var component = components[root] else { return false }
    if case .comparison(.notEqual, .slot(let a), .slot(let b)) = predicate, a != b {
      if let x = component.nodes[a], let y = component.nodes[b] {
        component.pattern.differentNodes.append((x, y))
      } else if let x = component.edges[a], let y = component.edges[b] {
        component.pattern.differentEdges.append((x, y))
      } else {
        return false
      }
    } else {
      guard read.count == 1, let slot = read.first, let node = component.nodes[slot], node > 0,
        Self.isPlain(predicate), errorFreedom.isSafePredicate(predicate)
      else { return false }
      component.pattern.nodes[node].predicates.append(predicate)
    }
    components[root] = component
    return true
  }

  /// Notes when a relationship is to be valid; false when it is not folded, or when the time depends on
  /// the row.
  private mutating func add(_ window: BoundExpression, of slot: Slot) -> Bool {
    guard SlotSets.read(by: [window]).isEmpty, let root = owner[slot],
      let edge = components[root]?.edges[slot], components[root]?.pattern.windows[edge] == nil
    else { return false }
    components[root]?.pattern.windows[edge] = window
    return true
  }

  /// Without subqueries, which need rows around them.
  private static func isPlain(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .constant, .parameter, .slot: true
    case .property(let e, _, _), .hasLabels(let e, _, _), .not(let e, _), .isNull(let e),
      .isNotNull(let e):
      isPlain(e)
    case .comparison(_, let a, let b), .in(let a, let b, _), .stringPredicate(_, let a, let b, _),
      .xor(let a, let b, _):
      isPlain(a) && isPlain(b)
    case .isTrusted(let element, _): isPlain(element)
    case .isValid(let element, _, let window):
      isPlain(element) && SlotSets.read(by: [window]).isEmpty
    case .and(let list, _), .or(let list, _), .list(let list): list.allSatisfy(isPlain)
    default: false
    }
  }

  // MARK: Subplans

  /// Takes `EXISTS` or `NOT EXISTS`; false when that is not possible.
  mutating func add(existing right: LogicalOperator, negated: Bool) -> Bool {
    if case .expand(.argument, let step) = right, step.toIsBound, !step.relationshipIsBound,
      step.different.isEmpty
    {
      return addEdge(step, negated: negated)
    }
    guard let branch = branch(right) else { return false }
    return attach(branch, negated ? .absent : .exists) != nil
  }

  private mutating func addEdge(_ step: ExpandStep, negated: Bool) -> Bool {
    guard let root = root(of: step.from), self.root(of: step.to) == root else { return false }
    open(root)
    guard var component = components[root], let near = component.nodes[step.from],
      let far = component.nodes[step.to]
    else { return false }
    let edge = CountTerm.Edge(
      near: near, far: far, types: step.types, direction: step.direction, onlyExists: true)
    if negated {
      component.pattern.absentEdges.append(edge)
    } else {
      component.pattern.edges.append(edge)
    }
    components[root] = component
    return true
  }

  /// Takes an optional match; false when that is not possible.
  mutating func add(optional right: LogicalOperator, nullable: [Slot]) -> Bool {
    guard let branch = branch(right), let place = attach(branch, .optional) else { return false }
    for slot in nullable { optionals[slot] = place }
    return true
  }

  /// The terms of a subplan that hangs off one slot of its argument rows.
  private func branch(_ right: LogicalOperator) -> Branch? {
    let steps = CountedSteps(peeling: right)
    guard case .argument = steps.base else { return nil }
    let around = kept.union(owner.keys)
    var inner = CountedPatternBuilder(errorFreedom: errorFreedom, kept: around)
    for step in steps.upwards where !inner.add(step) { return nil }
    guard inner.roots.count == 1, let root = inner.roots.first,
      let pattern = inner.components[root]?.pattern, !pattern.edges.isEmpty,
      let terms = pattern.terms()
    else { return nil }
    let window = pattern.window
    return window.isCommon ? Branch(at: root, terms: terms, window: window.common) : nil
  }

  /// What hangs off a slot, and when its relationships are to be valid.
  private struct Branch {
    var at: Slot
    var terms: [CountTerm]
    var window: BoundExpression?
  }

  private mutating func attach(
    _ branch: Branch, _ mode: CountTerm.Branch.Mode
  ) -> (root: Slot, branch: Int)? {
    guard let root = root(of: branch.at) else { return nil }
    open(root)
    guard let node = components[root]?.nodes[branch.at] else { return nil }
    let index = components[root]?.pattern.branches.count ?? 0
    components[root]?.pattern.branches.append(
      CountTerm.Branch(node: node, terms: branch.terms, mode: mode))
    components[root]?.pattern.branchWindows.append(branch.window)
    return (root, index)
  }

  // MARK: Any step

  mutating func add(_ step: CountedSteps.Step) -> Bool {
    switch step {
    case .expand(let step): add(step)
    case .chain(let step, let length): add(step, length)
    case .filter(let predicate): add(predicate)
    case .semiApply(let right, let negated): add(existing: right, negated: negated)
    case .optionalApply(let right, let nullable): add(optional: right, nullable: nullable)
    }
  }
}

/// The steps at the top of a plan that add to rows or drop them one by one.
struct CountedSteps {
  enum Step {
    case expand(ExpandStep)
    /// Chains of relationships.
    case chain(ExpandStep, VariableLength)
    case filter(BoundExpression)
    case semiApply(LogicalOperator, negated: Bool)
    case optionalApply(LogicalOperator, nullable: [Slot])

    /// The step runs a plan for each row.
    var isSubplan: Bool {
      switch self {
      case .expand, .chain, .filter: false
      case .semiApply, .optionalApply: true
      }
    }

    /// The slots that the step binds.
    var bound: [Slot] {
      switch self {
      case .expand(let step), .chain(let step, _): step.newSlots
      case .optionalApply(_, let nullable): nullable
      case .filter, .semiApply: []
      }
    }

    /// The slots that the step reads, without those that it binds.
    var read: SlotSet {
      switch self {
      case .expand(let step), .chain(let step, _):
        SlotSet([step.from] + (step.toIsBound ? [step.to] : []))
      case .filter(let predicate): SlotSets.read(by: [predicate])
      case .semiApply(let right, _): SlotSets.mentioned(in: right)
      case .optionalApply(let right, let nullable):
        SlotSets.mentioned(in: right).subtracting(SlotSet(nullable))
      }
    }

    func over(_ input: LogicalOperator) -> LogicalOperator {
      switch self {
      case .expand(let step): .expand(input, step)
      case .chain(let step, let length): .variableLengthExpand(input, step, length)
      case .filter(let predicate): .filter(input, predicate)
      case .semiApply(let right, let negated): .semiApply(input, right: right, negated: negated)
      case .optionalApply(let right, let nullable):
        .optionalApply(input, right: right, nullable: nullable)
      }
    }
  }

  /// What is below the steps.
  private(set) var base: LogicalOperator
  /// From the bottom to the top.
  private(set) var upwards: [Step] = []

  /// Chains are taken for steps where `withChains` says so.
  init(peeling plan: LogicalOperator, withChains: Bool = false) {
    base = plan
    while let (step, input) = Self.top(of: base) {
      if case .chain = step, !withChains { break }
      upwards.append(step)
      base = input
    }
    upwards.reverse()
  }

  private static func top(of plan: LogicalOperator) -> (Step, LogicalOperator)? {
    switch plan {
    case .expand(let input, let step) where !step.relationshipIsBound: (.expand(step), input)
    case .variableLengthExpand(let input, let step, let length) where !step.relationshipIsBound:
      (.chain(step, length), input)
    case .filter(let input, let predicate): (.filter(predicate), input)
    case .semiApply(let input, let right, let negated):
      (.semiApply(right, negated: negated), input)
    case .optionalApply(let input, let right, let nullable):
      (.optionalApply(right, nullable: nullable), input)
    default: nil
    }
  }
}
