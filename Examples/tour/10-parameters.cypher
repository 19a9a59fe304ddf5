// Parameters: the designations of one company on one day. Needs two strings, $company and $day,
// for example 'Huawei' and '2020-12-31'.
MATCH (:Company {name: $company})<-[:designates]-(d:Designation)-[:designated-by]->(a:Agency)
WHERE (d.from IS NULL OR d.from <= date($day)) AND (d.to IS NULL OR date($day) < d.to)
RETURN d.kind AS kind, a.name AS agency, d.from AS since, d.to AS until
ORDER BY kind;
