/// What `:help` tells of a clause.
struct ClauseReference {
  var name: String
  /// How it is written.
  var form: String
  /// One line.
  var summary: String
  var example: String

  /// The clause of a name, also of its first word; letter case does not matter.
  static func named(_ name: String) -> ClauseReference? {
    let name = name.uppercased()
    return all.first { $0.name == name } ?? all.first { $0.name.hasPrefix(name + " ") }
      ?? all.first { $0.name.hasSuffix(" " + name) }
  }

  /// All clauses, in the order in which statements have them.
  static let all: [ClauseReference] = [
    ClauseReference(
      name: "MATCH", form: "MATCH (a:Label {key: value})-[r:TYPE*1..3]->(b) WHERE condition",
      summary: "one row for each place where the graph has the pattern",
      example: "MATCH (c:Company)-[r]-(x) WHERE c.name = 'Xiaomi' RETURN r, x;"),
    ClauseReference(
      name: "OPTIONAL MATCH", form: "OPTIONAL MATCH pattern WHERE condition",
      summary: "as MATCH; rows without a match stay, with null",
      example: "MATCH (c:Company) OPTIONAL MATCH (c)-[:led-by]->(p) RETURN c.name, p.name;"),
    ClauseReference(
      name: "STATEMENTS", form: "MATCH (a)-[d:TYPE]->(b), [d]-[:TYPE]->(c)",
      summary: "what is said about the relationship d; also in CREATE and MERGE",
      example: "MATCH (a)-[d]->(b), [d]-[r:reported-by]->(s) RETURN a, d, b, r.mode, s;"),
    ClauseReference(
      name: "AS OF", form: "MATCH pattern AS OF instant, MATCH pattern BETWEEN first AND last",
      summary: "what was valid then, or at some time between",
      example: "MATCH (c:Company)-[r]->(x) AS OF date('2021-03-01') RETURN r, x;"),
    ClauseReference(
      name: "CONTEMPORANEOUS", form: "MATCH CONTEMPORANEOUS pattern",
      summary: "all parts valid at one and the same time",
      example: "MATCH CONTEMPORANEOUS (a)-[r]->(b)-[s]->(c) RETURN a, b, c;"),
    ClauseReference(
      name: "FOR VALID_TIME", form: "FOR VALID_TIME AS OF instant statement",
      summary: "AS OF for all patterns of a statement",
      example: "FOR VALID_TIME AS OF date('2021-03-01') MATCH (a)-[r]->(b) RETURN a, r, b;"),
    ClauseReference(
      name: "FOR SYSTEM_TIME", form: "FOR SYSTEM_TIME AS OF instant statement",
      summary: "reads the graph as it stood then, or at a commit by its number (:commits)",
      example: "FOR SYSTEM_TIME AS OF datetime() - duration('PT1H') MATCH (n) RETURN count(*);"),
    ClauseReference(
      name: "WHERE", form: "WHERE condition",
      summary: "keeps the rows for which the condition is true; stands behind MATCH and WITH",
      example: "MATCH (n) WHERE n.name STARTS WITH 'X' RETURN n;"),
    ClauseReference(
      name: "RETURN", form: "RETURN DISTINCT expression AS name ORDER BY name DESC SKIP 10 LIMIT 5",
      summary: "what the statement gives; aggregates group by the other columns",
      example: "MATCH (n) RETURN labels(n) AS labels, count(*) AS n ORDER BY n DESC;"),
    ClauseReference(
      name: "WITH", form: "WITH expression AS name WHERE condition",
      summary: "goes on with these columns",
      example: "MATCH (n)-[r]-() WITH n, count(r) AS degree WHERE degree > 5 RETURN n, degree;"),
    ClauseReference(
      name: "ORDER BY", form: "ORDER BY expression DESC, expression",
      summary: "sorts the rows of RETURN or WITH",
      example: "MATCH (n) RETURN n.name AS name ORDER BY name;"),
    ClauseReference(
      name: "SKIP", form: "SKIP number", summary: "leaves out the first rows",
      example: "MATCH (n) RETURN n ORDER BY n.name SKIP 10 LIMIT 10;"),
    ClauseReference(
      name: "LIMIT", form: "LIMIT number", summary: "keeps the first rows",
      example: "MATCH (n) RETURN n LIMIT 10;"),
    ClauseReference(
      name: "UNWIND", form: "UNWIND list AS element", summary: "one row for each element",
      example: "UNWIND [1, 2, 3] AS x RETURN x * x AS square;"),
    ClauseReference(
      name: "LOAD CSV", form: "LOAD CSV WITH HEADERS FROM 'people.csv' AS row FIELDTERMINATOR ';'",
      summary: "one row for each record: a map, without headers a list",
      example: "LOAD CSV WITH HEADERS FROM 'people.csv' AS row MERGE (:Person {id: row.id});"),
    ClauseReference(
      name: "CREATE", form: "CREATE pattern", summary: "adds nodes and relationships",
      example: "CREATE (:Person {name: 'Lei Jun'})-[:leads]->(:Company {name: 'Xiaomi'});"),
    ClauseReference(
      name: "MERGE", form: "MERGE pattern ON CREATE SET … ON MATCH SET …",
      summary: "finds the pattern, or adds it as a whole",
      example: "MERGE (c:Company {name: 'Xiaomi'}) ON CREATE SET c.added = date();"),
    ClauseReference(
      name: "SET", form: "SET a.key = value, a += {key: value}, a:Label",
      summary: "changes properties and adds labels",
      example: "MATCH (c:Company {name: 'Xiaomi'}) SET c.founded = 2010;"),
    ClauseReference(
      name: "REMOVE", form: "REMOVE a.key, a:Label", summary: "takes properties and labels away",
      example: "MATCH (c:Company) REMOVE c.founded;"),
    ClauseReference(
      name: "DELETE", form: "DELETE r", summary: "takes relationships and free nodes away",
      example: "MATCH ()-[r:draft]->() DELETE r;"),
    ClauseReference(
      name: "DETACH DELETE", form: "DETACH DELETE a",
      summary: "takes nodes away, with their relationships",
      example: "MATCH (n:Draft) DETACH DELETE n;"),
    ClauseReference(
      name: "CALL", form: "CALL procedure(argument) YIELD column",
      summary: "the rows that a procedure gives",
      example: "CALL db.labels() YIELD label RETURN label;"),
    ClauseReference(
      name: "UNION", form: "query UNION ALL query",
      summary: "the rows of both; without ALL, each once",
      example: "MATCH (a:A) RETURN a.name AS name UNION MATCH (b:B) RETURN b.name AS name;"),
    ClauseReference(
      name: "EXPLAIN", form: "EXPLAIN statement", summary: "how a statement would run",
      example: "EXPLAIN MATCH (n)-[r]->(m) RETURN count(*);"),
    ClauseReference(
      name: "WHY", form: "WHY statement",
      summary: "each row of the answer with the elements that it rests on, and their sources",
      example: "WHY MATCH (c:Company)<-[:designates]-(d) RETURN c.name, count(d) AS times;"),
    ClauseReference(
      name: "PROFILE", form: "PROFILE statement",
      summary: "runs a statement and tells rows, time and memory of each step",
      example: "PROFILE MATCH (n)-[r]->(m) RETURN count(*);"),
  ]
}
