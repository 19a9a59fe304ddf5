Feature: Paths of variable length

  # a -R-> b -R-> c, a -R-> b once more, c -L-> c
  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}),
        (a)-[:R {w: 1}]->(b), (a)-[:R {w: 2}]->(b), (b)-[:R {w: 3}]->(c), (c)-[:L {w: 4}]->(c)
      """

  Scenario: No bound at all
    When executing query:
      """
      MATCH (:A)-[r*]->(x) RETURN x.n AS n, [e IN r | e.w] AS ws ORDER BY size(ws), ws
      """
    Then the result should be, in order:
      | n | ws        |
      | 2 | [1]       |
      | 2 | [2]       |
      | 3 | [1, 3]    |
      | 3 | [2, 3]    |
      | 3 | [1, 3, 4] |
      | 3 | [2, 3, 4] |

  Scenario Outline: How many paths there are from one node
    When executing query:
      """
      MATCH (:A)-[r<bounds>]->(x) RETURN count(*) AS paths, min(size(r)) AS least, max(size(r)) AS most
      """
    Then the result should be, in any order:
      | paths   | least   | most   |
      | <paths> | <least> | <most> |

    Examples:
      | bounds    | paths | least | most |
      | *         | 6     | 1     | 3    |
      | *..       | 6     | 1     | 3    |
      | *0..      | 7     | 0     | 3    |
      | *0        | 1     | 0     | 0    |
      | *0..0     | 1     | 0     | 0    |
      | *..0      | 0     | null  | null |
      | *0..1     | 3     | 0     | 1    |
      | *1        | 2     | 1     | 1    |
      | *..2      | 4     | 1     | 2    |
      | *2        | 2     | 2     | 2    |
      | *2..      | 4     | 2     | 3    |
      | *2..1     | 0     | null  | null |
      | *3..3     | 2     | 3     | 3    |
      | *4..      | 0     | null  | null |
      | :R*       | 4     | 1     | 2    |
      | :R\|L*3   | 2     | 3     | 3    |
      | :L*       | 0     | null  | null |
      | :L*0..    | 1     | 0     | 0    |
      | * {w: 1}  | 1     | 1     | 1    |
      | :R*1..9 {w: 2} | 1 | 1     | 1    |

  Scenario Outline: Directions, with parallel relationships and a loop
    When executing query:
      """
      MATCH (c:C)<left>[r<bounds>]<right>(x) RETURN count(*) AS paths
      """
    Then the result should be, in any order:
      | paths   |
      | <paths> |

    Examples:
      | left | bounds | right | paths |
      | -    | *1     | ->    | 1     |
      | <-   | *1     | -     | 2     |
      | -    | *1     | -     | 2     |
      | <-   | *      | -     | 7     |
      | -    | *      | ->    | 1     |
      | -    | *      | -     | 11    |
      | -    | *0..1  | -     | 3     |
      | <-   | *0..2  | -     | 6     |

  Scenario: A relationship stands once in a path
    When executing query:
      """
      MATCH (a:A)-[r*]-(a) RETURN [e IN r | e.w] AS ws ORDER BY ws
      """
    Then the result should be, in order:
      | ws     |
      | [1, 2] |
      | [2, 1] |

  Scenario: A loop is walked once, without direction too
    When executing query:
      """
      MATCH (c:C)-[r:L]-(d) RETURN d.n AS n, r.w AS w
      """
    Then the result should be, in any order:
      | n | w |
      | 3 | 4 |

  Scenario: A bound list of relationships is followed in its order
    When executing query:
      """
      MATCH (:A)-[r*2]->(:C)
      WITH r
      MATCH (x)-[r*]->(y)
      RETURN x.n AS x, y.n AS y, r[0].w AS w ORDER BY w
      """
    Then the result should be, in order:
      | x | y | w |
      | 1 | 3 | 1 |
      | 1 | 3 | 2 |

  Scenario: A bound list of relationships against its order
    When executing query:
      """
      MATCH (:A)-[r*2]->(:C)
      WITH r
      MATCH (x)<-[r*]-(y)
      RETURN x, y
      """
    Then the result should be, in any order:
      | x | y |

  Scenario: Uniqueness holds inside one MATCH only
    When executing query:
      """
      MATCH (a)-[r]->(b), (c)-[s]->(d)
      WITH count(*) AS inside
      MATCH (a)-[r]->(b)
      MATCH (c)-[s]->(d)
      RETURN inside, count(*) AS across
      """
    Then the result should be, in any order:
      | inside | across |
      | 12     | 16     |

  Scenario: Uniqueness holds between a long and a short part
    When executing query:
      """
      MATCH (:A)-[r*1..2]->(x)<-[s]-(y) RETURN [e IN r | e.w] AS ws, s.w AS w ORDER BY ws, w
      """
    Then the result should be, in order:
      | ws     | w |
      | [1]    | 2 |
      | [1, 3] | 4 |
      | [2]    | 1 |
      | [2, 3] | 4 |

  Scenario: A path of one node
    When executing query:
      """
      MATCH p = (n:B) RETURN p, length(p) AS length, nodes(p) AS ns, relationships(p) AS rs
      """
    Then the result should be, in any order:
      | p             | length | ns            | rs |
      | <(:B {n: 2})> | 0      | [(:B {n: 2})] | [] |

  Scenario: A path of no relationships ends where it starts
    When executing query:
      """
      MATCH p = (a:A)-[*0..0]-(b) RETURN p, a = b AS same
      """
    Then the result should be, in any order:
      | p             | same |
      | <(:A {n: 1})> | true |

  Scenario: A path keeps the way in which it was walked
    When executing query:
      """
      MATCH p = (:C)<-[:R]-()<-[:R {w: 2}]-(:A) RETURN p, [n IN nodes(p) | n.n] AS ns
      """
    Then the result should be, in any order:
      | p                                                                          | ns        |
      | <(:C {n: 3})<-[:R {w: 3}]-(:B {n: 2})<-[:R {w: 2}]-(:A {n: 1})> | [3, 2, 1] |

  Scenario: Paths are equal when they are walked alike
    When executing query:
      """
      MATCH p = (:A)-[{w: 1}]->()
      MATCH q = (:B)<-[{w: 2}]-()
      MATCH o = (:A)-[{w: 1}]->()
      MATCH t = (:B)<-[{w: 1}]-()
      RETURN p = o AS same, p = q AS other, o = t AS turned, nodes(o) = reverse(nodes(t)) AS nodes
      """
    Then the result should be, in any order:
      | same | other | turned | nodes |
      | true | false | false  | true  |

  Scenario: An end that is bound already
    When executing query:
      """
      MATCH (a:A), (c:C)
      OPTIONAL MATCH (c)-[r*]->(a)
      OPTIONAL MATCH (a)-[s*2]->(c)
      RETURN r, count(s) AS ways
      """
    Then the result should be, in any order:
      | r    | ways |
      | null | 2    |

  Scenario Outline: Bounds that are none
    When executing query:
      """
      MATCH (a)-[:R<bounds>]->(b) RETURN a
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | bounds  | detail                     |
      | *-1     | InvalidRelationshipPattern |
      | *-2..1  | InvalidRelationshipPattern |
      | *1..-2  | InvalidRelationshipPattern |
      | *x      | UnexpectedSyntax           |
      | 1..2    | UnexpectedSyntax           |
      | **      | UnexpectedSyntax           |
