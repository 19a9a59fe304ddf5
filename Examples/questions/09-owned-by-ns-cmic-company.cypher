// Is a company owned 100 % by an NS-CMIC company prohibited?
// Not by ownership alone: the rule on ownership does not apply to that list.
MATCH (rule:Rule)-[r:applies-to]->(l:List {abbreviation: 'NS-CMIC'})
RETURN rule.name AS rule, rule.threshold AS threshold, l.abbreviation AS list,
       NOT coalesce(r.negated, false) AS applies, r.statement AS statement, r.source AS source;

// Subsidiaries of NS-CMIC companies, and whether they are named on the list themselves.
MATCH (child)-[:subsidiary-of]->(:Company)-[:designated-by {kind: 'NS-CMIC'}]->()
OPTIONAL MATCH (child)-[own:designated-by {kind: 'NS-CMIC'}]->()
RETURN DISTINCT child.name AS subsidiary, own IS NOT NULL AS named
ORDER BY named DESC, subsidiary;
