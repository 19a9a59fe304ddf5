// What did the press report although it never took effect?
// An edition withdrawn on the day of its publication, and prohibitions that only would have begun.
MATCH (c:Company)-[d:designated-by]->(), [d]-[r:prohibits {mode: 'hypothetical'}]->(y)
RETURN c.name + ' (' + d.kind + ')' AS what, type(r) AS relation, y.name AS object, r.from AS day,
       r.statement AS statement, r.source AS source
UNION
MATCH (x)-[r:withdrawn-by]->(y) WHERE r.from = x.published
RETURN x.name AS what, type(r) AS relation, y.name AS object, r.from AS day,
       r.statement AS statement, r.source AS source;
