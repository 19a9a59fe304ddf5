// UNION: all parties of Xiaomi's case, whatever relation brings them into it.
MATCH (k:Case {docket: '1:21-cv-00280'})<-[r:plaintiff-in]-(p)
RETURN type(r) AS part, p.name AS name, labels(p) AS labels
UNION
MATCH (k:Case {docket: '1:21-cv-00280'})<-[r:defendant-in]-(p)
RETURN type(r) AS part, p.name AS name, labels(p) AS labels
UNION
MATCH (k:Case {docket: '1:21-cv-00280'})<-[:decides]-(:Order)-[r:decided-by]->(p)
RETURN type(r) AS part, p.name AS name, labels(p) AS labels;
