// Who led or served a company at the same time as somebody else, and since when together?
MATCH (a:Person)<-[x:led-by]-(c:Company)-[y:led-by]->(b:Person)
WHERE a.name < b.name AND overlaps(valid(x), valid(y))
RETURN DISTINCT c.name AS company, a.name AS one, b.name AS other,
       intersection(valid(x), valid(y)).from AS since
ORDER BY company, one, other, since;
