// graphs: xiaomi
// By what was Xiaomi's designation ended, and which court issued that? Each row with what it rests on.
WHY MATCH (c:Company {name: 'Xiaomi'})-[d:designated-by]->(a), [d]-[:vacated-by]->(o:Order)-[:issued-by]->(k:Court)
RETURN c.name AS company, d.kind AS designation, k.name AS court;
// What does it rest on that Huawei's memo speaks of software?
WHY MATCH (c:Company {name: 'Huawei'})-[fact]->(x {name: 'software'}), [fact]-[:reported-by]->(source)
RETURN type(fact) AS relation, collect(source.name) AS saidBy;
