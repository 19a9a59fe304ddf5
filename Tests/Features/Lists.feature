Feature: Lists

  Background:
    Given any graph

  Scenario Outline: Elements and slices
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression              | value     |
      | [1, 2, 3][0]            | 1         |
      | [1, 2, 3][-1]           | 3         |
      | [1, 2, 3][3]            | null      |
      | [1, 2, 3][-4]           | null      |
      | [1, 2, 3][null]         | null      |
      | null[0]                 | null      |
      | [[1], [2, 3]][1][0]     | 2         |
      | [1, 2, 3][1..]          | [2, 3]    |
      | [1, 2, 3][..1]          | [1]       |
      | [1, 2, 3][..]           | [1, 2, 3] |
      | [1, 2, 3][-2..]         | [2, 3]    |
      | [1, 2, 3][..-1]         | [1, 2]    |
      | [1, 2, 3][-9..9]        | [1, 2, 3] |
      | [1, 2, 3][2..1]         | []        |
      | [1, 2, 3][3..]          | []        |
      | [1, 2, 3][null..2]      | null      |
      | [1, 2, 3][0..null]      | null      |
      | [1, 2, 3][..null]       | null      |
      | null[0..1]              | null      |
      | [1, 2, 3][0..2][1]      | 2         |
      | [1, 2, 3][1 - 1..1 + 1] | [1, 2]    |

  Scenario Outline: Membership
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                          | value |
      | 1 IN [1, 2]                         | true  |
      | 1 IN [1.0]                          | true  |
      | 3 IN [1, 2]                         | false |
      | 1 IN []                             | false |
      | null IN []                          | false |
      | null IN [1]                         | null  |
      | 1 IN [null]                         | null  |
      | 1 IN [1, null]                      | true  |
      | 2 IN [1, null]                      | null  |
      | 1 IN null                           | null  |
      | null IN null                        | null  |
      | [] IN [[]]                          | true  |
      | [1] IN [1]                          | false |
      | [1] IN [[1.0]]                      | true  |
      | [1, null] IN [[1, null]]            | null  |
      | [1, null] IN [[2, null]]            | false |
      | [1, null] IN [[1, 2], [1, null, 3]] | null  |
      | [1, 2] IN [[1, null], [1, 2]]       | true  |
      | {a: 1} IN [{a: 1}]                  | true  |
      | {a: null} IN [{a: null}]            | null  |
      | 'a' IN ['A']                        | false |
      | 0.0 / 0.0 IN [0.0 / 0.0]            | false |
      | NOT 1 IN [2]                        | true  |
      | 1 IN [2] = false                    | true  |
      | 1 IN [1] IN [true]                  | true  |

  Scenario Outline: Equality
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression            | value |
      | [] = []               | true  |
      | [1] = [1.0]           | true  |
      | [1, 2] = [2, 1]       | false |
      | [1] = [1, 2]          | false |
      | [null] = [null]       | null  |
      | [1, null] = [2, null] | false |
      | [1, null] = [1]       | false |
      | [[null]] <> [[1]]     | null  |
      | [1] = 1               | false |
      | [1] <> ['1']          | true  |

  Scenario Outline: Comparison
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression         | value |
      | [1] < [1, 2]       | true  |
      | [] < [1]           | true  |
      | [2] > [1, 9]       | true  |
      | [1, 2] >= [1, 2]   | true  |
      | [1, 1] <= [1, 0]   | false |
      | [1, null] < [2]    | true  |
      | [1, null] < [1, 2] | null  |
      | [null] < [null]    | null  |
      | [1] < ['a']        | null  |
      | [1] < 2            | null  |

  Scenario Outline: Concatenation
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression   | value       |
      | [1] + [2]    | [1, 2]      |
      | [1] + 2      | [1, 2]      |
      | 1 + [2]      | [1, 2]      |
      | [1] + [[2]]  | [1, [2]]    |
      | [] + []      | []          |
      | [1] + null   | null        |
      | null + [1]   | null        |
      | [1] + [null] | [1, null]   |
      | 'a' + ['b']  | ['a', 'b']  |
      | [1] + {a: 1} | [1, {a: 1}] |

  Scenario Outline: Functions
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                      | value                                      |
      | size([])                                        | 0                                          |
      | size([null, [1, 2]])                            | 2                                          |
      | size(null)                                      | null                                       |
      | head([])                                        | null                                       |
      | head([null, 1])                                 | null                                       |
      | last([1, 2])                                    | 2                                          |
      | last([])                                        | null                                       |
      | tail([])                                        | []                                         |
      | tail([1])                                       | []                                         |
      | tail([1, 2, 3])                                 | [2, 3]                                     |
      | tail(null)                                      | null                                       |
      | reverse([1, [2, 3]])                            | [[2, 3], 1]                                |
      | reverse([])                                     | []                                         |
      | range(0, 0)                                     | [0]                                        |
      | range(1, 0)                                     | []                                         |
      | range(0, 7, 3)                                  | [0, 3, 6]                                  |
      | range(3, 0, -2)                                 | [3, 1]                                     |
      | range(0, -2, -1)                                | [0, -1, -2]                                |
      | range(0, 5, -1)                                 | []                                         |
      | range(9223372036854775806, 9223372036854775807) | [9223372036854775806, 9223372036854775807] |
      | coalesce(null, [null], 1)                       | [null]                                     |

  Scenario Outline: Comprehensions
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                    | value            |
      | [x IN [1, 2, 3] \| x * x]                     | [1, 4, 9]        |
      | [x IN [1, 2, 3] WHERE x > 1]                  | [2, 3]           |
      | [x IN [1, 2, 3] WHERE x > 1 \| -x]            | [-2, -3]         |
      | [x IN [1, 2]]                                 | [1, 2]           |
      | [x IN [] \| x]                                | []               |
      | [x IN null \| x]                              | null             |
      | [x IN [1, null, 3] WHERE x > 1]               | [3]              |
      | [x IN [1, null] \| x IS NULL]                 | [false, true]    |
      | [x IN [1, 2] WHERE null \| x]                 | []               |
      | [x IN [[1, 2], [3]] \| [y IN x \| y + size(x)]] | [[3, 4], [4]]    |
      | [x IN [1, 2] \| [x IN [x, 9] \| x]]           | [[1, 9], [2, 9]] |
      | [x IN ['a', 'b'] \| {k: x}][1].k              | 'b'              |
      | size([x IN range(1, 10) WHERE x % 3 = 0])     | 3                |

  Scenario Outline: Wrong types that show before any row
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                          | detail                   |
      | RETURN 1 IN 1 AS x             | InvalidArgumentType      |
      | RETURN 1 IN 'abc' AS x         | InvalidArgumentType      |
      | RETURN 1 IN {a: 1} AS x        | InvalidArgumentType      |
      | RETURN [x IN 1 \| x] AS y      | InvalidArgumentType      |
      | RETURN size(1) AS x            | InvalidArgumentType      |
      | RETURN head('abc') AS x        | InvalidArgumentType      |
      | RETURN range(1.5, 2) AS x      | InvalidArgumentType      |
      | RETURN range('1', 2) AS x      | InvalidArgumentType      |
      | RETURN range(1, true) AS x     | InvalidArgumentType      |
      | RETURN range(1) AS x           | InvalidNumberOfArguments |
      | RETURN [x IN [1] \| y] AS z    | UndefinedVariable        |
      | RETURN [x IN [1] \| x] + x AS z | UndefinedVariable        |
      | RETURN [x IN x \| x] AS z      | UndefinedVariable        |
      | RETURN [1, AS x                | UnexpectedSyntax         |
      | RETURN [1, 2 AS x              | UnexpectedSyntax         |
      | RETURN [1 2] AS x              | UnexpectedSyntax         |

  Scenario Outline: Positions that are no integers
    When executing query:
      """
      <query>
      """
    Then a TypeError should be raised at compile time: <detail>

    Examples:
      | query                | detail              |
      | RETURN [1][1.0] AS x | InvalidArgumentType |
      | RETURN [1]['0'] AS x | InvalidArgumentType |
      | RETURN 1[0] AS x     | InvalidArgumentType |
      | RETURN true[0] AS x  | InvalidArgumentType |

  Scenario Outline: Ranges without a step
    When executing query:
      """
      <query>
      """
    Then an ArgumentError should be raised at runtime: <detail>

    Examples:
      | query                          | detail           |
      | RETURN range(1, 2, 0) AS x     | NumberOutOfRange |
      | RETURN range(1, 1, 1 - 1) AS x | NumberOutOfRange |
