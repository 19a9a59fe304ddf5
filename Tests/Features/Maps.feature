Feature: Maps

  Background:
    Given any graph

  Scenario Outline: Access
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                  | value         |
      | {a: 1}.a                    | 1             |
      | {a: 1}.b                    | null          |
      | {a: 1}.A                    | null          |
      | {a: null}.a                 | null          |
      | {a: {b: {c: 1}}}.a.b.c      | 1             |
      | {a: {b: 1}}.x.b             | null          |
      | {`a b`: 1}.`a b`            | 1             |
      | {null: 1, return: 2}.return | 2             |
      | null.a                      | null          |
      | {a: 1}['a']                 | 1             |
      | {a: 1}['A']                 | null          |
      | {a: 1}[null]                | null          |
      | null['a']                   | null          |
      | {a: 1}['' + 'a']            | 1             |
      | {a: [1, {b: 2}]}.a[1].b     | 2             |
      | keys({b: 1, a: null})       | ['b', 'a']    |
      | keys({})                    | []            |
      | keys(null)                  | null          |
      | size(keys({a: 1, b: 2}))    | 2             |
      | properties({a: 1})          | {a: 1}        |
      | exists({a: 1}.a)            | true          |
      | exists({a: null}.a)         | false         |
      | {a: 1, b: {}}               | {b: {}, a: 1} |

  Scenario Outline: Equality
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                        | value |
      | {} = {}                           | true  |
      | {a: 1, b: 2} = {b: 2.0, a: 1}     | true  |
      | {a: 1} = {b: 1}                   | false |
      | {a: 1} = {a: 1, b: null}          | false |
      | {a: null} = {a: null}             | null  |
      | {a: null} = {b: null}             | false |
      | {a: null, b: 1} = {a: null, b: 2} | false |
      | {a: 1} <> {a: '1'}                | true  |
      | {a: 1} = 1                        | false |
      | {a: 1} < {a: 2}                   | null  |

  Scenario Outline: Keys that are no strings
    When executing query:
      """
      <query>
      """
    Then a TypeError should be raised at runtime: <detail>

    Examples:
      | query                                | detail                      |
      | WITH {a: 1} AS m RETURN m[0] AS x    | MapElementAccessByNonString |
      | WITH {a: 1} AS m RETURN m[true] AS x | MapElementAccessByNonString |

  Scenario Outline: Keys of what has none
    When executing query:
      """
      <query>
      """
    Then a TypeError should be raised at compile time: <detail>

    Examples:
      | query                    | detail              |
      | RETURN 'a'.b AS x        | InvalidArgumentType |
      | WITH 1 AS x RETURN x.y   | InvalidArgumentType |
      | WITH [1] AS x RETURN x.y | InvalidArgumentType |
      | WITH 1.5 AS x RETURN x.y | InvalidArgumentType |

  Scenario Outline: Maps that are none
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                       | detail              |
      | RETURN {1: 2} AS x          | UnexpectedSyntax    |
      | RETURN {'a': 2} AS x        | UnexpectedSyntax    |
      | RETURN {a} AS x             | UnexpectedSyntax    |
      | RETURN {a: } AS x           | UnexpectedSyntax    |
      | RETURN {a: 1, } AS x        | UnexpectedSyntax    |
      | RETURN {a: 1 b: 2} AS x     | UnexpectedSyntax    |
      | RETURN {a: b} AS x          | UndefinedVariable   |
      | RETURN keys(1) AS x         | InvalidArgumentType |
      | RETURN keys([]) AS x        | InvalidArgumentType |
      | RETURN properties('a') AS x | InvalidArgumentType |
