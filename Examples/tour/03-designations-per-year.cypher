// Aggregation: designations per list and year. The other returned values are the groups.
MATCH ()-[d:designated-by]->(), [d]-[:listed-on]->(l:List)
WHERE d.from IS NOT NULL
RETURN l.abbreviation AS list, d.from.year AS year, count(*) AS designations,
       count(d.to) AS ended
ORDER BY list, year;
