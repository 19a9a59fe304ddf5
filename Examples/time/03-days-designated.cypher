// Which designations did a court vacate, and for how many days had they held?
MATCH (d:Designation)-[v:vacated-by]->(o:Order)-[:issued-by]->(k:Court),
      (d)-[r:designates]->(c:Company)
RETURN DISTINCT c.name AS company, k.name AS court, valid(r).from AS since, valid(v).from AS vacated,
       duration.inDays(valid(r).from, valid(r).to).days AS days;
