Feature: UNION and UNWIND

  Background:
    Given an empty graph

  Scenario Outline: Rows of unions
    When executing query:
      """
      <query>
      """
    Then the result should be, in any order:
      | x   |
      | <a> |
      | <b> |

    Examples:
      | query                                                              | a   | b    |
      | RETURN 1 AS x UNION RETURN 2 AS x                                  | 1   | 2    |
      | RETURN 1 AS x UNION ALL RETURN 1 AS x                              | 1   | 1    |
      | RETURN 1 AS x UNION RETURN 2 AS x UNION RETURN 1 AS x              | 1   | 2    |
      | UNWIND [1, 1, 2] AS x RETURN x UNION UNWIND [2, 1] AS x RETURN x   | 1   | 2    |
      | RETURN null AS x UNION RETURN 1 AS x UNION RETURN null AS x        | null | 1   |
      | RETURN [1, null] AS x UNION RETURN [1, null] AS x UNION RETURN [1] AS x | [1] | [1, null] |
      | UNWIND [3, 1, 2] AS x RETURN x ORDER BY x LIMIT 1 UNION ALL UNWIND [3, 1, 2] AS x RETURN x ORDER BY x DESC LIMIT 1 | 1 | 3 |
      | WITH 1 AS y RETURN y AS x UNION WITH 2 AS y RETURN y AS x          | 1   | 2    |
      | RETURN 0.0 / 0.0 AS x UNION RETURN 0.0 / 0.0 AS x UNION RETURN 'a' AS x | NaN | 'a' |

  Scenario: Columns are found by their names
    When executing query:
      """
      RETURN 1 AS a, 2 AS b UNION ALL RETURN 3 AS b, 4 AS a
      """
    Then the result should be, in any order:
      | a | b |
      | 1 | 2 |
      | 4 | 3 |

  Scenario: Each part writes
    When executing query:
      """
      CREATE (n:A) RETURN labels(n) AS ls UNION CREATE (n:B) RETURN labels(n) AS ls
      """
    Then the result should be, in any order:
      | ls    |
      | ['A'] |
      | ['B'] |
    And the side effects should be:
      | +nodes  | 2 |
      | +labels | 2 |

  Scenario Outline: Parts that do not fit
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                                          | detail                   |
      | RETURN 1 AS a UNION RETURN 1 AS b                              | DifferentColumnsInUnion  |
      | RETURN 1 AS a UNION RETURN 1 AS a, 2 AS b                      | DifferentColumnsInUnion  |
      | RETURN 1 AS a, 2 AS b UNION ALL RETURN 1 AS a                  | DifferentColumnsInUnion  |
      | RETURN 1 AS a UNION RETURN 2 AS a UNION RETURN 3 AS b          | DifferentColumnsInUnion  |
      | MATCH (a) RETURN a UNION MATCH (b) RETURN b                    | DifferentColumnsInUnion  |
      | RETURN 1 AS a UNION ALL RETURN 2 AS a UNION RETURN 3 AS a      | InvalidClauseComposition |
      | RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a      | InvalidClauseComposition |
      | WITH 1 AS x RETURN x UNION RETURN x                            | UndefinedVariable        |
      | RETURN 1 AS a UNION                                            | UnexpectedSyntax         |
      | UNION RETURN 1 AS a                                            | UnexpectedSyntax         |

  Scenario Outline: Unwinding
    And parameters are:
      | l | [1, [2, 3], null] |
    When executing query:
      """
      UNWIND <list> AS x RETURN collect({x: x}) AS xs
      """
    Then the result should be, in any order:
      | xs   |
      | <xs> |

    Examples:
      | list                     | xs                               |
      | []                       | []                               |
      | null                     | []                               |
      | [null]                   | [{x: null}]                      |
      | [1, null, 'a']           | [{x: 1}, {x: null}, {x: 'a'}]    |
      | [[], [1]]                | [{x: []}, {x: [1]}]              |
      | $l                       | [{x: 1}, {x: [2, 3]}, {x: null}] |
      | $l[1]                    | [{x: 2}, {x: 3}]                 |
      | range(3, 1, -1)          | [{x: 3}, {x: 2}, {x: 1}]         |
      | [1] + 2                  | [{x: 1}, {x: 2}]                 |
      | keys({a: 1})             | [{x: 'a'}]                       |
      | {a: [5]}.a               | [{x: 5}]                         |
      | [y IN [1, 2] \| y * y]   | [{x: 1}, {x: 4}]                 |

  Scenario: One list inside another
    When executing query:
      """
      UNWIND [[1, 2], [], null, [3]] AS l UNWIND l AS x RETURN l, x
      """
    Then the result should be, in order:
      | l      | x |
      | [1, 2] | 1 |
      | [1, 2] | 2 |
      | [3]    | 3 |

  Scenario Outline: What UNWIND does not take
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                      | detail               |
      | UNWIND [1] AS x UNWIND [2] AS x RETURN x   | VariableAlreadyBound |
      | MATCH (x) UNWIND [1] AS x RETURN x         | VariableAlreadyBound |
      | UNWIND [x] AS x RETURN x                   | UndefinedVariable    |
      | UNWIND [1] RETURN 1                        | UnexpectedSyntax     |
      | UNWIND [1] AS x                            | UnexpectedSyntax     |
