Feature: DELETE and DETACH DELETE

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {n: 1}]->(b:B {n: 2})-[:R {n: 2}]->(c:C {n: 3})
      """

  Scenario: A path goes with all its elements
    When executing query:
      """
      MATCH p = (:A)-[*]->(:C) DELETE p
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 3 |
      | -relationships | 2 |
      | -labels        | 3 |
      | -properties    | 5 |

  Scenario: Elements of lists and maps
    When executing query:
      """
      MATCH (a:A)-[r]->(b:B)-[s]->(c:C)
      WITH [r, {inner: [a]}] AS things, {s: s, nodes: [b, c]} AS more
      DELETE things[0], more.s, things[1].inner[0], more['nodes'][0], more.nodes[-1]
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 3 |
      | -relationships | 2 |
      | -labels        | 3 |
      | -properties    | 5 |

  Scenario Outline: Nothing happens for null
    When executing query:
      """
      <query>
      """
    Then the result should be empty
    And no side effects

    Examples:
      | query                                        |
      | DELETE null                                  |
      | DETACH DELETE null                           |
      | OPTIONAL MATCH (x:Missing) DELETE x          |
      | OPTIONAL MATCH (x:Missing)-[r]->() DELETE r, x |
      | OPTIONAL MATCH p = (:Missing)-->() DETACH DELETE p |
      | UNWIND [null, null] AS x DELETE x            |

  Scenario: Rows go on behind a deletion
    When executing query:
      """
      MATCH (a:A)-[r]->(b)
      DETACH DELETE a
      WITH b
      MATCH (b)-[s]-(other)
      RETURN b.n AS b, s.n AS s, other.n AS other
      """
    Then the result should be, in any order:
      | b | s | other |
      | 2 | 2 | 3     |
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 1 |
      | -labels        | 1 |
      | -properties    | 2 |

  Scenario: The same element in several rows
    When executing query:
      """
      MATCH (b:B) UNWIND [1, 2, 3] AS i DETACH DELETE b RETURN count(*) AS rows
      """
    Then the result should be, in any order:
      | rows |
      | 3    |
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 2 |
      | -labels        | 1 |
      | -properties    | 3 |

  Scenario: The order of the expressions does not matter
    When executing query:
      """
      MATCH (a:A)-[r]->() DELETE a, r
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 1 |
      | -labels        | 1 |
      | -properties    | 2 |

  Scenario: The type of a deleted relationship is known
    When executing query:
      """
      MATCH (:A)-[r]->() DELETE r RETURN type(r) AS type
      """
    Then the result should be, in any order:
      | type |
      | 'R'  |
    And the side effects should be:
      | -relationships | 1 |
      | -properties    | 1 |

  Scenario: What a projection kept from a node outlives it
    When executing query:
      """
      MATCH (b:B) WITH b, b.n AS n, labels(b) AS labels DETACH DELETE b RETURN n, labels
      """
    Then the result should be, in any order:
      | n | labels |
      | 2 | ['B']  |
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 2 |
      | -labels        | 1 |
      | -properties    | 3 |

  Scenario: A node with relationships stays, and so does everything else
    When executing query:
      """
      MATCH (n) SET n.touched = true WITH n WHERE n:C DELETE n
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode

  Scenario Outline: Reading what was deleted
    When executing query:
      """
      <query>
      """
    Then an EntityNotFound should be raised at runtime: DeletedEntityAccess

    Examples:
      | query                                              |
      | MATCH (a:A) DETACH DELETE a RETURN a.n             |
      | MATCH (a:A) DETACH DELETE a RETURN labels(a)       |
      | MATCH ()-[r]->() DELETE r RETURN r.n               |
      | MATCH (a:A) DETACH DELETE a WITH a WHERE a.n = 1 RETURN 1 |

  Scenario Outline: What cannot be deleted
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                           | detail              |
      | MATCH (a) DELETE a:A            | InvalidDelete       |
      | MATCH ()-[r]->() DELETE r:R     | InvalidDelete       |
      | DELETE 1                        | InvalidArgumentType |
      | DELETE 'a' + 'b'                | InvalidArgumentType |
      | WITH true AS x DELETE x         | InvalidArgumentType |
      | MATCH (a) DELETE [a]            | InvalidArgumentType |
      | MATCH (a) DELETE {a: a}         | InvalidArgumentType |
      | MATCH (a) DELETE b              | UndefinedVariable   |
      | MATCH (a) DELETE count(a)       | InvalidAggregation  |
      | MATCH (a) DELETE                | UnexpectedSyntax    |
