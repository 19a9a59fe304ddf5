import DossierSyntax

/// The operators of a plan with all that they need to run once more.
///
/// Between two runs it holds nothing of a graph: `PhysicalOperator.rest` lets go of that. An operator
/// may remember ids of names, so a plan serves graphs of one catalog only.
final class LoweredPlan {
  let root: PhysicalOperator
  /// The slots of the answer's columns, in their order.
  let resultSlots: [Slot]
  /// What the constants of its expressions point to.
  let constants: Arena
  /// The plan's own slots and the row numbers of its subplans.
  let slotCount: Int
  /// Several threads may run a part of it, with operators that serve one run only.
  let isParallel: Bool
  private let catalog: Catalog

  init(_ plan: LogicalPlan, _ lowering: PlanLowering) throws(QueryError) {
    constants = lowering.constants
    root = try lowering.lower(statement: plan.root)
    resultSlots = plan.resultSlots
    slotCount = lowering.state.slotCount
    isParallel = lowering.isParallel
    catalog = lowering.state.graph.catalog
  }

  /// Whether the operators can run for a state.
  func serves(_ state: ExecutionState) -> Bool { state.graph.catalog === catalog }
}
