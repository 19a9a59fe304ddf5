// What began and what ended on the lists in May and June 2021?
CALL dossier.changes('2021-05', '2021-06') YIELD date, change, element, kind
WITH date, change, element WHERE kind = 'listed-on'
MATCH (c:Company)-[d]->(), [d]-[element]->(l:List)
RETURN date, change, l.name AS list, count(DISTINCT c) AS companies
ORDER BY date, change DESC, list;
