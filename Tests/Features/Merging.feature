Feature: MERGE

  Background:
    Given an empty graph

  Scenario: Each row sees what the rows before it made
    When executing query:
      """
      UNWIND ['Ann', 'Bob', 'Ann', 'Cem', 'Ann'] AS name
      MERGE (p:Person {name: name})
        ON CREATE SET p.seen = 1
        ON MATCH SET p.seen = p.seen + 1
      WITH DISTINCT p
      RETURN p.name AS name, p.seen AS seen
      """
    Then the result should be, in any order:
      | name  | seen |
      | 'Ann' | 3    |
      | 'Bob' | 1    |
      | 'Cem' | 1    |
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 6 |

  Scenario: A path is made whole where a part of it is missing
    And having executed:
      """
      CREATE (:Company {name: 'Acme'})
      """
    When executing query:
      """
      MERGE (c:Company {name: 'Acme'})-[:LISTED_BY]->(l:List {name: 'OFAC'})
      RETURN count(c) AS paths
      """
    Then the result should be, in any order:
      | paths |
      | 1     |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 1 |
      | +properties    | 2 |

  Scenario: A bound end is not made again
    And having executed:
      """
      CREATE (:Company {name: 'Acme'}), (:Company {name: 'Bolt'})
      """
    When executing query:
      """
      MATCH (c:Company)
      MERGE (c)-[:LISTED_BY]->(l:List {name: 'OFAC'})
      RETURN count(DISTINCT l) AS lists
      """
    Then the result should be, in any order:
      | lists |
      | 2     |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 2 |
      | +labels        | 1 |
      | +properties    | 2 |

  Scenario: Two bound ends share one node that was merged before
    And having executed:
      """
      CREATE (:Company {name: 'Acme'}), (:Company {name: 'Bolt'})
      """
    When executing query:
      """
      MATCH (c:Company)
      MERGE (l:List {name: 'OFAC'})
      MERGE (c)-[:LISTED_BY]->(l)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 1 |
      | +relationships | 2 |
      | +labels        | 1 |
      | +properties    | 1 |

  Scenario: Without a direction a relationship is found either way
    And having executed:
      """
      CREATE (:P {n: 1})-[:KNOWS]->(:P {n: 2})
      """
    When executing query:
      """
      MATCH (b:P {n: 2}), (a:P {n: 1})
      MERGE (b)-[k:KNOWS]-(a)
      RETURN startNode(k) = a AS fromOne
      """
    Then the result should be, in any order:
      | fromOne |
      | true    |
    And no side effects

  Scenario: Without a direction a relationship is made from left to right
    And having executed:
      """
      CREATE (:P {n: 1}), (:P {n: 2})
      """
    When executing query:
      """
      MATCH (b:P {n: 2}), (a:P {n: 1})
      MERGE (b)-[k:KNOWS]-(a)
      RETURN startNode(k).n AS start
      """
    Then the result should be, in any order:
      | start |
      | 2     |
    And the side effects should be:
      | +relationships | 1 |

  Scenario: An arrow to the left starts at the right end
    And having executed:
      """
      CREATE (:P {n: 1}), (:P {n: 2})
      """
    When executing query:
      """
      MATCH (b:P {n: 2}), (a:P {n: 1})
      MERGE (b)<-[k:KNOWS]-(a)
      RETURN startNode(k).n AS start, endNode(k).n AS last
      """
    Then the result should be, in any order:
      | start | last |
      | 1     | 2    |
    And the side effects should be:
      | +relationships | 1 |

  Scenario: The same relationship in two rows without direction is made once
    When executing query:
      """
      UNWIND [[1, 2], [2, 1]] AS pair
      MERGE (a:P {n: pair[0]})
      MERGE (b:P {n: pair[1]})
      MERGE (a)-[:KNOWS]-(b)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 1 |
      | +properties    | 2 |

  Scenario: All matches of a pattern are rows
    And having executed:
      """
      CREATE (:P {n: 1}), (:P {n: 2}), (:P {n: 3})
      """
    When executing query:
      """
      MERGE (p:P) ON CREATE SET p.made = true ON MATCH SET p.found = true
      RETURN p.n AS n, p.found AS found, p.made AS made ORDER BY n
      """
    Then the result should be, in order:
      | n | found | made |
      | 1 | true  | null |
      | 2 | true  | null |
      | 3 | true  | null |
    And the side effects should be:
      | +properties | 3 |

  Scenario: A loop is found in the graph and else made
    And having executed:
      """
      CREATE (a:A)-[:SELF]->(a), (:A)
      """
    When executing query:
      """
      MATCH (a:A)
      MERGE (a)-[s:SELF]->(a)
      RETURN count(DISTINCT s) AS loops
      """
    Then the result should be, in any order:
      | loops |
      | 2     |
    And the side effects should be:
      | +relationships | 1 |

  Scenario: A named path of a merge
    When executing query:
      """
      MERGE path = (:A {x: 1})-[:T]->(:B)
      RETURN path, length(path) AS length
      """
    Then the result should be, in any order:
      | path                        | length |
      | <(:A {x: 1})-[:T]->(:B)>    | 1      |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 2 |
      | +properties    | 1 |

  Scenario: A list is a property that is matched whole
    And having executed:
      """
      CREATE (:A {names: ['a', 'b']})
      """
    When executing query:
      """
      UNWIND [['a', 'b'], ['b', 'a'], ['a', 'b']] AS names
      MERGE (a:A {names: names})
      RETURN count(DISTINCT a) AS nodes
      """
    Then the result should be, in any order:
      | nodes |
      | 2     |
    And the side effects should be:
      | +nodes      | 1 |
      | +properties | 1 |

  Scenario: One and one point zero are the same property
    And having executed:
      """
      CREATE (:A {x: 1})
      """
    When executing query:
      """
      MERGE (a:A {x: 1.0}) RETURN a.x AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And no side effects

  Scenario: After a deletion the pattern is made again
    And having executed:
      """
      CREATE (:A {x: 1})
      """
    When executing query:
      """
      MATCH (a:A) DELETE a
      MERGE (b:A {x: 1})
      RETURN count(b) AS nodes
      """
    Then the result should be, in any order:
      | nodes |
      | 1     |
    And the side effects should be:
      | +nodes      | 1 |
      | -nodes      | 1 |
      | +properties | 1 |
      | -properties | 1 |

  Scenario: ON CREATE copies a map and ON MATCH adds to it
    And having executed:
      """
      CREATE (:A {x: 1, old: true})
      """
    When executing query:
      """
      UNWIND [1, 2] AS x
      MERGE (a:A {x: x})
        ON CREATE SET a += {made: true}, a:New
        ON MATCH SET a += {old: null, found: true}, a:Known
      RETURN a ORDER BY x
      """
    Then the result should be, in order:
      | a                             |
      | (:A:Known {x: 1, found: true}) |
      | (:A:New {x: 2, made: true})   |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 2 |
      | +properties | 3 |
      | -properties | 1 |

  Scenario Outline: A null property cannot be merged
    And parameters are:
      | none | null |
    When executing query:
      """
      <query>
      """
    Then a SemanticError should be raised at runtime: MergeReadOwnWrites

    Examples:
      | query                                           |
      | MERGE (:A {x: null})                            |
      | MERGE (:A {x: 1, y: $none})                     |
      | WITH null AS x MERGE (:A {x: x})                |
      | UNWIND [1, null] AS x MERGE (:A {x: x})         |
      | MERGE (:A)-[:T {x: null}]->(:B)                 |
      | OPTIONAL MATCH (n:Missing) MERGE (:A {x: n.x})  |

  Scenario Outline: What MERGE does not take
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                      | detail                   |
      | MATCH (a) MERGE (a)                        | VariableAlreadyBound     |
      | MATCH (a) MERGE (a:B)-[:T]->(b)            | VariableAlreadyBound     |
      | MATCH (a) MERGE (a {x: 1})-[:T]->(b)       | VariableAlreadyBound     |
      | MATCH ()-[r:T]->() MERGE ()-[r:T]->()      | VariableAlreadyBound     |
      | MATCH p = () MERGE (a)-[:T]->(p)           | VariableTypeConflict     |
      | UNWIND [1] AS x MERGE (x)-[:T]->()         | VariableTypeConflict     |
      | MERGE (a)-->(b)                            | NoSingleRelationshipType |
      | MERGE (a)-[:S\|T]->(b)                     | NoSingleRelationshipType |
      | MERGE (a)-[:T*2]->(b)                      | CreatingVarLength        |
      | MERGE (a)-[:T*]->(b)                       | CreatingVarLength        |
      | MERGE (a {x: b.x})                         | UndefinedVariable        |
      | MERGE (a) ON CREATE SET b.x = 1            | UndefinedVariable        |
      | MERGE (a) ON MATCH SET a.x = c             | UndefinedVariable        |
      | MERGE (a {x: count(*)})                    | InvalidAggregation       |
      | MERGE (a) MATCH (b) RETURN b               | UnexpectedSyntax         |
