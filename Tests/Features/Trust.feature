Feature: Trust: patterns see no claim that is weaker than a mode; declared sources

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 'a'}), (b {n: 'b'}), (c {n: 'c', mode: 'alleged'}), (doc {n: 'doc'}),
        (a)-[:T {n: 'plain'}]->(b),
        (a)-[:T {n: 'ruled', mode: 'ruled'}]->(b),
        (a)-[:T {n: 'asserted', mode: 'asserted'}]->(b),
        (a)-[:T {n: 'claimed', mode: 'claimed'}]->(b),
        (a)-[:T {n: 'alleged', mode: 'alleged'}]->(b),
        (a)-[r:T {n: 'reported', mode: 'hypothetical'}]->(b),
        [r]-[:`reported-by` {n: 'report', mode: 'reported'}]->(doc),
        (a)-[:T {n: 'negated', mode: 'negated'}]->(b),
        (a)-[:T {n: 'hypothetical', mode: 'hypothetical'}]->(b),
        (b)-[:S {n: 'to alleged'}]->(c),
        (b)-[:S {n: 'rumoured', mode: 'rumoured'}]->(b)
      """

  Scenario Outline: What each mode sees
    Given trust in what is <mode>
    When executing query:
      """
      MATCH ()-[r]->() WITH r.n AS r ORDER BY r
      WITH collect(r) AS seen
      MATCH (x) RETURN seen, count(x) AS nodes
      """
    Then the result should be, in any order:
      | seen | nodes |
      | <seen> | <nodes> |
    And no side effects

    Examples:
      | mode | nodes | seen |
      | ruled | 3 | ['ruled'] |
      | asserted | 3 | ['asserted', 'plain', 'ruled', 'rumoured'] |
      | claimed | 3 | ['asserted', 'claimed', 'plain', 'ruled', 'rumoured'] |
      | alleged | 4 | ['alleged', 'asserted', 'claimed', 'plain', 'ruled', 'rumoured', 'to alleged'] |
      | reported | 4 | ['alleged', 'asserted', 'claimed', 'plain', 'reported', 'ruled', 'rumoured', 'to alleged'] |
      | negated | 4 | ['alleged', 'asserted', 'claimed', 'negated', 'plain', 'reported', 'ruled', 'rumoured', 'to alleged'] |
      | hypothetical | 4 | ['alleged', 'asserted', 'claimed', 'hypothetical', 'negated', 'plain', 'reported', 'ruled', 'rumoured', 'to alleged'] |

  Scenario Outline: What is said about a claim falls with it
    Given trust in what is <mode>
    When executing query:
      """
      MATCH ()-[r]->() OPTIONAL MATCH [r]-[s]->(x)
      RETURN count(r) AS statements, count(s) AS about
      """
    Then the result should be, in any order:
      | statements | about |
      | <statements> | <about> |

    Examples:
      | mode | statements | about |
      | alleged | 7 | 0 |
      | reported | 8 | 1 |

  Scenario: Predicates, subqueries, comprehensions, chains and shortest paths see no more
    Given trust in what is claimed
    When executing query:
      """
      MATCH (b {n: 'b'})
      OPTIONAL MATCH p = shortestPath((b)-[*]->(c {n: 'c'}))
      WITH b, p, CASE WHEN (b)-->({n: 'c'}) THEN 1 ELSE 0 END AS predicate
      RETURN predicate, EXISTS { (b)-->({n: 'c'}) } AS found,
        EXISTS { MATCH (b)-[r]->(x) WHERE x.n = 'c' RETURN r } AS inQuery,
        COUNT { (b)--() } AS n, size([(b)<-[r:T]-() | r.n]) AS size, p,
        COUNT { (b)-[*1..3]->() } AS chains, [(b)-[:S]->(x) | x.n] AS names
      """
    Then the result should be, in any order:
      | predicate | found | inQuery | n | size | p | chains | names |
      | 0 | false | false | 5 | 4 | null | 1 | ['b'] |

  Scenario: What a statement was given is restricted, too
    Given trust in what is asserted
    When executing query:
      """
      MATCH (a {n: 'a'})-[r:T]->(b) WITH collect(r) AS rs
      UNWIND rs AS r MATCH (x)-[r]->(y) AS OF date()
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |

  Scenario: Why under trust
    Given trust in what is ruled
    When executing query:
      """
      WHY MATCH ({n: 'a'})-[r]->() RETURN count(r) AS n
      """
    Then the result should be, in order:
      | row | n | element | from | to | claim | sources |
      | 1 | 1 | ({n: 'a'}) | null | null | null | [] |
      | 1 | 1 | [:T {n: 'ruled', mode: 'ruled'}] | null | null | 'ruled' | [] |
      | 1 | 1 | ({n: 'b'}) | null | null | null | [] |

  Scenario Outline: Statements only read
    Given trust in what is hypothetical
    When executing query:
      """
      <statement>
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

    Examples:
      | statement |
      | CREATE (n) |
      | MERGE (n {n: 'a'}) RETURN n |
      | MATCH (n) SET n.x = 1 |
      | MATCH (n) DETACH DELETE n |
      | CALL dossier.validTime('a', 'b') |

  Scenario: Declared sources
    Given having executed:
      """
      CALL dossier.sources(['stated-in', 'per'], 'status')
      """
    And having executed:
      """
      MATCH ()-[r:T {n: 'plain'}]->(), (d {n: 'doc'}), (c {n: 'c'})
      CREATE [r]-[:per {status: 'alleged'}]->(c), [r]-[:`stated-in` {status: 'reported'}]->(d),
        [r]-[:`reported-by` {status: 'ruled'}]->(c)
      """
    When executing query:
      """
      MATCH ()-[r:T]->() WHERE r.n IN ['plain', 'ruled', 'reported']
      RETURN r.n AS r, [s IN sources(r) | s.n] AS sources, claim(r) AS claim
      """
    Then the result should be, in any order:
      | r | sources | claim |
      | 'plain' | ['c', 'doc'] | 'alleged' |
      | 'ruled' | [] | null |
      | 'reported' | [] | null |

  Scenario: Declared sources count for conflicts, timelines, trust and why
    Given having executed:
      """
      CALL dossier.sources('per')
      """
    And having executed:
      """
      CREATE (x {n: 'x'}), (p {n: 'p'}), (q {n: 'q'}),
        (x)-[f:R {n: 'f', from: '2020'}]->(p), (x)-[g:R {n: 'g', from: '2020'}]->(q),
        [f]-[:per {mode: 'reported'}]->(p), [g]-[:per {mode: 'ruled'}]->(q)
      """
    And trust in what is asserted
    When executing query:
      """
      CALL dossier.conflicts() YIELD first, second
      MATCH (x {n: 'x'})-[r:R]->()
      CALL dossier.timeline(r) YIELD date, source
      RETURN first.n AS first, second.n AS second, r.n AS r, date, source.n AS source
      """
    Then the result should be, in any order:
      | first | second | r | date | source |
      | 'f' | 'g' | 'g' | '2020-01-01' | 'q' |

  Scenario: What is declared, and leaving it as it is
    When executing query:
      """
      CALL dossier.sources()
      """
    Then the result should be, in any order:
      | types | mode |
      | ['reported-by'] | 'mode' |

  Scenario Outline: What cannot be declared
    When executing query:
      """
      CALL dossier.sources(<types>)
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue

    Examples:
      | types |
      | [] |
      | '' |
      | 1 |
      | ['a', null] |
