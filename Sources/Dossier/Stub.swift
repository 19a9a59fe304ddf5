extension LogicalPlan { var explanation: PlanDescription { PlanDescription(lines: []) } }
