// The shortest link between two names whose relations all held on one same day, and when that was.
MATCH (a:Company {name: 'Xiaomi'}), (b:Company {name: 'Luokung Technology Corp.'})
MATCH CONTEMPORANEOUS p = shortestPath((a)-[*..6]-(b)) BETWEEN '2021' AND '2021'
RETURN [n IN nodes(p) | coalesce(n.name, n.id)] AS link, valid(p).from AS since, valid(p).to AS until;
