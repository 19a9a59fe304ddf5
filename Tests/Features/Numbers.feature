Feature: Numbers and their literals

  Background:
    Given any graph

  Scenario Outline: Literals
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression              | value                  |
      | 0                       | 0                      |
      | 007                     | 7                      |
      | -0                      | 0                      |
      | 0x0                     | 0                      |
      | 0XfF                    | 255                    |
      | -0x10                   | -16                    |
      | 0o17                    | 15                     |
      | -0o7                    | -7                     |
      | 0x7FFFFFFFFFFFFFFF      | 9223372036854775807    |
      | -0x8000000000000000     | -9223372036854775808   |
      | 0o777777777777777777777 | 9223372036854775807    |
      | 9223372036854775807     | 9223372036854775807    |
      | -9223372036854775808    | -9223372036854775808   |
      | .5                      | 0.5                    |
      | 1.0                     | 1.0                    |
      | 1e3                     | 1000.0                 |
      | 1E+3                    | 1000.0                 |
      | 1.5e-3                  | 0.0015                 |
      | -.5e1                   | -5.0                   |
      | 1e-400                  | 0.0                    |
      | 1.7976931348623157E308  | 1.7976931348623157e308 |

  Scenario Outline: Arithmetic
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                  | value                   |
      | 2 + 3 * 4                   | 14                      |
      | (2 + 3) * 4                 | 20                      |
      | 10 - 3 - 2                  | 5                       |
      | 100 / 10 / 2                | 5                       |
      | 7 % 4 * 2                   | 6                       |
      | 2 ^ 3 ^ 2                   | 64.0                    |
      | -2 ^ 2                      | 4.0                     |
      | 2 * 3 ^ 2                   | 18.0                    |
      | 2 ^ -1                      | 0.5                     |
      | - -3                        | 3                       |
      | 1 - -1                      | 2                       |
      | 1 + -2 * -3                 | 7                       |
      | 7 / 2                       | 3                       |
      | -7 / 2                      | -3                      |
      | 7 / -2                      | -3                      |
      | 7 % -3                      | 1                       |
      | -7 % 3                      | -1                      |
      | 7 / 2.0                     | 3.5                     |
      | 7.5 % 2                     | 1.5                     |
      | 1 + 1.0                     | 2.0                     |
      | 1 / 0.0                     | Inf                     |
      | -1 / 0.0                    | -Inf                    |
      | 0.0 / 0.0                   | NaN                     |
      | 5 % 0.0                     | NaN                     |
      | 1.7976931348623157e308 * 10 | Inf                     |
      | null + 1                    | null                    |
      | -null                       | null                    |
      | 1 / null                    | null                    |
      | null % 0                    | null                    |
      | 9223372036854775807 + 1.0   | 9.223372036854775807e18 |
      | -9223372036854775808 % -1   | 0                       |

  Scenario Outline: Functions
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                       | value    |
      | abs(-3)                          | 3        |
      | abs(-0.5)                        | 0.5      |
      | sign(-3)                         | -1       |
      | sign(0.0)                        | 0        |
      | sign(2.5)                        | 1        |
      | ceil(1.2)                        | 2.0      |
      | ceil(-1.2)                       | -1.0     |
      | floor(-1.2)                      | -2.0     |
      | floor(3)                         | 3.0      |
      | round(1.5)                       | 2.0      |
      | round(2.5)                       | 3.0      |
      | round(-2.6)                      | -3.0     |
      | sqrt(4)                          | 2.0      |
      | sqrt(-1)                         | NaN      |
      | exp(0)                           | 1.0      |
      | log(1)                           | 0.0      |
      | log(0)                           | -Inf     |
      | log10(1000)                      | 3.0      |
      | sin(0)                           | 0.0      |
      | cos(0)                           | 1.0      |
      | atan2(0, 1)                      | 0.0      |
      | degrees(pi())                    | 180.0    |
      | abs(null)                        | null     |
      | sqrt(null)                       | null     |
      | toInteger(2.9)                   | 2        |
      | toInteger(-2.9)                  | -2       |
      | toInteger('42')                  | 42       |
      | toInteger('2.9')                 | 2        |
      | toInteger('abc')                 | null     |
      | toInteger('')                    | null     |
      | toInteger('9223372036854775808') | null     |
      | toFloat('1e3')                   | 1000.0   |
      | toFloat('.5')                    | 0.5      |
      | toFloat(3)                       | 3.0      |
      | toFloat('1.5x')                  | null     |
      | toBoolean('TRUE')                | true     |
      | toBoolean('no')                  | null     |
      | toString(1.0)                    | '1.0'    |
      | toString(-0.0)                   | '-0.0'   |
      | toString(1e20)                   | '1.0E20' |
      | toString(true)                   | 'true'   |
      | toString(null)                   | null     |
      | rand() < 1                       | true     |

  Scenario Outline: Integers that do not fit
    When executing query:
      """
      <query>
      """
    Then an ArithmeticError should be raised at runtime: <detail>

    Examples:
      | query                                 | detail          |
      | RETURN 9223372036854775807 + 1 AS x   | IntegerOverflow |
      | RETURN -9223372036854775808 - 1 AS x  | IntegerOverflow |
      | RETURN 9223372036854775807 * 2 AS x   | IntegerOverflow |
      | RETURN -(-9223372036854775808) AS x   | IntegerOverflow |
      | RETURN -9223372036854775808 / -1 AS x | IntegerOverflow |
      | RETURN abs(-9223372036854775808) AS x | IntegerOverflow |
      | RETURN 1 / 0 AS x                     | DivisionByZero  |
      | RETURN 1 % 0 AS x                     | DivisionByZero  |
      | WITH 0 AS zero RETURN 1 / zero AS x   | DivisionByZero  |

  Scenario Outline: Literals that are none
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                | detail                |
      | RETURN 9223372036854775808 AS x      | IntegerOverflow       |
      | RETURN -9223372036854775809 AS x     | IntegerOverflow       |
      | RETURN 0x8000000000000000 AS x       | IntegerOverflow       |
      | RETURN 0o1000000000000000000000 AS x | IntegerOverflow       |
      | RETURN 1e309 AS x                    | FloatingPointOverflow |
      | RETURN -1.5E400 AS x                 | FloatingPointOverflow |
      | RETURN 0x AS x                       | InvalidNumberLiteral  |
      | RETURN 0xG AS x                      | InvalidNumberLiteral  |
      | RETURN 0o8 AS x                      | InvalidNumberLiteral  |
      | RETURN 1a AS x                       | InvalidNumberLiteral  |
      | RETURN 1.5e AS x                     | InvalidNumberLiteral  |
      | RETURN 12_3z AS x                    | InvalidNumberLiteral  |

  Scenario Outline: Wrong types that show before any row
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                   | detail                   |
      | RETURN 'a' * 2 AS x     | InvalidArgumentType      |
      | RETURN 'a' - 'b' AS x   | InvalidArgumentType      |
      | RETURN true + 1 AS x    | InvalidArgumentType      |
      | RETURN {} + {} AS x     | InvalidArgumentType      |
      | RETURN [1] - 1 AS x     | InvalidArgumentType      |
      | RETURN -'a' AS x        | InvalidArgumentType      |
      | RETURN 2 ^ true AS x    | InvalidArgumentType      |
      | RETURN abs('1') AS x    | InvalidArgumentType      |
      | RETURN sqrt(true) AS x  | InvalidArgumentType      |
      | RETURN abs(1, 2) AS x   | InvalidNumberOfArguments |
      | RETURN pi(1) AS x       | InvalidNumberOfArguments |
      | RETURN absolute(1) AS x | UnknownFunction          |
      | RETURN math.abs(1) AS x | UnknownFunction          |

  Scenario Outline: Conversions of what cannot be converted
    When executing query:
      """
      <query>
      """
    Then a TypeError should be raised at runtime: <detail>

    Examples:
      | query                                                     | detail               |
      | WITH [1, true] AS l RETURN [x IN l \| toInteger(x)] AS y  | InvalidArgumentValue |
      | WITH [1, []] AS l RETURN [x IN l \| toFloat(x)] AS y      | InvalidArgumentValue |
      | WITH [true, 1.5] AS l RETURN [x IN l \| toBoolean(x)] AS y | InvalidArgumentValue |
      | WITH ['a', {}] AS l RETURN [x IN l \| toString(x)] AS y   | InvalidArgumentValue |
