Feature: EXISTS, pattern predicates and pattern comprehensions

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (ann:P {n: 'Ann', age: 30}), (bob:P {n: 'Bob', age: 20}), (cem:P {n: 'Cem', age: 40}),
        (x:C {n: 'X'}), (y:C {n: 'Y'}),
        (ann)-[:OWNS {s: 1}]->(x), (ann)-[:OWNS {s: 2}]->(y), (bob)-[:OWNS {s: 3}]->(y),
        (x)-[:SUB]->(y)
      """

  Scenario Outline: Conditions on a person
    When executing query:
      """
      MATCH (p:P) WHERE <condition> WITH p.n AS n ORDER BY n RETURN collect(n) AS ns
      """
    Then the result should be, in any order:
      | ns   |
      | <ns> |

    Examples:
      | condition | ns |
      | (p)-->() | ['Ann', 'Bob'] |
      | NOT (p)-->() | ['Cem'] |
      | NOT NOT (p)--() | ['Ann', 'Bob'] |
      | (p)<--() | [] |
      | (p)-[:OWNS]->(:C {n: 'X'}) | ['Ann'] |
      | (p)-[:OWNS]->({n: 'X'}) OR p.age > 35 | ['Ann', 'Cem'] |
      | (p)-[:OWNS]->() AND p.age < 25 | ['Bob'] |
      | (p)-[:OWNS]->() XOR p.age > 25 | ['Bob', 'Cem'] |
      | (p)-[:OWNS]->()-[:SUB]->() | ['Ann'] |
      | (p)-[:OWNS*2]->() | [] |
      | (p)-[*2]->(:C {n: 'Y'}) | ['Ann'] |
      | (p)-[:OWNS]->()<-[:OWNS]-() | ['Ann', 'Bob'] |
      | (p)-[:SUB\|OWNS*3]-() | ['Ann', 'Bob'] |
      | exists((p)-[:OWNS]->({n: 'Y'})) | ['Ann', 'Bob'] |
      | exists((p)-->()) = false | ['Cem'] |
      | exists(p.age) AND NOT exists(p.missing) | ['Ann', 'Bob', 'Cem'] |
      | EXISTS { (p)-->() } | ['Ann', 'Bob'] |
      | EXISTS { MATCH (p)-->() } | ['Ann', 'Bob'] |
      | NOT EXISTS { (p)-->(:C {n: 'X'}) } | ['Bob', 'Cem'] |
      | EXISTS { (p)-[o]->(c) WHERE o.s > 1 AND c.n = 'Y' } | ['Ann', 'Bob'] |
      | EXISTS { (p)-->(c)<--(q) WHERE q.age > p.age } | ['Bob'] |
      | EXISTS { MATCH (q:P) WHERE q.age = p.age + 10 } | ['Ann', 'Bob'] |
      | EXISTS { MATCH (p)-->(c) MATCH (c)-[:SUB]->() } | ['Ann'] |
      | EXISTS { MATCH (p)-->(c) RETURN c } | ['Ann', 'Bob'] |
      | EXISTS { MATCH (p)-->(c) WITH p, count(c) AS k WHERE k = 2 RETURN k } | ['Ann'] |
      | EXISTS { MATCH (p)-->(c) WITH c ORDER BY c.n LIMIT 1 WHERE c.n = 'Y' RETURN 1 } | ['Bob'] |
      | EXISTS { UNWIND [20, 40] AS a WITH a WHERE a = p.age RETURN a } | ['Bob', 'Cem'] |
      | EXISTS { (p)-->(c) WHERE EXISTS { (c)<--(q) WHERE q <> p } } | ['Ann', 'Bob'] |
      | EXISTS { (p)-->(c) WHERE NOT EXISTS { (c)-->() } AND NOT (c)<--(:P {n: 'Bob'}) } | [] |
      | EXISTS { MATCH (p)-->(c) WHERE EXISTS { MATCH (c)<--(q) WHERE EXISTS { (q)-->(d) WHERE d <> c } } } | ['Ann', 'Bob'] |
      | EXISTS { MATCH (p)-->(c) WHERE c.n = 'X' RETURN c UNION MATCH (c:C) WHERE p.age = 40 RETURN c } | ['Ann', 'Cem'] |
      | size([(p)-->(c) \| c]) > 1 | ['Ann'] |
      | 'Y' IN [(p)-->(c) \| c.n] | ['Ann', 'Bob'] |
      | all(c IN [(p)-->(c) \| c.n] WHERE c = 'Y') | ['Bob', 'Cem'] |
      | any(i IN [1] WHERE (p)-->()) | ['Ann', 'Bob'] |
      | CASE WHEN (p)-->() THEN p.age > 25 ELSE true END | ['Ann', 'Cem'] |

  Scenario: Values
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS p, exists((p)-->()) AS e, EXISTS { (p)-->({n: 'X'}) } AS x,
        [(p)-[o:OWNS]->(c) WHERE o.s > 1 | c.n + o.s] AS l, [q = (p)-->() | length(q)] AS ls
      """
    Then the result should be, in any order:
      | p     | e     | x     | l      | ls     |
      | 'Ann' | true  | true  | ['Y2'] | [1, 1] |
      | 'Bob' | true  | false | ['Y3'] | [1]    |
      | 'Cem' | false | false | []     | []     |

  Scenario: Comprehensions inside each other, and inside lists and maps
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS p,
        [(p)-->(c) | {c: c.n, others: [(c)<-[:OWNS]-(o) WHERE o <> p | o.n]}] AS cs,
        [i IN [1, 2] | size([(p)-->() | 1]) * i] AS sizes
      """
    Then the result should be (ignoring element order for lists):
      | p     | cs                                                        | sizes  |
      | 'Ann' | [{c: 'X', others: []}, {c: 'Y', others: ['Bob']}]         | [2, 4] |
      | 'Bob' | [{c: 'Y', others: ['Ann']}]                               | [1, 2] |
      | 'Cem' | []                                                        | [0, 0] |

  Scenario: Comprehensions without an outer variable
    When executing query:
      """
      RETURN size([()-[:OWNS]->() | 1]) AS owns, [(:C)-[:SUB]->(c) | c.n] AS subs,
        [(a:P {n: 'Ann'})-[*2..]->(c) | c.n] AS far
      """
    Then the result should be, in any order:
      | owns | subs  | far   |
      | 3    | ['Y'] | ['Y'] |

  Scenario: Comprehensions and aggregates
    When executing query:
      """
      MATCH (p:P)
      RETURN sum(size([(p)-->() | 1])) AS ways, collect([(p)-->(c {n: 'X'}) | c.n]) AS lists
      """
    Then the result should be (ignoring element order for lists):
      | ways | lists            |
      | 3    | [['X'], [], []]  |

  Scenario: In updates
    When executing query:
      """
      MATCH (p:P {n: 'Ann'})
      SET p.firms = size([(p)-->() | 1]), p.owner = exists((p)-->())
      CREATE (k:Kept {firms: [(p)-[o]->() WHERE o.s = 2 | o.s]})
      RETURN p.firms AS firms, p.owner AS owner, k.firms AS kept
      """
    Then the result should be, in any order:
      | firms | owner | kept |
      | 2     | true  | [2]  |

  Scenario: Over nodes in lists
    When executing query:
      """
      MATCH (p:P) WITH p ORDER BY p.n WITH collect(p) AS ps
      RETURN [p IN ps WHERE (p)-->() | p.n] AS owners, [p IN ps | size([(p)-->() | 1])] AS sizes,
        none(p IN ps WHERE (p)-->({n: 'Z'})) AS none, single(p IN ps WHERE NOT EXISTS { (p)--() }) AS one
      """
    Then the result should be, in any order:
      | owners         | sizes     | none | one  |
      | ['Ann', 'Bob'] | [2, 1, 0] | true | true |

  Scenario: Null has no neighbours
    When executing query:
      """
      OPTIONAL MATCH (z:Missing)
      RETURN [(z)--(a) | a] AS l, exists((z)--()) AS e, EXISTS { (z)--() } AS x
      """
    Then the result should be, in any order:
      | l  | e     | x     |
      | [] | false | false |

  Scenario Outline: What patterns cannot do
    When executing query:
      """
      MATCH (p:P) <rest>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | rest | detail |
      | RETURN (p)-->() AS x | UnexpectedSyntax |
      | WITH (p)-->() AS x RETURN x | UnexpectedSyntax |
      | WITH p, [(p)-->()] AS x RETURN x | UnexpectedSyntax |
      | RETURN p ORDER BY (p)-->() | UnexpectedSyntax |
      | SET p.x = (p)-->() | UnexpectedSyntax |
      | RETURN size((p)-->()) AS x | UnexpectedSyntax |
      | WHERE (p)-[r]->() RETURN p | UndefinedVariable |
      | WHERE (p)-->(q) RETURN p | UndefinedVariable |
      | WHERE exists((p)-->(q)) RETURN p | UndefinedVariable |
      | WHERE EXISTS { (p)-->(q) } RETURN q | UndefinedVariable |
      | RETURN [(p)-->(q) \| q] AS l, q | UndefinedVariable |
      | RETURN [(p)-->(q) WHERE z.x \| q] AS l | UndefinedVariable |
      | WHERE (p) RETURN p | InvalidArgumentType |
      | WHERE EXISTS { MATCH (p)-->(q) SET q.x = 1 } RETURN p | InvalidClauseComposition |
      | WHERE EXISTS { MATCH (p) DETACH DELETE p } RETURN p | InvalidClauseComposition |
      | WHERE EXISTS { MERGE (q) } RETURN p | InvalidClauseComposition |
      | WHERE EXISTS { (p)-[p]->() } RETURN p | VariableTypeConflict |
      | WITH 1 AS n WHERE EXISTS { (n)-->() } RETURN n | VariableTypeConflict |
