// Statements that parser and grammar accept; what they mean is of no concern here.

MATCH (a)-[:designated-by|vacated-by*1..3]->(b:Trade-union {x: 1}) RETURN a;
MATCH (a:COVID-19)-[:F-16]->(b) RETURN b;
MATCH (a)-[r:A|:B|C*]-(b) SET a:Foo-bar REMOVE a:Foo-bar:Baz;
MATCH ((a)-->(b)) RETURN *, a AS `x y` ORDER BY a DESC, b ASCENDING SKIP 1 LIMIT $l;
MATCH p = shortestPath((a)-[*..5]->(b)) RETURN p;
RETURN shortestPath((a)-[*]-(b)) AS p, allShortestPaths((a)--(b));
MATCH (a)<—[r]–(b) RETURN r;
MATCH (c)-[d:designated-by]->(a), [d]-[:vacated-by]->(o)-[:issued-by]->(k), (s)-[:disputes]->[d], [d]-[e]->[f] RETURN c;
CREATE (c)-[d:R]->(a), [d]-[:reported-by {mode: 'asserted'}]->(s), (s)-[:disputes]->[d] MERGE [d]-[:R]->[d];
RETURN [d]-[:R]->(o), [d]-->[e], [d]--(o), [d]<-[x]-(o), (o)-->[d], [d] - [e], [d] - [e] - f, [[d]-[:R]->(o) | o.x], [p = [d]--[e] | p];
RETURN EXISTS { [d]-[:R]->(o) }, COUNT { (o)-[r]->(b), [r]--(c) }, [[d]], [d][0], [d] + [e];
RETURN [x IN xs WHERE x > 1 | x * 2] AS a, [x IN xs] AS b, [x IN xs, 2] AS c, [p = (a)-->(b) WHERE a.x | p] AS d, [(a)-->(b) | b.n];
RETURN all(x IN xs WHERE x), any(x IN xs WHERE x), none(x IN xs WHERE x), single(x IN xs WHERE x);
RETURN reduce(s = 0, x IN [1,2] | s + x) AS r, reduce(1);
RETURN n {.a, .*, b: 1, c}, count {.a}, COUNT { (a)-->(b) }, COUNT { MATCH (a) RETURN a }, exists(n.a), exists { (a)-->(b) WHERE a.x }, exists { MATCH (a), (b) };
RETURN CASE x WHEN 1 THEN 2 ELSE 3 END, CASE WHEN x THEN y END;
RETURN (a)-[x]-(b), (a)-[x+1]-(b), (a)--(b+1), (a) - -(b), (a)-(b), a<-b, a<-1, (a)<-(b);
RETURN 1 < 2 <= 3 <> 4, NOT NOT a = b, -(-5), - -5, -x.y, -5.x, -2 ^ 2, 2 ^ -3 ^ 4;
RETURN a.b.c(1).d[0][1..][..2][..] STARTS WITH 'x' AND b ENDS WITH "y" OR c CONTAINS 'z' XOR d =~ '.*';
RETURN a IS NULL IS NOT NULL = b IS NULL, a IN b IN c;
RETURN $a, $1, $`x y`.z, `back``tick`, 'it\'s', "\u00e9\U0001F600\uD83D\uDE00";
RETURN 0x1F, 0o17, 017, .5, 1e9, 1E-3, 1.5e+3, -9223372036854775808, -0x8000000000000000;
MERGE (a:A {x: 1}) ON CREATE SET a.x = 1, a += {y: 2} ON MATCH SET a = {} ON CREATE SET a:L;
CREATE (a $map)-[:R $p]->(b);
CALL db.labels;
CALL db.labels() YIELD *;
CALL db.labels() YIELD label AS l WHERE l = 'x' RETURN l;
EXPLAIN MATCH (n) RETURN n;
PROFILE MATCH (n) RETURN n;
MATCH (n) WHERE n:A:B AND (n)-->() AND NOT (n)<--(:X) RETURN n UNION ALL MATCH (m) RETURN m;
MATCH (count) RETURN count, any, single.x AS none;
RETURN n.match, {match: 1, `a b`: 2}.return, n:Match;
DETACH DELETE a, b.c DELETE d[0];
SET n.a.b = 1, (n).x = 2, n[0].y = 3;
RETURN 1 // comment
;
RETURN /* c */ 1;
UNWIND [1,2] AS x WITH DISTINCT x, x + 1 AS y ORDER BY x SKIP 1 LIMIT 2 WHERE y > 1 RETURN *;
MATCH (n)-[r {a: 1}]-(m) RETURN r;
RETURN "a" + 'b' /* x */;
RETURN 1.e3, 5 .x;
RETURN [1 IN [1]], [(x IN y)], [x IN y OR z], any(x IN y);
RETURN été, 变量, `x`;
LOAD CSV FROM 'people.csv' AS row RETURN row[0];
LOAD CSV WITH HEADERS FROM $folder + '/people.csv' AS row FIELDTERMINATOR '\t'
MERGE (p:Person {id: toInteger(row.id)}) SET p.name = row.name;
UNWIND $paths AS path LOAD CSV FROM path AS row RETURN linenumber(), file(), count(*);
LOAD CSV FROM 'a' AS a LOAD CSV FROM a[0] AS b FIELDTERMINATOR ";" RETURN *;
RETURN COUNT { LOAD CSV FROM 'a' AS row RETURN row }, EXISTS { load = (a)-->(b) };
MATCH (load:LOAD {csv: 1}) WITH load.csv AS csv, 1 AS from, 2 AS headers
RETURN csv, from, headers AS fieldterminator, [load IN [1] | load], from {.from};
RETURN count(*), count(DISTINCT x), count( * );
MATCH (a)〈——(b)—-〉(c) RETURN a;
MATCH (person:Person {name: $name})-[:appointed-by|nominated-by*1..2]->(office:Public-office)
WHERE office.level IN ['national', 'regional'] AND NOT (person)-[:resigned-from]->(office)
WITH person, collect(DISTINCT office.name)[..3] AS offices, count(*) AS total
  ORDER BY total DESC, person.name SKIP 10 LIMIT 5
WHERE total > 1
RETURN person {.name, .born, offices, total: total} AS card;
UNWIND $rows AS row
MERGE (c:Company {id: row.id})
  ON CREATE SET c += row, c.created = timestamp()
  ON MATCH SET c.seen = coalesce(c.seen, 0) + 1, c:Known
RETURN count(c) AS companies;
MATCH (c)-[r:designated-by]->(a) AS OF date('2021-03-01') RETURN r;
MATCH (h)-[d]->(a) MATCH (h)-[:owns*]->(s) AS OF valid(d).from + duration('P1D') WHERE s.x AND s.y RETURN a, s;
OPTIONAL MATCH (a) BETWEEN $from AND date() - duration('P1Y') WHERE a.x = 1 RETURN a;
FOR VALID_TIME AS OF date() MATCH (a) RETURN a;
FOR SYSTEM_TIME AS OF $commit MATCH (a) RETURN a;
PROFILE FOR SYSTEM_TIME AS OF datetime() - duration('P1D') FOR VALID_TIME AS OF date() MATCH (a) RETURN a;
FOR SYSTEM_TIME AS OF 1 + 2 CALL dossier.commits();
MATCH (system_time:System_time {SYSTEM_TIME: 1}) RETURN system_time;
EXPLAIN FOR VALID_TIME BETWEEN '2021' AND '2022-06' MATCH (a) RETURN a UNION MATCH (b) AS OF $t RETURN b AS a;
MATCH CONTEMPORANEOUS p = (a)-[*]-(b) AS OF (x = y) RETURN valid(p), contains(a, b), a CONTAINS contains(a, (b));
MATCH contemporaneous = (a), between = (b), valid_time = (c) RETURN contemporaneous, between, valid_time;
MATCH CONTEMPORANEOUS contemporaneous = shortestPath((a)-[*]-(b)) RETURN 1;
RETURN EXISTS { (a)-->(b) AS OF $t }, COUNT { MATCH (a)-->(b) AS OF $t WHERE a.x }, EXISTS { MATCH CONTEMPORANEOUS (a)-->(b) }, EXISTS { (a) BETWEEN a.x AND a.y WHERE a.z };
MATCH (a) RETURN [(a)-->(b) AS OF a.x WHERE b.y | b], [p = (a)-[:r]-() BETWEEN '2021' AND $t | p] AS ps;
WHY MATCH (a)-[r]->(b) RETURN a, r, b;
EXPLAIN WHY MATCH (a) RETURN count(a) AS n;
PROFILE WHY FOR SYSTEM_TIME AS OF 1 FOR VALID_TIME AS OF date() MATCH (a) RETURN a UNION MATCH (b) RETURN b AS a;
why CALL dossier.sources();
MATCH (why:Why)-[:WHY]->(b {why: 1}) WITH why.why AS x, b.why AS why RETURN why, x;
