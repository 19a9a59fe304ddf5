Feature: Truth, comparison and CASE

  Background:
    Given any graph

  Scenario Outline: Three values
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                            | value |
      | true AND null                         | null  |
      | false AND null                        | false |
      | null AND null                         | null  |
      | true OR null                          | true  |
      | false OR null                         | null  |
      | true XOR null                         | null  |
      | null XOR null                         | null  |
      | NOT null                              | null  |
      | NOT true OR true                      | true  |
      | NOT (true OR true)                    | false |
      | true OR true AND false                | true  |
      | true XOR true OR true                 | true  |
      | true XOR (true OR true)               | false |
      | false AND false XOR true              | true  |
      | NOT NOT true                          | true  |
      | NOT true = false                      | true  |
      | NOT 1 = 2 AND 1 < 2                   | true  |
      | null IS NULL AND NOT null IS NOT NULL | true  |
      | NOT null IS NULL                      | false |
      | (null = null) IS NULL                 | true  |

  Scenario Outline: Comparisons
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                  | value |
      | 1 < 2 < 3                                   | true  |
      | 1 < 3 < 2                                   | false |
      | 3 > 2 >= 2 > 1                              | true  |
      | 1 < 2 > 1                                   | true  |
      | 1 = 1.0 = 1                                 | true  |
      | 1 < 2 = 2                                   | true  |
      | 1 < null < 0                                | null  |
      | 1 > 2 < null                                | false |
      | 1 = '1'                                     | false |
      | 1 <> 'a'                                    | true  |
      | 1 < 'a'                                     | null  |
      | true < 1                                    | null  |
      | false < true                                | true  |
      | 'a' < 'b'                                   | true  |
      | '' < 'a'                                    | true  |
      | 'Z' < 'a'                                   | true  |
      | 'a' < 'aa'                                  | true  |
      | null < 1                                    | null  |
      | null = null                                 | null  |
      | null <> null                                | null  |
      | 0.0 / 0.0 = 0.0 / 0.0                       | false |
      | 0.0 / 0.0 <> 0.0 / 0.0                      | true  |
      | 0.0 / 0.0 < 1                               | false |
      | 0.0 / 0.0 >= 1                              | false |
      | 0.0 / 0.0 < 'a'                             | null  |
      | 0.0 = -0.0                                  | true  |
      | 1.0 / 0.0 > 9223372036854775807             | true  |
      | 9007199254740993 = 9007199254740992.0       | false |
      | 9007199254740993 > 9007199254740992.0       | true  |
      | 9223372036854775807 < 9223372036854775808.0 | true  |

  Scenario Outline: CASE
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                         | value   |
      | CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END         | 'b'     |
      | CASE 3 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END         | null    |
      | CASE 3 WHEN 1 THEN 'a' ELSE 'c' END                | 'c'     |
      | CASE 1 WHEN 1.0 THEN 'equal' END                   | 'equal' |
      | CASE null WHEN null THEN 1 ELSE 2 END              | 2       |
      | CASE WHEN null THEN 1 WHEN false THEN 2 ELSE 3 END | 3       |
      | CASE WHEN true THEN 1 WHEN true THEN 2 END         | 1       |
      | CASE WHEN true THEN 1 ELSE 1 / 0 END               | 1       |
      | CASE 'x' WHEN 1 THEN 1 WHEN 'x' THEN [1] END       | [1]     |
      | CASE WHEN false THEN 1 END IS NULL                 | true    |
      | CASE CASE 1 WHEN 1 THEN 2 END WHEN 2 THEN 'in' END | 'in'    |
      | 1 + CASE WHEN true THEN 1 END * 2                  | 3       |

  Scenario Outline: Quantifiers
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                            | value |
      | all(x IN [] WHERE false)                              | true  |
      | any(x IN [] WHERE true)                               | false |
      | none(x IN [] WHERE true)                              | true  |
      | single(x IN [] WHERE true)                            | false |
      | all(x IN [1, null] WHERE x = 1)                       | null  |
      | all(x IN [2, null] WHERE x = 1)                       | false |
      | any(x IN [1, null] WHERE x = 1)                       | true  |
      | any(x IN [2, null] WHERE x = 1)                       | null  |
      | none(x IN [1, null] WHERE x = 1)                      | false |
      | none(x IN [2, null] WHERE x = 1)                      | null  |
      | single(x IN [1, 2] WHERE x = 1)                       | true  |
      | single(x IN [1, null] WHERE x = 1)                    | null  |
      | single(x IN [1, 1, null] WHERE x = 1)                 | false |
      | single(x IN [2, null] WHERE x = 1)                    | null  |
      | all(x IN null WHERE x = 1)                            | null  |
      | none(x IN null WHERE x = 1)                           | null  |
      | all(x IN [[1], [1, 2]] WHERE any(y IN x WHERE y = 1)) | true  |
      | none(x IN ['a', 'b'] WHERE x IN ['c'])                | true  |
      | any(x IN [1, 2] WHERE x = 1 OR null)                  | true  |
      | NOT any(x IN [1] WHERE x > 1)                         | true  |

  Scenario Outline: Wrong types that show before any row
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                         | detail              |
      | RETURN NOT 1 AS x                             | InvalidArgumentType |
      | RETURN NOT 'true' AS x                        | InvalidArgumentType |
      | RETURN true AND 1 AS x                        | InvalidArgumentType |
      | RETURN [] OR null AS x                        | InvalidArgumentType |
      | RETURN {} XOR true AS x                       | InvalidArgumentType |
      | RETURN 1.5 OR true AS x                       | InvalidArgumentType |
      | MATCH (n) WHERE 1 RETURN n                    | InvalidArgumentType |
      | MATCH (n) WHERE 'a' RETURN n                  | InvalidArgumentType |
      | MATCH (n) WHERE n RETURN n                    | InvalidArgumentType |
      | WITH 1 AS x WHERE [] RETURN x                 | InvalidArgumentType |
      | RETURN all(x IN 1 WHERE true) AS y            | InvalidArgumentType |
      | RETURN any(x IN [1] WHERE 1) AS y             | InvalidArgumentType |
      | RETURN none(x IN [1] WHERE y) AS z            | UndefinedVariable   |
      | RETURN single(x IN [1] WHERE true) AND x AS z | UndefinedVariable   |
      | RETURN CASE WHEN 1 THEN 2 END AS x            | InvalidArgumentType |
      | RETURN CASE END AS x                          | UnexpectedSyntax    |
      | RETURN CASE 1 ELSE 2 END AS x                 | UnexpectedSyntax    |
      | RETURN CASE WHEN true THEN 1 AS x             | UnexpectedSyntax    |
      | RETURN 1 = = 1 AS x                           | UnexpectedSyntax    |
      | RETURN 1 == 1 AS x                            | UnexpectedSyntax    |
      | RETURN 1 != 2 AS x                            | UnexpectedSyntax    |
      | RETURN true && false AS x                     | UnexpectedSyntax    |
      | RETURN !true AS x                             | UnexpectedSyntax    |
      | RETURN 1 NOT IN [1] AS x                      | UnexpectedSyntax    |
