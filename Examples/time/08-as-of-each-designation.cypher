// The subsidiaries of Huawei as they were on the day of each of its designations.
MATCH (h:Company {name: 'Huawei'})-[x:designated-by]->(a:Agency)
WITH DISTINCT h, a, valid(x).from AS day WHERE day IS NOT NULL
MATCH (s:Company)-[:subsidiary-of*]->(h) AS OF day
RETURN day, a.name AS agency, collect(DISTINCT s.name) AS subsidiaries
ORDER BY day, agency;
