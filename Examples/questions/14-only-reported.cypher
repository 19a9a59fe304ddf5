// Which claims are only reported, and by whom? A memo's words are reported by the article that quotes it.
MATCH (s)-[r]->(o) WHERE claim(r) = 'reported'
RETURN s.name AS subject, type(r) AS relation, o.name AS object, r.attribution AS saidBy,
  coalesce(source(r).key, r.source) AS reportedBy
UNION ALL
MATCH (s)-[d]->(), [d]-[r]->(o) WHERE r.mode = 'reported' AND type(r) <> 'reported-by'
RETURN s.name AS subject, type(r) AS relation, o.name AS object, r.attribution AS saidBy,
  r.source AS reportedBy
UNION ALL
MATCH (s)-[fact]->(o), [fact]-[r:reported-by]->(said) WHERE claim(r) = 'reported'
RETURN s.name AS subject, type(fact) AS relation, o.name AS object, said.name AS saidBy,
  source(r).key AS reportedBy;
