// parameters: company=Huawei day=2020-12-31
// The designations of one company on one day; both are parameters.
MATCH (:Company {name: $company})-[d:designated-by]->(a:Agency)
WHERE (d.from IS NULL OR d.from <= date($day)) AND (d.to IS NULL OR date($day) < d.to)
RETURN d.kind AS kind, a.name AS agency, d.from AS since, d.to AS until
ORDER BY kind;
