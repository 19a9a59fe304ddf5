// Which companies of tranche 4 of the CCMC list are on the NS-CMIC list of 3 June 2021?
MATCH (c:Company)-[:designated-by {kind: 'CCMC', tranche: 4}]->(),
      (c)-[n:designated-by {kind: 'NS-CMIC'}]->()
WHERE n.from = date('2021-06-03')
RETURN c.name AS company
ORDER BY company;

// And how many of the other tranches?
MATCH (c:Company)-[d:designated-by {kind: 'CCMC'}]->()
OPTIONAL MATCH (c)-[n:designated-by {kind: 'NS-CMIC'}]->()
WHERE n.from = date('2021-06-03')
RETURN d.tranche AS tranche, count(DISTINCT c) AS companies, count(DISTINCT n) AS takenOver
ORDER BY tranche;
