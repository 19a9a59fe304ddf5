// WITH … ORDER BY … LIMIT: the five companies with the most designations, then their kinds.
MATCH (c:Company)-[d:designated-by]->()
WITH c, count(d) AS designations
ORDER BY designations DESC, c.name
LIMIT 5
MATCH (c)-[d:designated-by]->()
WITH c, designations, d.kind AS kind
ORDER BY kind
RETURN c.name AS company, designations, collect(kind) AS kinds
ORDER BY designations DESC, company;
