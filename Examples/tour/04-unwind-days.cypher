// UNWIND: one row per day, and how many designations of each list held on it.
// A missing bound is open; a list that does not exist yet holds nothing.
UNWIND [date('2020-12-31'), date('2021-06-02'), date('2021-06-03'), date('2024-06-30')] AS day
MATCH ()-[d:designated-by]->(), [d]-[:listed-on]->(l:List)
WHERE (l.from IS NULL OR l.from <= day)
  AND (d.from IS NULL OR d.from <= day) AND (d.to IS NULL OR day < d.to)
RETURN day, l.abbreviation AS list, count(d) AS inForce
ORDER BY day, list;
