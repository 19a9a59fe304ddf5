// Which designations did a court vacate, and for how long had they held?
MATCH (c:Company)-[d:designated-by]->(), [d]-[v:vacated-by]->(:Order)-[:issued-by]->(k:Court)
RETURN DISTINCT c.name AS company, k.name AS court, valid(d).from AS since, valid(v).from AS vacated,
       duration.of(d) AS held;
