// Paths of several hops: who stands above HiSilicon, through owners of owners?
MATCH path = (:Company {name: 'HiSilicon'})-[:subsidiary-of|owned-by*1..4]->(owner)
RETURN DISTINCT length(path) AS hops, [n IN nodes(path) | n.name] AS chain
ORDER BY hops, chain;
