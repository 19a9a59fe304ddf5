// What is only reported about Ren Zhengfei? Everything that no source states in another mode.
MATCH (p:Person {name: 'Ren Zhengfei'})-[r]-(x)
WITH p, x, type(r) AS relation, collect(r) AS statements
WHERE all(r IN statements WHERE r.mode = 'reported')
UNWIND statements AS r
RETURN x.name AS other, relation, r.statement AS statement, r.source AS source, r.from AS since,
       r.precision AS precision
ORDER BY statement;
