// MERGE, SET and DELETE. The script takes back what it writes: afterwards the graph is as before.
MERGE (a:Agency {id: 'example-agency'})
ON CREATE SET a.name = 'Example agency', a.seen = 1
ON MATCH SET a.seen = a.seen + 1
RETURN a.name AS agency, a.seen AS seen;

MERGE (a:Agency {id: 'example-agency'})
ON CREATE SET a.name = 'Example agency', a.seen = 1
ON MATCH SET a.seen = a.seen + 1
RETURN a.name AS agency, a.seen AS seen;

MATCH (a:Agency {id: 'example-agency'}), (x:Company {name: 'Xiaomi'})
CREATE (x)-[d:designated-by {kind: 'example', mode: 'hypothetical'}]->(a)
SET d.from = date('2030-01-01'), d += {to: date('2030-02-01')}
RETURN d.kind AS kind, duration.inDays(d.from, d.to).days AS days;

MATCH (n)
WHERE n.id STARTS WITH 'example-'
DETACH DELETE n;

MATCH (n)
WHERE n.id STARTS WITH 'example-'
RETURN count(n) AS remaining;
