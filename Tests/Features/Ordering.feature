Feature: ORDER BY, SKIP, LIMIT and DISTINCT

  Background:
    Given an empty graph

  Scenario: All types in one order
    And having executed:
      """
      CREATE (:A)-[:R]->(:B)
      """
    When executing query:
      """
      MATCH p = (a:A)-[r:R]->()
      UNWIND [null, 0.0 / 0.0, 2, 1.5, true, false, 'b', '', p, [2], [], r, a, {k: 1}, 1.0 / 0.0, -1.0 / 0.0] AS v
      RETURN v ORDER BY v
      """
    Then the result should be, in order:
      | v                     |
      | {k: 1}                |
      | (:A)                  |
      | [:R]                  |
      | []                    |
      | [2]                   |
      | <(:A)-[:R]->(:B)>     |
      | ''                    |
      | 'b'                   |
      | false                 |
      | true                  |
      | -Inf                  |
      | 1.5                   |
      | 2                     |
      | Inf                   |
      | NaN                   |
      | null                  |

  Scenario Outline: Descending is ascending turned round
    When executing query:
      """
      UNWIND [[1], null, 'a', 1, 0.0 / 0.0, true] AS v
      WITH v ORDER BY v <direction>
      RETURN collect(v) AS vs, count(*) AS c
      """
    Then the result should be, in any order:
      | vs   | c |
      | <vs> | 6 |

    Examples:
      | direction  | vs                        |
      |            | [[1], 'a', true, 1, NaN]  |
      | ASC        | [[1], 'a', true, 1, NaN]  |
      | ASCENDING  | [[1], 'a', true, 1, NaN]  |
      | DESC       | [NaN, 1, true, 'a', [1]]  |
      | DESCENDING | [NaN, 1, true, 'a', [1]]  |

  Scenario: Lists element by element, shorter ones first
    When executing query:
      """
      UNWIND [[1, null], [1, 'a'], [], [1], [2], ['z'], [[9]], [null], [1, 2]] AS l RETURN l ORDER BY l
      """
    Then the result should be, in order:
      | l         |
      | []        |
      | [[9]]     |
      | ['z']     |
      | [1]       |
      | [1, 'a']  |
      | [1, 2]    |
      | [1, null] |
      | [2]       |
      | [null]    |

  Scenario: Strings by code points
    When executing query:
      """
      UNWIND ['b', 'a', 'B', 'é', 'z', '\U0001F600', '\uFFFD', 'aa', ' '] AS s RETURN s ORDER BY s
      """
    Then the result should be, in order:
      | s    |
      | ' '  |
      | 'B'  |
      | 'a'  |
      | 'aa' |
      | 'b'  |
      | 'z'  |
      | 'é'  |
      | '�'  |
      | '😀' |

  Scenario: Several keys, each with its direction
    When executing query:
      """
      UNWIND [[1, 'x'], [2, 'y'], [1, 'y'], [null, 'x']] AS p
      RETURN p[0] AS n, p[1] AS s ORDER BY s DESC, n
      """
    Then the result should be, in order:
      | n    | s   |
      | 1    | 'y' |
      | 2    | 'y' |
      | 1    | 'x' |
      | null | 'x' |

  Scenario: An alias hides the variable of the same name
    When executing query:
      """
      UNWIND [1, 2, 3] AS x RETURN -x AS x ORDER BY x
      """
    Then the result should be, in order:
      | x  |
      | -3 |
      | -2 |
      | -1 |

  Scenario: Two names swapped
    When executing query:
      """
      UNWIND [1, 2, 3] AS a WITH a, 10 - a AS b RETURN a AS b, b AS a ORDER BY a
      """
    Then the result should be, in order:
      | b | a |
      | 3 | 7 |
      | 2 | 8 |
      | 1 | 9 |

  Scenario: A variable that is not returned
    When executing query:
      """
      UNWIND [3, 1, 2] AS x WITH x, x * 10 AS y RETURN y ORDER BY x DESC LIMIT 2
      """
    Then the result should be, in order:
      | y  |
      | 30 |
      | 20 |

  Scenario: Expressions over old and new names
    When executing query:
      """
      UNWIND [1, 2, 3] AS x RETURN x AS y ORDER BY x % 2, y DESC
      """
    Then the result should be, in order:
      | y |
      | 2 |
      | 3 |
      | 1 |

  Scenario: DISTINCT, then the order by what is returned
    And having executed:
      """
      CREATE (:P {n: 'a', k: 2}), (:P {n: 'b', k: 1}), (:P {n: 'a', k: 3})
      """
    When executing query:
      """
      MATCH (p:P) RETURN DISTINCT p.n AS n ORDER BY p.n DESC
      """
    Then the result should be, in order:
      | n   |
      | 'b' |
      | 'a' |

  Scenario: DISTINCT by every column
    When executing query:
      """
      UNWIND [[1, 1.0], [1.0, 1], [1, 2], [null, 0.0 / 0.0], [null, 0.0 / 0.0]] AS p
      RETURN DISTINCT p[0] AS a, p[1] AS b ORDER BY a, b
      """
    Then the result should be, in order:
      | a    | b   |
      | 1    | 1.0 |
      | 1    | 2   |
      | null | NaN |

  Scenario Outline: How many rows
    And parameters are:
      | n | 2 |
    When executing query:
      """
      UNWIND [1, 2, 3, 4, 5] AS x WITH x <part> RETURN collect(x) AS xs
      """
    Then the result should be, in any order:
      | xs   |
      | <xs> |

    Examples:
      | part                              | xs              |
      | SKIP 0                            | [1, 2, 3, 4, 5] |
      | SKIP 4                            | [5]             |
      | SKIP 9                            | []              |
      | LIMIT 0                           | []              |
      | LIMIT 9                           | [1, 2, 3, 4, 5] |
      | SKIP 1 LIMIT 2                    | [2, 3]          |
      | SKIP $n LIMIT $n                  | [3, 4]          |
      | SKIP 1 + 1 LIMIT $n - 1           | [3]             |
      | SKIP size([1]) LIMIT abs(-2)      | [2, 3]          |
      | SKIP toInteger(1.9)               | [2, 3, 4, 5]    |
      | LIMIT 9223372036854775807         | [1, 2, 3, 4, 5] |
      | SKIP 9223372036854775807          | []              |
      | ORDER BY x DESC SKIP 1 LIMIT 2    | [4, 3]          |
      | ORDER BY -x LIMIT $n              | [5, 4]          |
      | ORDER BY x % 2, x LIMIT 3         | [2, 4, 1]       |
      | LIMIT 3 WHERE x > 1               | [2, 3]          |
      | ORDER BY x DESC LIMIT 2 WHERE x < 5 | [4]           |

  Scenario Outline: Numbers of rows that are none
    And parameters are:
      | p | <p> |
    When executing query:
      """
      UNWIND [1] AS x RETURN x <part>
      """
    Then a SyntaxError should be raised at <phase>: <detail>

    Examples:
      | part         | p    | phase        | detail                  |
      | LIMIT -1     | 0    | compile time | NegativeIntegerArgument |
      | SKIP -1      | 0    | compile time | NegativeIntegerArgument |
      | LIMIT 1.0    | 0    | compile time | InvalidArgumentType     |
      | SKIP 'a'     | 0    | compile time | InvalidArgumentType     |
      | LIMIT true   | 0    | compile time | InvalidArgumentType     |
      | LIMIT [1]    | 0    | compile time | InvalidArgumentType     |
      | LIMIT x      | 0    | compile time | NonConstantExpression   |
      | SKIP x + 1   | 0    | compile time | NonConstantExpression   |
      | LIMIT $p     | -1   | runtime      | NegativeIntegerArgument |
      | SKIP $p      | -1   | runtime      | NegativeIntegerArgument |
      | LIMIT $p     | 1.5  | runtime      | InvalidArgumentType     |
      | SKIP $p      | 'a'  | runtime      | InvalidArgumentType     |
      | LIMIT $p     | [1]  | runtime      | InvalidArgumentType     |

  Scenario Outline: What an order cannot see
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

    Examples:
      | query                                                     |
      | RETURN 1 AS x ORDER BY y                                  |
      | WITH 1 AS a, 2 AS b RETURN DISTINCT a ORDER BY b          |
      | WITH 1 AS a, 2 AS b RETURN a, count(*) ORDER BY b         |
      | WITH 1 AS a, 2 AS b WITH a ORDER BY b WITH a RETURN b     |
      | MATCH (n) RETURN DISTINCT n.x AS x ORDER BY n.y           |
      | MATCH (n) RETURN n.x AS x, count(*) AS c ORDER BY n.y     |
      | MATCH (n) RETURN count(*) AS c ORDER BY max(n.y)          |
      | WITH 1 AS a WITH 2 AS b ORDER BY c RETURN b               |
