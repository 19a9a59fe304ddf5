// graphs: xiaomi
// What are Huawei and its products said to be and do? All that is said, then what the sources assert themselves.
MATCH (x)-[r]->(y) WHERE x.name STARTS WITH 'Huawei'
RETURN x.name AS subject, type(r) AS relation, y.name AS object, claim(r) AS mode ORDER BY subject, relation, object;
:trust asserted
MATCH (x)-[r]->(y) WHERE x.name STARTS WITH 'Huawei'
RETURN x.name AS subject, type(r) AS relation, y.name AS object, claim(r) AS mode ORDER BY subject, relation, object;
// Who sent the memo is only reported, so that no path leads from it to Huawei's founder.
MATCH (m:Document)-[:sent-by]->(p:Person) RETURN m.name AS memo, p.name AS sender;
:trust reported
MATCH (m:Document)-[:sent-by]->(p:Person) RETURN m.name AS memo, p.name AS sender;
:trust off
