// Which companies were designated by two agencies at the same time?
MATCH (a:Agency)<-[x:designated-by]-(c:Company)-[y:designated-by]->(b:Agency)
WHERE a.name < b.name AND overlaps(valid(x), valid(y))
RETURN c.name AS company, a.name AS one, b.name AS other, min(intersection(valid(x), valid(y)).from) AS since
ORDER BY since, company, one, other LIMIT 10;
