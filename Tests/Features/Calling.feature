Feature: CALL

  Background:
    Given an empty graph
    And there exists a procedure sdn.owners(company :: STRING?, least :: INTEGER?) :: (name :: STRING?, share :: INTEGER?):
      | company | least | name  | share |
      | 'Acme'  | 10    | 'Ann' | 60    |
      | 'Acme'  | 10    | 'Bob' | 40    |
      | 'Acme'  | 50    | 'Ann' | 60    |
      | null    | null  | null  | 0     |
    And there exists a procedure sdn.lists() :: (list :: STRING?):
      | list |
      | 'EU' |
      | 'UN' |
    And there exists a procedure sdn.touch() :: ():
      | |
    And there exists a procedure sdn.round(value :: FLOAT?) :: (text :: STRING?):
      | value | text   |
      | 2.0   | 'two'  |
      | null  | 'none' |
    And there exists a procedure sdn.kind(value :: NUMBER?) :: (kind :: STRING?):
      | value | kind    |
      | 1     | 'whole' |
      | 1.5   | 'part'  |

  Scenario: Alone, with all result fields
    When executing query:
      """
      CALL sdn.owners('Acme', 10)
      """
    Then the result should be, in order:
      | name  | share |
      | 'Ann' | 60    |
      | 'Bob' | 40    |
    And no side effects

  Scenario Outline: Alone, with some result fields
    When executing query:
      """
      CALL sdn.owners('Acme', 50) YIELD <yield>
      """
    Then the result should be, in order:
      | <columns> |
      | <row>     |

    Examples:
      | yield                   | columns | row   |
      | name                    | name    | 'Ann' |
      | share                   | share   | 60    |
      | share AS name           | name    | 60    |
      | name AS `the name`      | the name | 'Ann' |

  Scenario: Alone, with arguments from parameters
    And parameters are:
      | company | 'Acme' |
      | least   | 50     |
    When executing query:
      """
      CALL sdn.owners
      """
    Then the result should be, in order:
      | name  | share |
      | 'Ann' | 60    |

  Scenario: Once for each row
    When executing query:
      """
      UNWIND [50, 10, 99] AS least
      CALL sdn.owners('Acme', least) YIELD name AS owner, share
      RETURN least, owner, share ORDER BY least, share
      """
    Then the result should be, in order:
      | least | owner | share |
      | 10    | 'Bob' | 40    |
      | 10    | 'Ann' | 60    |
      | 50    | 'Ann' | 60    |

  Scenario: A condition on the fields
    When executing query:
      """
      WITH 50 AS x CALL sdn.owners('Acme', 10) YIELD name, share WHERE share < x RETURN name
      """
    Then the result should be, in any order:
      | name  |
      | 'Bob' |

  Scenario: Null is an argument like others
    When executing query:
      """
      OPTIONAL MATCH (n:Missing) CALL sdn.owners(n.name, null) YIELD name, share RETURN name, share
      """
    Then the result should be, in any order:
      | name | share |
      | null | 0     |

  Scenario: A procedure without fields keeps the rows
    When executing query:
      """
      UNWIND [1, 2] AS x CALL sdn.touch() RETURN x
      """
    Then the result should be, in order:
      | x |
      | 1 |
      | 2 |

  Scenario Outline: Nothing to return
    When executing query:
      """
      <query>
      """
    Then the result should be empty
    And no side effects

    Examples:
      | query                        |
      | CALL sdn.touch()             |
      | CALL sdn.touch               |
      | UNWIND [1] AS x CALL sdn.touch() |

  Scenario Outline: Numbers where numbers are wanted
    And parameters are:
      | whole | 2 |
      | part  | 1.5 |
    When executing query:
      """
      <call> AS answer RETURN answer
      """
    Then the result should be, in any order:
      | answer   |
      | <answer> |

    Examples:
      | call                                                        | answer  |
      | CALL sdn.round(2.0) YIELD text                              | 'two'   |
      | CALL sdn.round(2) YIELD text                                | 'two'   |
      | CALL sdn.round(1 + 1) YIELD text                            | 'two'   |
      | CALL sdn.round($whole) YIELD text                           | 'two'   |
      | UNWIND [2] AS x CALL sdn.round(x) YIELD text                | 'two'   |
      | CALL sdn.round(null) YIELD text                             | 'none'  |
      | CALL sdn.kind(1) YIELD kind                                 | 'whole' |
      | CALL sdn.kind($part) YIELD kind                             | 'part'  |

  Scenario: Two calls, other clauses between
    When executing query:
      """
      CALL sdn.lists() YIELD list
      WITH list ORDER BY list DESC LIMIT 1
      CALL sdn.owners('Acme', 50) YIELD name
      CREATE (n:Found {list: list, name: name})
      RETURN n
      """
    Then the result should be, in any order:
      | n                                   |
      | (:Found {list: 'UN', name: 'Ann'})  |

  Scenario: In a union
    When executing query:
      """
      CALL sdn.lists() YIELD list RETURN list
      UNION
      CALL sdn.lists() YIELD list RETURN list
      """
    Then the result should be, in any order:
      | list |
      | 'EU' |
      | 'UN' |

  Scenario Outline: Values of the wrong type that only the rows show
    And parameters are:
      | company | 7 |
      | least   | 1 |
    When executing query:
      """
      <query>
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

    Examples:
      | query                                                                      |
      | CALL sdn.owners                                                            |
      | CALL sdn.owners($company, 1)                                               |
      | UNWIND ['a', 1] AS x CALL sdn.owners('Acme', x) YIELD name RETURN name     |
      | UNWIND [1.5, 'a'] AS x CALL sdn.round(x) YIELD text RETURN text            |

  Scenario Outline: Calls that cannot be
    When executing query:
      """
      <query>
      """
    Then a <type> should be raised at compile time: <detail>

    Examples:
      | query                                                          | type           | detail                   |
      | CALL sdn.missing()                                             | ProcedureError | ProcedureNotFound        |
      | CALL sdn.missing() YIELD x RETURN x                            | ProcedureError | ProcedureNotFound        |
      | CALL sdn.owners('Acme')                                        | SyntaxError    | InvalidNumberOfArguments |
      | CALL sdn.lists(1) YIELD list RETURN list                       | SyntaxError    | InvalidNumberOfArguments |
      | CALL sdn.owners(1, 1)                                          | SyntaxError    | InvalidArgumentType      |
      | CALL sdn.owners('Acme', 1.0) YIELD name RETURN name            | SyntaxError    | InvalidArgumentType      |
      | WITH [1] AS l CALL sdn.owners('Acme', l) YIELD name RETURN name | SyntaxError   | InvalidArgumentType      |
      | CALL sdn.round('2')                                            | SyntaxError    | InvalidArgumentType      |
      | CALL sdn.kind(true)                                            | SyntaxError    | InvalidArgumentType      |
      | CALL sdn.owners YIELD name RETURN name                         | SyntaxError    | InvalidArgumentPassingMode |
      | UNWIND [1] AS x CALL sdn.lists YIELD list RETURN x             | SyntaxError    | InvalidArgumentPassingMode |
      | CALL sdn.lists() YIELD * RETURN list                           | SyntaxError    | UnexpectedSyntax         |
      | CALL sdn.lists() RETURN list                                   | SyntaxError    | UndefinedVariable        |
      | CALL sdn.owners('Acme', 1) YIELD name RETURN share             | SyntaxError    | UndefinedVariable        |
      | CALL sdn.owners(x, 1) YIELD name RETURN name                   | SyntaxError    | UndefinedVariable        |
      | WITH 1 AS list CALL sdn.lists() YIELD list RETURN list         | SyntaxError    | VariableAlreadyBound     |
      | CALL sdn.owners('Acme', 1) YIELD name AS x, share AS x RETURN x | SyntaxError   | VariableAlreadyBound     |
      | UNWIND [1] AS x CALL sdn.owners('Acme', count(x)) YIELD name RETURN name | SyntaxError | InvalidAggregation |
      | CALL sdn.owners                                                | ParameterMissing | MissingParameter       |
