Feature: OPTIONAL MATCH

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (ann:Person {name: 'Ann'}), (bob:Person {name: 'Bob'}), (cem:Person {name: 'Cem'}),
        (acme:Company {name: 'Acme'}), (bolt:Company {name: 'Bolt', listed: true}),
        (ann)-[:OWNS {share: 60}]->(acme), (ann)-[:OWNS {share: 10}]->(bolt),
        (bob)-[:OWNS {share: 90}]->(bolt)
      """

  Scenario: A chain behind a null is null
    When executing query:
      """
      MATCH (p:Person)
      OPTIONAL MATCH (p)-[:OWNS]->(c {listed: true})
      OPTIONAL MATCH (c)<-[o:OWNS]-(other)
      WHERE other <> p
      RETURN p.name AS p, c.name AS c, other.name AS other, o.share AS share
      """
    Then the result should be, in any order:
      | p     | c      | other | share |
      | 'Ann' | 'Bolt' | 'Bob' | 90    |
      | 'Bob' | 'Bolt' | 'Ann' | 10    |
      | 'Cem' | null   | null  | null  |

  Scenario: All or nothing of a pattern
    When executing query:
      """
      MATCH (p:Person)
      OPTIONAL MATCH (p)-[:OWNS]->(a {name: 'Acme'}), (p)-[:OWNS]->(b {name: 'Bolt'})
      RETURN p.name AS p, a.name AS a, b.name AS b
      """
    Then the result should be, in any order:
      | p     | a      | b      |
      | 'Ann' | 'Acme' | 'Bolt' |
      | 'Bob' | null   | null   |
      | 'Cem' | null   | null   |

  Scenario: WHERE belongs to the pattern, also when it asks for something before
    When executing query:
      """
      MATCH (p:Person)
      OPTIONAL MATCH (p)-[:OWNS]->(c) WHERE p.name = 'Bob'
      RETURN p.name AS p, c.name AS c
      """
    Then the result should be, in any order:
      | p     | c      |
      | 'Ann' | null   |
      | 'Bob' | 'Bolt' |
      | 'Cem' | null   |

  Scenario Outline: WHERE that never holds
    When executing query:
      """
      MATCH (p:Person {name: 'Ann'}) OPTIONAL MATCH (p)-[:OWNS]->(c) WHERE <condition> RETURN c
      """
    Then the result should be, in any order:
      | c    |
      | null |

    Examples:
      | condition          |
      | false              |
      | null               |
      | c.missing = 1      |
      | NOT c.missing = 1  |
      | c IS NULL          |
      | c.name IN [null]   |

  Scenario: WITH ... WHERE takes away what OPTIONAL MATCH kept
    When executing query:
      """
      MATCH (p:Person)
      OPTIONAL MATCH (p)-[:OWNS]->(c)
      WITH p, c WHERE c IS NULL
      RETURN p.name AS p
      """
    Then the result should be, in any order:
      | p     |
      | 'Cem' |

  Scenario: MATCH behind a null finds nothing
    When executing query:
      """
      MATCH (p:Person)
      OPTIONAL MATCH (p)-[:OWNS]->(c)
      MATCH (c)<-[:OWNS {share: 10}]-(o)
      RETURN p.name AS p, o.name AS o
      """
    Then the result should be, in any order:
      | p     | o     |
      | 'Ann' | 'Ann' |
      | 'Bob' | 'Ann' |

  Scenario: MATCH that does not use the null goes on
    When executing query:
      """
      OPTIONAL MATCH (x:Missing) MATCH (c:Company) RETURN x, c.name AS c
      """
    Then the result should be, in any order:
      | x    | c      |
      | null | 'Acme' |
      | null | 'Bolt' |

  Scenario: Everything about null is null
    When executing query:
      """
      OPTIONAL MATCH p = (a:Missing)-[r]->()
      RETURN a.x AS x, labels(a) AS ls, keys(r) AS ks, type(r) AS t, properties(a) AS ps, length(p) AS l,
        nodes(p) AS ns, relationships(p) AS rs, startNode(r) AS s, a:Missing AS m, a = a AS e, id(a) AS i
      """
    Then the result should be, in any order:
      | x    | ls   | ks   | t    | ps   | l    | ns   | rs   | s    | m    | e    | i    |
      | null | null | null | null | null | null | null | null | null | null | null | null |

  Scenario: Counts tell null from a row
    When executing query:
      """
      MATCH (p:Person)
      OPTIONAL MATCH (p)-[o:OWNS]->(c)
      RETURN p.name AS p, count(*) AS rows, count(c) AS companies, sum(o.share) AS share, collect(c.name) AS names
      """
    Then the result should be (ignoring element order for lists):
      | p     | rows | companies | share | names            |
      | 'Ann' | 2    | 2         | 70    | ['Acme', 'Bolt'] |
      | 'Bob' | 1    | 1         | 90    | ['Bolt']         |
      | 'Cem' | 1    | 0         | 0     | []               |

  Scenario: A label asked of a bound node
    When executing query:
      """
      MATCH (n) OPTIONAL MATCH (n:Company)<-[o]-() RETURN n.name AS n, count(o) AS owners
      """
    Then the result should be, in any order:
      | n      | owners |
      | 'Ann'  | 0      |
      | 'Bob'  | 0      |
      | 'Cem'  | 0      |
      | 'Acme' | 1      |
      | 'Bolt' | 2      |

  Scenario: Long paths that are missing
    When executing query:
      """
      MATCH (p:Person)
      OPTIONAL MATCH q = (p)-[o*2..3]-(other:Person)
      RETURN p.name AS p, size(o) AS o, length(q) AS l, other.name AS other
      """
    Then the result should be, in any order:
      | p     | o    | l    | other |
      | 'Ann' | 2    | 2    | 'Bob' |
      | 'Bob' | 2    | 2    | 'Ann' |
      | 'Cem' | null | null | null  |

  Scenario: Null under another name
    When executing query:
      """
      MATCH (p:Person {name: 'Cem'})
      OPTIONAL MATCH (p)-[:OWNS]->(c)
      WITH c AS d, [c] AS cs, {c: c} AS m
      OPTIONAL MATCH (d)--(e)
      RETURN d, cs, m, e
      """
    Then the result should be, in any order:
      | d    | cs     | m         | e    |
      | null | [null] | {c: null} | null |
