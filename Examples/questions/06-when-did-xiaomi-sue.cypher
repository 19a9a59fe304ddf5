// Which statements contradict each other on when Xiaomi sued?
// Two dates agree when the finer one, cut to the precision of the coarser one, is the coarser one.
MATCH (g:Agency)-[a:sued-by]->(c:Company {name: 'Xiaomi'})<-[b:sued-by]-(h:Agency)
WHERE a.precision IS NOT NULL AND date.truncate(a.precision, b.from, {}) <> a.from
RETURN a.statement AS one, g.name AS defendant, a.from AS sued, a.precision AS precision,
       a.source AS source, b.statement AS other, h.name AS otherDefendant, b.from AS otherSued,
       b.source AS otherSource
ORDER BY one, other;
