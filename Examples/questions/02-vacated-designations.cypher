// Which designations were vacated, by which order of which court?
MATCH (c:Company)-[d:designated-by]->(), [d]-[v:vacated-by]->(o:Order)-[:issued-by]->(k:Court)
RETURN c.name AS company, d.kind AS kind, v.from AS day, o.name AS vacatedBy, k.name AS court
ORDER BY day, company;
