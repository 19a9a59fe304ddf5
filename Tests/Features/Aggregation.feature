Feature: Aggregation

  Background:
    Given an empty graph

  Scenario Outline: Values that are one group
    When executing query:
      """
      UNWIND <values> AS v WITH v, count(*) AS c RETURN collect(c) AS counts
      """
    Then the result should be (ignoring element order for lists):
      | counts   |
      | <counts> |

    Examples:
      | values                                        | counts       |
      | [1, 1.0, 2, '1', true]                        | [2, 1, 1, 1] |
      | [null, null, 0]                               | [2, 1]       |
      | [0.0 / 0.0, 0.0 / 0.0, 1]                     | [2, 1]       |
      | [0, -0.0, 0.0]                                | [3]          |
      | [[1, 2], [1.0, 2.0], [2, 1], [1]]             | [2, 1, 1]    |
      | [[null], [null], [], []]                      | [2, 2]       |
      | [{a: 1, b: 2}, {b: 2, a: 1.0}, {a: 1}]        | [2, 1]       |
      | [{a: null}, {a: null}, {}]                    | [2, 1]       |
      | ['a', 'A', 'a ']                              | [1, 1, 1]    |
      | ['é', 'e\u0301', '\u00e9']                    | [2, 1]       |
      | [date('2024-01-01'), date('20240101')]        | [2]          |
      | [duration('P1D'), duration('PT24H')]          | [1, 1]       |
      | [duration('P12M'), duration('P1Y')]           | [2]          |

  Scenario: Nothing to aggregate
    When executing query:
      """
      UNWIND [] AS x
      RETURN count(*) AS rows, count(x) AS c, sum(x) AS s, avg(x) AS a, min(x) AS mi, max(x) AS ma,
        collect(x) AS l, percentileDisc(x, 0.5) AS d, percentileCont(x, 0.5) AS p
      """
    Then the result should be, in any order:
      | rows | c | s | a    | mi   | ma   | l  | d    | p    |
      | 0    | 0 | 0 | null | null | null | [] | null | null |

  Scenario: Nothing to aggregate and a grouping key
    When executing query:
      """
      UNWIND [] AS x RETURN 1 AS one, count(*) AS c
      """
    Then the result should be, in any order:
      | one | c |

  Scenario: Nulls do not count
    When executing query:
      """
      UNWIND [null, 4, null, 2] AS x
      RETURN count(*) AS rows, count(x) AS c, sum(x) AS s, avg(x) AS a, min(x) AS mi, max(x) AS ma, collect(x) AS l
      """
    Then the result should be, in any order:
      | rows | c | s | a   | mi | ma | l      |
      | 4    | 2 | 6 | 3.0 | 2  | 4  | [4, 2] |

  Scenario: DISTINCT inside aggregates
    When executing query:
      """
      UNWIND [1, 1, 2.0, 2, null, null] AS x
      RETURN count(DISTINCT x) AS c, sum(DISTINCT x) AS s, avg(DISTINCT x) AS a, collect(DISTINCT x) AS l,
        min(DISTINCT x) AS mi, percentileDisc(DISTINCT x, 1.0) AS p
      """
    Then the result should be, in any order:
      | c | s   | a   | l        | mi | p   |
      | 2 | 3.0 | 1.5 | [1, 2.0] | 1  | 2.0 |

  Scenario Outline: Least and greatest of mixed values
    When executing query:
      """
      UNWIND <values> AS v RETURN min(v) AS least, max(v) AS greatest
      """
    Then the result should be, in any order:
      | least   | greatest   |
      | <least> | <greatest> |

    Examples:
      | values                         | least   | greatest |
      | [1, 'a', [1], true, null]      | [1]     | 1        |
      | ['b', '', 'B']                 | ''      | 'b'      |
      | [true, false]                  | false   | true     |
      | [1, 2.5, -3]                   | -3      | 2.5      |
      | [1, 0.0 / 0.0, 2]              | 1       | NaN      |
      | [[1, 2], [1], [0, 9]]          | [0, 9]  | [1, 2]   |
      | [null, null]                   | null    | null     |
      | [date('2024-02-01'), date('2023-12-31')] | '2023-12-31' | '2024-02-01' |

  Scenario Outline: Percentiles
    When executing query:
      """
      UNWIND [30, 10, 20, 40] AS x RETURN percentileDisc(x, <p>) AS d, percentileCont(x, <p>) AS c
      """
    Then the result should be, in any order:
      | d   | c   |
      | <d> | <c> |

    Examples:
      | p    | d  | c    |
      | 0.0  | 10 | 10.0 |
      | 0    | 10 | 10.0 |
      | 0.25 | 10 | 17.5 |
      | 0.5  | 20 | 25.0 |
      | 0.75 | 30 | 32.5 |
      | 1.0  | 40 | 40.0 |
      | 1    | 40 | 40.0 |

  Scenario Outline: Percentiles out of bounds
    And parameters are:
      | p | <p> |
    When executing query:
      """
      UNWIND [1, 2] AS x RETURN <function>(x, $p) AS y
      """
    Then an ArgumentError should be raised at runtime: NumberOutOfRange

    Examples:
      | function       | p     |
      | percentileDisc | 1.01  |
      | percentileDisc | -0.01 |
      | percentileCont | 2     |
      | percentileCont | -1    |

  Scenario: Expressions of aggregates and of grouping keys
    When executing query:
      """
      UNWIND [1, 2, 3, 4] AS x
      WITH x % 2 AS odd, x
      RETURN odd, max(x) - min(x) AS spread, {n: count(*), all: collect(x)} AS m, odd + count(*) AS o,
        CASE WHEN sum(x) > 5 THEN 'much' ELSE 'little' END AS size, [y IN collect(x) | y * 10] AS tens
      ORDER BY odd
      """
    Then the result should be, in order:
      | odd | spread | m                   | o | size     | tens     |
      | 0   | 2      | {n: 2, all: [2, 4]} | 2 | 'much'   | [20, 40] |
      | 1   | 2      | {n: 2, all: [1, 3]} | 3 | 'little' | [10, 30] |

  Scenario: The same aggregate twice and in the order
    When executing query:
      """
      UNWIND ['a', 'b', 'a'] AS x
      RETURN x, count(*) AS c, count(*) * 2 AS d ORDER BY count(*) DESC, x
      """
    Then the result should be, in order:
      | x   | c | d |
      | 'a' | 2 | 4 |
      | 'b' | 1 | 2 |

  Scenario: Aggregates of aggregates through WITH
    When executing query:
      """
      UNWIND [1, 1, 2] AS x
      WITH x, count(*) AS c
      WITH max(c) AS most, collect([x, c]) AS all
      RETURN most, size(all) AS groups
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: Aggregates of aggregates through WITH, named well
    When executing query:
      """
      UNWIND [1, 1, 2] AS x
      WITH x, count(*) AS c
      WITH max(c) AS most, collect([x, c]) AS pairs
      RETURN most, size(pairs) AS groups
      """
    Then the result should be, in any order:
      | most | groups |
      | 2    | 2      |

  Scenario Outline: Overflow
    When executing query:
      """
      UNWIND [9223372036854775807, 1] AS x RETURN <expression> AS y
      """
    Then an ArithmeticError should be raised at runtime: IntegerOverflow

    Examples:
      | expression |
      | sum(x)     |

  Scenario Outline: Where aggregates cannot stand
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                              | detail                         |
      | MATCH (n) WHERE count(n) > 1 RETURN n              | InvalidAggregation             |
      | MATCH (n {x: count(*)}) RETURN n                   | InvalidAggregation             |
      | UNWIND collect(1) AS x RETURN x                    | InvalidAggregation             |
      | MATCH (n) RETURN n ORDER BY count(*)               | InvalidAggregation             |
      | WITH 1 AS x WHERE sum(x) > 0 RETURN x              | InvalidAggregation             |
      | RETURN [x IN [1] \| count(x)] AS y                 | InvalidAggregation             |
      | RETURN [x IN [1] WHERE count(x) > 0] AS y          | InvalidAggregation             |
      | MATCH (n) RETURN [x IN n.l \| sum(x)] AS y         | InvalidAggregation             |
      | MATCH (n) RETURN [(n)-->(m) \| count(m)] AS y      | InvalidAggregation             |
      | MATCH (n) RETURN [(n)-->(m) WHERE count(m) > 1 \| 1] AS y | InvalidAggregation      |
      | MATCH (n) RETURN all(x IN n.l WHERE count(x) > 1) AS y | InvalidAggregation         |
      | RETURN 1 AS x LIMIT count(*)                       | InvalidAggregation             |
      | RETURN count(sum(1)) AS x                          | NestedAggregation              |
      | RETURN max(1 + count(*)) AS x                      | NestedAggregation              |
      | UNWIND [1] AS x RETURN x + count(*) AS y           | AmbiguousAggregationExpression |
      | MATCH (n) RETURN n.x + count(*) AS y               | AmbiguousAggregationExpression |
      | MATCH (n) RETURN n.x + 1, n.x + 1 + count(*)       | AmbiguousAggregationExpression |
      | WITH 1 AS a, 2 AS b RETURN a, count(*) + b AS y    | AmbiguousAggregationExpression |
      | RETURN sum(rand()) AS x                            | NonConstantExpression          |
      | RETURN count() AS x                                | InvalidNumberOfArguments       |
      | RETURN sum() AS x                                  | InvalidNumberOfArguments       |
      | RETURN count(1, 2) AS x                            | InvalidNumberOfArguments       |
      | RETURN percentileDisc(1) AS x                      | InvalidNumberOfArguments       |
      | RETURN sum(true) AS x                              | InvalidArgumentType            |
      | RETURN avg([1]) AS x                               | InvalidArgumentType            |
      | RETURN sum('a') AS x                               | InvalidArgumentType            |
      | RETURN abs(DISTINCT 1) AS x                        | UnexpectedSyntax               |
