// How many companies does each list name on three days?
UNWIND [date('2021-01-31'), date('2021-06-30'), date('2024-06-30')] AS day
MATCH (c:Company)-[d:designated-by]->(), [d]-[:listed-on]->(l:List) AS OF day
RETURN day, l.name AS list, count(DISTINCT c) AS companies
ORDER BY day, list;
