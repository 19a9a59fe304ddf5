Feature: Provenance: sources, source, claim, dossier.timeline, dossier.conflicts

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (c:Company {n: 'c', mode: 'alleged'}), (a:Agency {n: 'a'}), (b:Agency {n: 'b'}),
        (v:Document {n: 'verge'}), (o:Document {n: 'order'}), (m:Document {n: 'memo'}),
        (c)-[d:`designated-by` {n: 'd', mode: 'hypothetical', from: date('2021-01-14'), to: date('2021-05-25')}]->(a),
        [d]-[r:`reported-by` {n: 'dv', mode: 'reported'}]->(v),
        [d]-[:`reported-by` {n: 'do', mode: 'ruled', from: date('2021-03-12')}]->(o),
        [d]-[:`reported-by` {n: 'dv2', mode: 'asserted'}]->(v),
        [r]-[:`reported-by` {n: 'rm', from: '2021-06'}]->(m),
        (c)-[:`led-by` {n: 'own', mode: 'claimed', source: 'memo'}]->(b),
        (c)-[:`led-by` {n: 'odd', mode: 'rumoured'}]->(b),
        (v)-[:`reported-by` {n: 'vd', mode: 'negated'}]->[d]
      """

  Scenario Outline: Sources of relationships, in the order in which they were given
    When executing query:
      """
      MATCH ()-[r {n: '<n>'}]->()
      RETURN [s IN sources(r) | s.n] AS sources, source(r).n AS source, claim(r) AS claim
      """
    Then the result should be, in any order:
      | sources   | source   | claim   |
      | <sources> | <source> | <claim> |
    And no side effects

    Examples:
      | n   | sources            | source  | claim     |
      | d   | ['verge', 'order'] | 'verge' | 'ruled'   |
      | own | []                 | null    | 'claimed' |
      | odd | []                 | null    | null      |

  Scenario: A statement about a statement has sources, too
    When executing query:
      """
      MATCH ()-[d]->(), [d]-[r {n: 'dv'}]->()
      RETURN [s IN sources(r) | s.n] AS sources, claim(r) AS claim
      """
    Then the result should be, in any order:
      | sources  | claim      |
      | ['memo'] | 'reported' |

  Scenario: A source may be a relationship, and a node may have sources
    When executing query:
      """
      MATCH (x) WHERE x.n IN ['c', 'verge', 'memo']
      RETURN x.n AS x, [s IN sources(x) | s.n] AS sources, claim(x) AS claim
      """
    Then the result should be, in any order:
      | x       | sources | claim     |
      | 'c'     | []      | 'alleged' |
      | 'verge' | ['d']   | 'negated' |
      | 'memo'  | []      | null      |

  Scenario: Null has no sources
    When executing query:
      """
      OPTIONAL MATCH (x:Nothing)
      RETURN sources(x) AS sources, source(x) AS source, source(x).n AS n, claim(x) AS claim
      """
    Then the result should be, in any order:
      | sources | source | n    | claim |
      | null    | null   | null | null  |

  Scenario: Claims restrict what is found
    When executing query:
      """
      MATCH ()-[r]->() WHERE claim(r) IN ['asserted', 'ruled'] RETURN r.n
      """
    Then the result should be, in any order:
      | r.n |
      | 'd' |

  Scenario: Sources that the statement itself made count
    When executing query:
      """
      MATCH (c:Company)-[r {n: 'odd'}]->(), (m {n: 'memo'})
      CREATE [r]-[:`reported-by` {mode: 'alleged'}]->(m)
      RETURN source(r).n AS source, claim(r) AS claim
      """
    Then the result should be, in any order:
      | source | claim     |
      | 'memo' | 'alleged' |
    And the side effects should be:
      | +relationships | 1 |
      | +properties    | 1 |

  Scenario: Sources of something that is no element
    When executing query:
      """
      UNWIND [1] AS x WITH CASE WHEN x = 1 THEN 1 ELSE null END AS x
      RETURN sources(x)
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType

  Scenario: The timeline of a node has its relationships and what is said about them
    When executing query:
      """
      MATCH (c:Company)
      CALL dossier.timeline(c) YIELD date, event, element, source
      RETURN date, event, element.n AS n, source.n AS source
      """
    Then the result should be, in order:
      | date         | event                 | n    | source  |
      | '2021-01-14' | 'designated-by began' | 'd'  | 'verge' |
      | '2021-03-12' | 'reported-by began'   | 'do' | null    |
      | '2021-05-25' | 'designated-by ended' | 'd'  | 'verge' |
      | '2021-06-01' | 'reported-by began'   | 'rm' | null    |

  Scenario: The timeline of a relationship, and of an element with bounds of its own
    Given having executed:
      """
      CREATE (:List:Edition {n: 'list', from: '2020', source: 'gazette'})
      """
    When executing query:
      """
      MATCH (l:List) WITH l, null AS nothing
      CALL dossier.timeline(l) YIELD date, event, source
      RETURN date, event, source
      UNION ALL
      MATCH ()-[d:`designated-by`]->()
      CALL dossier.timeline(d) YIELD date, event, source
      RETURN date, event, source.n AS source
      """
    Then the result should be, in any order:
      | date         | event                 | source    |
      | '2020-01-01' | 'List:Edition began'  | 'gazette' |
      | '2021-01-14' | 'designated-by began' | 'verge'   |
      | '2021-03-12' | 'reported-by began'   | null      |
      | '2021-05-25' | 'designated-by ended' | 'verge'   |
      | '2021-06-01' | 'reported-by began'   | null      |

  Scenario: The timeline of null is empty
    When executing query:
      """
      CALL dossier.timeline(null) YIELD date RETURN count(date) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |

  Scenario: The timeline of a number
    When executing query:
      """
      CALL dossier.timeline(1) YIELD date RETURN date
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

  Scenario Outline: What sources disagree on
    Given an empty graph
    And having executed:
      """
      CREATE (x {n: 'x'}), (y {n: 'y'}), (z {n: 'z'}),
        (x)-[a:`led-by` {n: 'a'}]->(y), (x)-[b:`led-by` {n: 'b'}]->(<object>)
      SET a += <first>, b += <second>
      """
    When executing query:
      """
      CALL dossier.conflicts() YIELD subject, relation, first, second, reason
      RETURN collect([subject.n, relation, first.n, second.n, reason]) AS conflicts
      """
    Then the result should be, in any order:
      | conflicts   |
      | <conflicts> |

    Examples:
      | object | first | second | conflicts |
      | z | {source: 'p'} | {source: 'q'} | [['x', 'led-by', 'a', 'b', 'different objects']] |
      | z | {source: 'p'} | {source: 'p'} | [] |
      | z | {source: 'p'} | {} | [] |
      | z | {source: 'p', to: date('2020-01-01')} | {source: 'q', from: date('2020-01-01')} | [] |
      | z | {source: 'p', to: date('2020-01-02')} | {source: 'q', from: date('2020-01-01')} | [['x', 'led-by', 'a', 'b', 'different objects']] |
      | y | {source: 'p'} | {source: 'q'} | [] |
      | y | {source: 'p', from: '2020'} | {source: 'q', from: '2021'} | [['x', 'led-by', 'a', 'b', 'different periods']] |
      | y | {source: 'p', from: '2020'} | {source: 'q', from: date('2020-01-01')} | [] |
      | y | {source: 'p', from: '2020'} | {source: 'p', from: '2021'} | [] |
      | y | {source: 'p', from: '2020'} | {source: 'q'} | [] |

  Scenario: Each stands beside the first that it contradicts, and a common source is none
    Given an empty graph
    And having executed:
      """
      CREATE (x), (p), (q), (k),
        (x)-[a:R {n: 'a'}]->({n: 1}), (x)-[b:R {n: 'b'}]->({n: 2}), (x)-[c:R {n: 'c'}]->({n: 3}),
        (x)-[d:S {n: 'd'}]->({n: 4}),
        [a]-[:`reported-by`]->(p), [b]-[:`reported-by`]->(p), [b]-[:`reported-by`]->(q),
        [c]-[:`reported-by`]->(q), [d]-[:`reported-by`]->(k)
      """
    When executing query:
      """
      CALL dossier.conflicts() YIELD first, second RETURN first.n AS first, second.n AS second
      """
    Then the result should be, in order:
      | first | second |
      | 'a'   | 'c'    |

  Scenario: A graph without sources has no conflicts
    Given an empty graph
    And having executed:
      """
      CREATE (x)-[:R {from: '2020'}]->(y), (x)-[:R {from: '2021'}]->(y)
      """
    When executing query:
      """
      CALL dossier.conflicts() YIELD first RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |
