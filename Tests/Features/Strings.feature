Feature: Strings and names

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
      | expression         | value              |
      | 'it\'s'            | 'it\'s'            |
      | "it's"             | 'it\'s'            |
      | "say \"x\""        | 'say "x"'          |
      | 'a\\b'             | 'a\\b'             |
      | '\u00e9' = 'é'     | true               |
      | '\U0001F600'       | '😀'                |
      | '\uD83D\uDE00'     | '😀'                |
      | ''                 | ''                 |
      | '// no comment'    | '// no comment'    |
      | '/* no comment */' | '/* no comment */' |
      | size('\t\n\r\b\f') | 5                  |

  Scenario Outline: Functions
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                | value               |
      | size('añ😀')               | 3                   |
      | size('e\u0301')           | 2                   |
      | reverse('ab😀')            | '😀ba'               |
      | substring('hello', 1)     | 'ello'              |
      | substring('hello', 1, 3)  | 'ell'               |
      | substring('hello', 5)     | ''                  |
      | substring('hello', 9)     | ''                  |
      | substring('hello', 3, 9)  | 'lo'                |
      | substring('a😀b', 1, 1)    | '😀'                 |
      | substring(null, 1)        | null                |
      | left('hello', 2)          | 'he'                |
      | left('hello', 9)          | 'hello'             |
      | left('hello', 0)          | ''                  |
      | right('hello', 2)         | 'lo'                |
      | right('hello', 9)         | 'hello'             |
      | left(null, 1)             | null                |
      | split('a,b,,c', ',')      | ['a', 'b', '', 'c'] |
      | split('', ',')            | ['']                |
      | split('abc', 'x')         | ['abc']             |
      | split(null, ',')          | null                |
      | split('a', null)          | null                |
      | replace('aaa', 'aa', 'b') | 'ba'                |
      | replace('abc', 'x', 'y')  | 'abc'               |
      | replace(null, 'a', 'b')   | null                |
      | trim('  a b ')            | 'a b'               |
      | lTrim('  a ')             | 'a '                |
      | rTrim(' a  ')             | ' a'                |
      | toUpper('aéß')            | 'AÉSS'              |
      | toLower('ÀB')             | 'àb'                |
      | toUpper(null)             | null                |
      | 'a' + 'b'                 | 'ab'                |
      | 'a' + 1                   | 'a1'                |
      | 1.5 + 'a'                 | '1.5a'              |
      | 'a' + null                | null                |

  Scenario Outline: Searches
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                   | value |
      | 'hello' STARTS WITH 'he'     | true  |
      | 'hello' STARTS WITH ''       | true  |
      | 'hello' STARTS WITH 'hello!' | false |
      | 'hello' ENDS WITH 'lo'       | true  |
      | 'hello' CONTAINS 'ell'       | true  |
      | 'hello' CONTAINS 'ELL'       | false |
      | '' CONTAINS ''               | true  |
      | null STARTS WITH 'a'         | null  |
      | 'a' ENDS WITH null           | null  |
      | '1' CONTAINS 1               | null  |
      | 1 STARTS WITH '1'            | null  |
      | 'a' + 'b' STARTS WITH 'ab'   | true  |
      | NOT 'a' CONTAINS 'b'         | true  |
      | 'abc' STARTS WITH 'a' = true | true  |
      | 'é' CONTAINS 'e'             | false |
      | 'hello' =~ 'h.*o'            | true  |
      | 'hello' =~ 'ell'             | false |
      | null =~ 'a'                  | null  |

  Scenario Outline: Parts that cannot be
    When executing query:
      """
      <query>
      """
    Then an ArgumentError should be raised at runtime: <detail>

    Examples:
      | query                             | detail           |
      | RETURN substring('a', -1) AS x    | NumberOutOfRange |
      | RETURN substring('a', 0, -1) AS x | NumberOutOfRange |
      | RETURN left('a', -1) AS x         | NumberOutOfRange |
      | RETURN right('a', -1) AS x        | NumberOutOfRange |

  Scenario Outline: What is no text
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                           | detail                   |
      | RETURN 'abc AS x                | UnexpectedSyntax         |
      | RETURN "abc' AS x               | UnexpectedSyntax         |
      | RETURN '\x' AS x                | UnexpectedSyntax         |
      | RETURN '\u12' AS x              | InvalidUnicodeLiteral    |
      | RETURN '\uD83D' AS x            | InvalidUnicodeLiteral    |
      | RETURN '\U00110000' AS x        | InvalidUnicodeLiteral    |
      | RETURN 1 – 1 AS x               | InvalidUnicodeCharacter  |
      | RETURN 1 /* open AS x           | UnexpectedSyntax         |
      | RETURN toUpper(1) AS x          | InvalidArgumentType      |
      | RETURN trim([]) AS x            | InvalidArgumentType      |
      | RETURN split(1, ',') AS x       | InvalidArgumentType      |
      | RETURN substring('a') AS x      | InvalidNumberOfArguments |
      | RETURN substring('a', 'b') AS x | InvalidArgumentType      |
      | RETURN left('a', 1.5) AS x      | InvalidArgumentType      |
      | RETURN reverse(1) AS x          | InvalidArgumentType      |
      | RETURN 1 AS 1x                  | UnexpectedSyntax         |
      | RETURN 1 AS 'x'                 | UnexpectedSyntax         |
      | RETURN 1 AS return              | UnexpectedSyntax         |
      | RETURN 1 AS null                | UnexpectedSyntax         |

  Scenario: Names of all kinds
    When executing query:
      """
      /* a comment */ WITH 1 AS `a b`, 2 AS `x``y`, 3 AS été, 4 AS _u, // to the end of the line
        5 AS count, 6 AS any, {match: 7} AS m /* another */
      RETURN `a b`, `x``y`, été AS `Été`, `_u`, count, any, m.match AS match_, count(*) AS rows;
      """
    Then the result should be, in any order:
      | a b | x`y | Été | _u | count | any | match_ | rows |
      | 1   | 2   | 3   | 4  | 5     | 6   | 7      | 1    |

  Scenario: Columns are named as they are written
    When executing query:
      """
      rEtUrN 1+1, 1  +  1, [1,2][ 0 ], {a: 1}.a, not true, Count( * )
      """
    Then the result should be, in any order:
      | 1+1 | 1  +  1 | [1,2][ 0 ] | {a: 1}.a | not true | Count( * ) |
      | 2   | 2       | 1          | 1        | false    | 1          |
