Feature: SET and REMOVE

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (:A {x: 1, y: 2})-[:R {w: 5}]->(:B {y: 3})
      """

  Scenario: Items run one after the other
    When executing query:
      """
      MATCH (a:A), (b:B) SET a.x = b.y, b.y = a.x + 1 RETURN a.x AS x, b.y AS y
      """
    Then the result should be, in any order:
      | x | y |
      | 3 | 4 |

  Scenario: A map takes the place of all properties
    When executing query:
      """
      MATCH (a:A) SET a = {x: 1, z: null, v: [1, 2]} RETURN a
      """
    Then the result should be, in any order:
      | a                       |
      | (:A {x: 1, v: [1, 2]})  |
    And the side effects should be:
      | +properties | 1 |
      | -properties | 1 |

  Scenario: A map is added to the properties
    When executing query:
      """
      MATCH (a:A) SET a += {x: null, z: 9} RETURN a
      """
    Then the result should be, in any order:
      | a                  |
      | (:A {y: 2, z: 9})  |
    And the side effects should be:
      | +properties | 1 |
      | -properties | 1 |

  Scenario: Properties are copied between elements
    When executing query:
      """
      MATCH (a:A)-[r:R]->(b:B) SET b = a, a = r, r += b RETURN a, r, b
      """
    Then the result should be, in any order:
      | a           | r                        | b                 |
      | (:A {w: 5}) | [:R {w: 5, x: 1, y: 2}]  | (:B {x: 1, y: 2}) |

  Scenario: Nothing happens to null
    When executing query:
      """
      OPTIONAL MATCH (n:Missing)
      SET n.x = 1, n:L, n += {y: 1}
      SET n = {z: 1}
      REMOVE n.x, n:L
      RETURN n
      """
    Then the result should be, in any order:
      | n    |
      | null |
    And no side effects

  Scenario: Null removes a property
    When executing query:
      """
      MATCH (a:A) SET a.x = null, a.nothing = null RETURN keys(a) AS keys
      """
    Then the result should be, in any order:
      | keys  |
      | ['y'] |
    And the side effects should be:
      | -properties | 1 |

  Scenario: Labels are added once and removed where they are
    When executing query:
      """
      MATCH (a:A) SET a:A:L1:L2, a:L1 REMOVE a:L2:Missing, a.y, a.missing RETURN a
      """
    Then the result should be, in any order:
      | a               |
      | (:A:L1 {x: 1})  |
    And the side effects should be:
      | +labels     | 1 |
      | -properties | 1 |

  Scenario: The last of several rows wins
    When executing query:
      """
      MATCH (a:A) UNWIND [7, 8, 9] AS v SET a.x = v, a.sum = coalesce(a.sum, 0) + v
      RETURN DISTINCT a.x AS x, a.sum AS sum
      """
    Then the result should be, in any order:
      | x | sum |
      | 9 | 24  |

  Scenario: An element that an expression gives
    When executing query:
      """
      MATCH (a:A) WITH {inner: a} AS m, [a] AS l
      SET m.inner.x = 5
      SET (l[0]).y = 6
      RETURN m.inner.x AS x, l[0].y AS y
      """
    Then the result should be, in any order:
      | x | y |
      | 5 | 6 |

  Scenario: A property holds lists of one kind
    When executing query:
      """
      MATCH (a:A)
      SET a.i = [1, 2], a.s = ['a'], a.f = [0.5], a.b = [true], a.e = [], a.d = [date('2024-02-29')]
      RETURN a.i AS i, a.s AS s, a.f AS f, a.b AS b, a.e AS e, a.d AS d
      """
    Then the result should be, in any order:
      | i      | s     | f     | b      | e  | d              |
      | [1, 2] | ['a'] | [0.5] | [true] | [] | ['2024-02-29'] |

  Scenario: Later clauses see the change
    When executing query:
      """
      MATCH (a:A) SET a:Flagged, a.x = 100
      WITH count(*) AS c
      MATCH (f:Flagged {x: 100})
      RETURN c, f.y AS y
      """
    Then the result should be, in any order:
      | c | y |
      | 1 | 2 |

  Scenario Outline: Values that no property holds
    When executing query:
      """
      MATCH (a:A)-[r]->() <clause>
      """
    Then a TypeError should be raised at runtime: InvalidPropertyType

    Examples:
      | clause                    |
      | SET a.x = {y: 1}          |
      | SET a.x = [[1]]           |
      | SET a.x = [{y: 1}]        |
      | SET a += {x: {y: 1}}      |
      | SET a = {x: [[]]}         |
      | SET r.x = a               |
      | CREATE (:C {x: {y: 1}})   |
      | CREATE (:C)-[:T {x: [a]}]->() |

  Scenario Outline: What SET and REMOVE do not take
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                  | detail              |
      | MATCH (a) SET b.x = 1                  | UndefinedVariable   |
      | MATCH (a) SET a.x = b                  | UndefinedVariable   |
      | MATCH (a) SET b:L                      | UndefinedVariable   |
      | MATCH (a) SET b = {}                   | UndefinedVariable   |
      | MATCH (a) SET a += b                   | UndefinedVariable   |
      | MATCH (a) REMOVE b.x                   | UndefinedVariable   |
      | MATCH (a) REMOVE b:L                   | UndefinedVariable   |
      | WITH 1 AS a SET a.x = 1                | InvalidArgumentType |
      | MATCH p = (a) SET p.x = 1              | InvalidArgumentType |
      | MATCH ()-[r]->() SET r:L               | InvalidArgumentType |
      | MATCH (a) SET a = 1                    | InvalidArgumentType |
      | MATCH (a) SET a += 'x'                 | InvalidArgumentType |
      | MATCH (a) SET a.x = count(*)           | InvalidAggregation  |
      | MATCH (a) SET a.x = (a)-->()           | UnexpectedSyntax    |
      | MATCH (a) SET a.x                      | UnexpectedSyntax    |
      | MATCH (a) REMOVE a                     | UnexpectedSyntax    |
      | MATCH (a) SET a.x = 1 MATCH (b) RETURN b | UnexpectedSyntax  |
