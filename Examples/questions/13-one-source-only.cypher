// Which claims about Huawei rest on one source only?
MATCH (:Company {name: 'Huawei'})-[r]-(x)
WITH type(r) + coalesce(' ' + r.kind, '') AS relation, x.name AS about,
  CASE WHEN sources(r) = [] THEN [r.source] ELSE [s IN sources(r) | s.key] END
    + coalesce(r.corroboratedBy, []) AS keys
UNWIND keys AS key
WITH relation, about, collect(DISTINCT key) AS keys WHERE size(keys) = 1
RETURN relation, about, keys[0] AS source ORDER BY relation, about;
