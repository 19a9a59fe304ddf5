// What did the press report although it never took effect?
// An edition withdrawn on the day of its publication, and prohibitions that only would have begun.
MATCH (x)-[r:withdrawn-by|prohibits]->(y)
WHERE r.mode = 'hypothetical' OR (type(r) = 'withdrawn-by' AND r.from = x.published)
RETURN x.name AS what, type(r) AS relation, y.name AS object, r.from AS day,
       r.statement AS statement, r.source AS source
ORDER BY what, statement;
