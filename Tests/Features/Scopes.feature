Feature: What each clause can see, and statements as a whole

  Background:
    Given an empty graph

  Scenario Outline: Variables that are not there
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                             | detail            |
      | RETURN x                                          | UndefinedVariable |
      | MATCH (a) RETURN b.x                              | UndefinedVariable |
      | MATCH (a) WHERE b.x = 1 RETURN a                  | UndefinedVariable |
      | MATCH (a) WHERE a.x = b.x MATCH (b) RETURN a      | UndefinedVariable |
      | OPTIONAL MATCH (a) WHERE b:L RETURN a             | UndefinedVariable |
      | MATCH (a {x: b.x}) RETURN a                       | UndefinedVariable |
      | MATCH (a)-[r {x: s.x}]->() RETURN a               | UndefinedVariable |
      | MATCH (a) WITH a.x AS x RETURN a                  | UndefinedVariable |
      | MATCH (a) WITH 1 AS x MATCH (b {x: a.x}) RETURN b | UndefinedVariable |
      | WITH 1 AS a, a AS b RETURN b                      | UndefinedVariable |
      | WITH 1 AS a WHERE b RETURN a                      | UndefinedVariable |
      | UNWIND [1] AS x WITH x AS y RETURN x              | UndefinedVariable |
      | MATCH (a) WITH count(*) AS c RETURN a             | UndefinedVariable |
      | MATCH (a) DELETE a WITH 1 AS x RETURN a           | UndefinedVariable |
      | MERGE (a) WITH a AS b SET a.x = 1                 | UndefinedVariable |
      | MATCH (a) RETURN a.x AS x, x + 1 AS y             | UndefinedVariable |

  Scenario Outline: One name, two meanings
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                        | detail                          |
      | MATCH (a)-[a]->() RETURN a                   | VariableTypeConflict            |
      | MATCH (a)-[r]->(r) RETURN r                  | VariableTypeConflict            |
      | MATCH (a)-[r]->() MATCH (r) RETURN r         | VariableTypeConflict            |
      | MATCH (r) MATCH ()-[r]->() RETURN r          | VariableTypeConflict            |
      | MATCH p = (a)-->() MATCH (p) RETURN p        | VariableTypeConflict            |
      | MATCH p = (a)-->() MATCH ()-[p]->() RETURN p | VariableTypeConflict            |
      | MATCH ()-[r*]->() MATCH ()-[r]->() RETURN r  | VariableTypeConflict            |
      | MATCH ()-[r]->() MATCH ()-[r*]->() RETURN r  | VariableTypeConflict            |
      | WITH 1 AS n MATCH (n) RETURN n               | VariableTypeConflict            |
      | WITH [1] AS n MATCH ()-[n]->() RETURN n      | VariableTypeConflict            |
      | WITH {a: 1} AS n MATCH (n)-->() RETURN n     | VariableTypeConflict            |
      | WITH date() AS n MATCH (n) RETURN n          | VariableTypeConflict            |
      | UNWIND ['a'] AS n MATCH (n) RETURN n         | VariableTypeConflict            |
      | MATCH (p), p = (a)-->() RETURN p             | VariableAlreadyBound            |
      | MATCH (a) MATCH a = ()-->() RETURN a         | VariableAlreadyBound            |
      | WITH 1 AS p MATCH p = () RETURN p            | VariableAlreadyBound            |
      | MATCH p = (), p = () RETURN p                | VariableAlreadyBound            |
      | MATCH ()-[r]->()-[r]->() RETURN r            | RelationshipUniquenessViolation |
      | MATCH ()-[r]->(), ()-[r]->() RETURN r        | RelationshipUniquenessViolation |

  Scenario Outline: Columns
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                               | detail             |
      | RETURN 1 AS a, 2 AS a               | ColumnNameConflict |
      | WITH 1 AS a, 2 AS a RETURN 1        | ColumnNameConflict |
      | WITH 1 AS a RETURN *, 2 AS a        | ColumnNameConflict |
      | MATCH (n) RETURN n, n               | ColumnNameConflict |
      | WITH 1 RETURN 1                     | NoExpressionAlias  |
      | MATCH (n) WITH n.x RETURN 1         | NoExpressionAlias  |
      | MATCH (n) WITH n, count(*) RETURN n | NoExpressionAlias  |
      | MATCH (n) WITH *, n.x RETURN n      | NoExpressionAlias  |
      | RETURN *                            | NoVariablesInScope |
      | MATCH () RETURN *                   | NoVariablesInScope |

  Scenario Outline: Clauses
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                 | detail           |
      | MATCH (n)                             | UnexpectedSyntax |
      | WITH 1 AS x                           | UnexpectedSyntax |
      | MATCH (n) WHERE n.x = 1               | UnexpectedSyntax |
      | RETURN 1 MATCH (n) RETURN n           | UnexpectedSyntax |
      | RETURN 1 RETURN 2                     | UnexpectedSyntax |
      | RETURN                                | UnexpectedSyntax |
      | MATCH (n) RETURN DISTINCT             | UnexpectedSyntax |
      | MATCH (n) RETURN n WHERE n.x = 1      | UnexpectedSyntax |
      | MATCH (n) RETURN n LIMIT 1 SKIP 1     | UnexpectedSyntax |
      | MATCH (n) RETURN n LIMIT 1 ORDER BY n | UnexpectedSyntax |
      | MATCH n RETURN n                      | UnexpectedSyntax |
      | MATCH (n RETURN n                     | UnexpectedSyntax |
      | MATCH (a)-[:T]>(b) RETURN a           | UnexpectedSyntax |
      | MATCH (a)-(b) RETURN a                | UnexpectedSyntax |
      | WHERE 1 = 1 RETURN 1                  | UnexpectedSyntax |
      | FIND (n) RETURN n                     | UnexpectedSyntax |
      | RETURN 1; RETURN 2                    | UnexpectedSyntax |
      | RETURN (1                             | UnexpectedSyntax |
      | RETURN 1 +                            | UnexpectedSyntax |

  Scenario Outline: Parameters
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                          | detail              |
      | MATCH (n $p) RETURN n          | InvalidParameterUse |
      | MATCH ()-[r:T $p]->() RETURN r | InvalidParameterUse |
      | MERGE (n:L $p) RETURN n        | InvalidParameterUse |

  Scenario: WITH after every clause
    Given an empty graph
    And having executed:
      """
      CREATE (:P {n: 1})-[:T]->(:P {n: 2})
      """
    When executing query:
      """
      MATCH (a:P {n: 1})
      WITH a, a.n + 1 AS next
      OPTIONAL MATCH (a)-[r:T]->(b {n: next})
      WITH a, b, r, [1, 2] AS l WHERE b IS NOT NULL
      UNWIND l AS i
      WITH a, b, r, max(i) AS i
      CREATE (c:Q {i: i})
      WITH *, c.i AS j
      MERGE (c)-[s:S {j: j}]->(b)
      WITH a, r, c, s
      SET c.done = true
      WITH a, r, c, s
      DELETE r
      WITH a, c, s
      REMOVE a.n
      WITH a, c, s
      MATCH (c)-[t]->(d)
      RETURN a.n AS n, c, t = s AS same, d.n AS d
      """
    Then the result should be, in any order:
      | n    | c                        | same | d |
      | null | (:Q {i: 2, done: true})  | true | 2 |
    And the side effects should be:
      | +nodes         | 1 |
      | +relationships | 1 |
      | -relationships | 1 |
      | +labels        | 1 |
      | +properties    | 3 |
      | -properties    | 1 |

  Scenario: A name that comes back means something else
    Given an empty graph
    And having executed:
      """
      CREATE (:P {n: 1}), (:P {n: 2})
      """
    When executing query:
      """
      MATCH (a:P) WITH sum(a.n) AS a WITH a AS b MATCH (a:P {n: b - 1}) WITH a.n AS a, a AS node RETURN a, node
      """
    Then the result should be, in any order:
      | a | node        |
      | 2 | (:P {n: 2}) |
