// OPTIONAL MATCH: how did the listings of tranche 4 end, by an order, by the agency or by both?
MATCH (c:Company)-[d:designated-by {kind: 'CCMC', tranche: 4}]->()
OPTIONAL MATCH [d]-[:enjoined-by]->(injunction:Order)
OPTIONAL MATCH [d]-[v:vacated-by]->(:Order)
OPTIONAL MATCH [d]-[r:removed-by]->(:Agency)
RETURN c.name AS company, injunction.date AS enjoined, v.from AS vacated, r.from AS removed
ORDER BY company;
