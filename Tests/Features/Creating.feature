Feature: CREATE

  Background:
    Given an empty graph

  Scenario: Later parts of a pattern read earlier ones
    When executing query:
      """
      CREATE (a:A {x: 1}), (b:B {x: a.x + 1})-[r:R {x: a.x}]->(c:C {x: b.x + 1})
      RETURN b.x AS b, r.x AS r, c.x AS c
      """
    Then the result should be, in any order:
      | b | r | c |
      | 2 | 1 | 3 |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 1 |
      | +labels        | 3 |
      | +properties    | 4 |

  Scenario: One variable at several places of a pattern
    When executing query:
      """
      CREATE (a:A), (b:B), (a)-[:R]->(b)<-[:S]-(a), (a)-[:LOOP]->(a)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 3 |
      | +labels        | 2 |

  Scenario: Once for each row, with null properties left out
    When executing query:
      """
      UNWIND [1, null, 3] AS i CREATE (n:N {i: i, j: null}) RETURN n
      """
    Then the result should be, in order:
      | n           |
      | (:N {i: 1}) |
      | (:N)        |
      | (:N {i: 3}) |
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: Rows that nobody reads create all the same
    When executing query:
      """
      UNWIND range(1, 5) AS i CREATE (n:N {i: i}) RETURN n.i AS i SKIP 1 LIMIT 1
      """
    Then the result should be, in order:
      | i |
      | 2 |
    And the side effects should be:
      | +nodes      | 5 |
      | +labels     | 1 |
      | +properties | 5 |

  Scenario: A clause does not see its own nodes
    And having executed:
      """
      CREATE (:N {i: 1}), (:N {i: 2})
      """
    When executing query:
      """
      MATCH (n:N) CREATE (m:N {i: n.i + 10}) RETURN m.i AS i
      """
    Then the result should be, in any order:
      | i  |
      | 11 |
      | 12 |
    And the side effects should be:
      | +nodes      | 2 |
      | +properties | 2 |

  Scenario: A path against the arrows
    When executing query:
      """
      CREATE p = (:A)<-[:R]-(:B)-[:S]->(:C) RETURN p, length(p) AS length
      """
    Then the result should be, in any order:
      | p                                  | length |
      | <(:A)<-[:R]-(:B)-[:S]->(:C)>       | 2      |

  Scenario: Properties from a parameter
    And parameters are:
      | props | {name: 'Acme', tags: ['a', 'b'], gone: null} |
    When executing query:
      """
      CREATE (n:Company $props)-[r:R $props]->() RETURN n, r
      """
    Then the result should be, in any order:
      | n                                         | r                                   |
      | (:Company {name: 'Acme', tags: ['a', 'b']}) | [:R {name: 'Acme', tags: ['a', 'b']}] |

  Scenario: A failing row undoes the rows before it
    When executing query:
      """
      UNWIND [2, 1, 0] AS i CREATE (:N {x: 10 / i})
      """
    Then an ArithmeticError should be raised at runtime: DivisionByZero

  Scenario Outline: What CREATE does not take
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                       | detail                       |
      | CREATE (a), (a)                             | VariableAlreadyBound         |
      | CREATE (a), (a:L)                           | VariableAlreadyBound         |
      | CREATE (a)-[:T]->(b), (b {x: 1})-[:T]->(a)  | VariableAlreadyBound         |
      | MATCH (a) CREATE (a)                        | VariableAlreadyBound         |
      | MATCH (a) CREATE (a:L)-[:T]->()             | VariableAlreadyBound         |
      | CREATE (a)-[r:T]->(b)-[r:T]->(c)            | VariableAlreadyBound         |
      | MATCH ()-[r]->() CREATE ()-[r:T]->()        | VariableAlreadyBound         |
      | CREATE p = (a), p = (b)                     | VariableAlreadyBound         |
      | WITH 1 AS n CREATE (n)-[:T]->()             | VariableTypeConflict         |
      | MATCH ()-[r]->() CREATE (r)-[:T]->()        | VariableTypeConflict         |
      | CREATE (a {x: a.y})                         | UndefinedVariable            |
      | CREATE (a {x: b.x}), (b)                    | UndefinedVariable            |
      | CREATE ()-[r:T {x: r.y}]->()                | UndefinedVariable            |
      | CREATE (a)-[:T]-(b)                         | RequiresDirectedRelationship |
      | CREATE (a)<-[:T]->(b)                       | RequiresDirectedRelationship |
      | CREATE (a)-->(b)                            | NoSingleRelationshipType     |
      | CREATE (a)-[:S\|T]->(b)                     | NoSingleRelationshipType     |
      | CREATE (a)-[:T*]->(b)                       | CreatingVarLength            |
      | CREATE (a)-[:T*1..2]->(b)                   | CreatingVarLength            |
      | CREATE (a {x: sum(1)})                      | InvalidAggregation           |
      | CREATE (a) MATCH (b) RETURN b               | UnexpectedSyntax             |
      | CREATE (a) UNWIND [1] AS x RETURN x         | UnexpectedSyntax             |
      | CREATE (a) WHERE a.x = 1                    | UnexpectedSyntax             |
      | CREATE                                      | UnexpectedSyntax             |
