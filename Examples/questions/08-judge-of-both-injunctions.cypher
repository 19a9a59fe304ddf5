// Which judge decided both Xiaomi's and Luokung's injunctions?
MATCH (x:Company {name: 'Xiaomi'})<-[:won-by]-(p:Order {kind: 'preliminary injunction'})
      -[:decided-by]->(judge:Person)<-[:decided-by]-(q:Order {kind: 'preliminary injunction'})
      -[:won-by]->(l:Company)
WHERE l.name STARTS WITH 'Luokung'
RETURN judge.name AS judge, p.date AS forXiaomi, q.date AS forLuokung;
