Feature: Statements about statements

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (c:Company {name: 'Xiaomi'}), (a:Agency {name: 'DoD'}), (o:Order {name: 'Order'}),
        (k:Court {name: 'Court'}), (v:Document {name: 'Verge'}), (b:Document {name: 'Blog'}),
        (c)-[d:`designated-by` {on: '2021-01-14'}]->(a),
        [d]-[:`vacated-by`]->(o)-[:`issued-by`]->(k),
        [d]-[r:`reported-by` {mode: 'reported'}]->(v),
        (b)-[:disputes]->[d], (b)-[:disputes {mild: true}]->[r],
        (c)-[:`designated-by` {on: '2022-02-02'}]->(k)
      """

  Scenario Outline: A relationship stands at an end, in any order of patterns
    When executing query:
      """
      MATCH <patterns>
      RETURN c.name, a.name, k.name
      """
    Then the result should be, in any order:
      | c.name   | a.name | k.name  |
      | 'Xiaomi' | 'DoD'  | 'Court' |
    And no side effects

    Examples:
      | patterns                                                                                    |
      | (c:Company)-[d:designated-by]->(a:Agency), [d]-[:vacated-by]->(:Order)-[:issued-by]->(k:Court) |
      | [d]-[:vacated-by]->(:Order)-[:issued-by]->(k:Court), (c:Company)-[d:designated-by]->(a:Agency) |
      | (k:Court)<-[:issued-by]-(:Order)<-[:vacated-by]-[d], (a)<-[d]-(c)                             |
      | (c)-[d]->(a) MATCH (k)--(:Order)--[d]                                                       |
      | (:Order)<-[v:vacated-by]-[d] , (c)-[d]-(a:Agency), (k:Court), (:Order)-[:issued-by]->(k)       |
      | ()-[d]->() WITH d MATCH (c)-[d]->(a), [d]-[:vacated-by]->()-->(k)                             |

  Scenario Outline: Directions and types
    When executing query:
      """
      MATCH (:Company)-[d {on: '2021-01-14'}]->()
      MATCH <pattern>
      RETURN type(r) AS type, x.name AS name
      """
    Then the result should be, in any order:
      | type | name |
      | <1>  | <2>  |
      | <3>  | <4>  |

    Examples:
      | pattern                            | 1             | 2       | 3             | 4       |
      | [d]-[r]->(x)                       | 'vacated-by'  | 'Order' | 'reported-by' | 'Verge' |
      | [d]-[r]-(x) WHERE type(r) <> 'vacated-by' | 'disputes' | 'Blog' | 'reported-by' | 'Verge' |
      | (x)-[r:disputes\|reported-by]-[d]  | 'disputes'    | 'Blog'  | 'reported-by' | 'Verge' |

  Scenario: What is said about what is said
    When executing query:
      """
      MATCH ()-[d]->(), [d]-[r:reported-by {mode: 'reported'}]->(v), (b)-[s:disputes]->[r]
      RETURN v.name, b.name, s.mild
      """
    Then the result should be, in any order:
      | v.name  | b.name | s.mild |
      | 'Verge' | 'Blog' | true   |

  Scenario: Patterns between nodes do not see statements
    When executing query:
      """
      MATCH (n)
      OPTIONAL MATCH (n)-[r]-()
      RETURN count(DISTINCT n) AS nodes, count(DISTINCT r) AS relationships, count(r) AS matches
      """
    Then the result should be, in any order:
      | nodes | relationships | matches |
      | 6     | 3             | 6    |

  Scenario: Chains and shortest paths do not lead over statements
    When executing query:
      """
      MATCH (b:Document {name: 'Blog'})
      OPTIONAL MATCH (b)-[*]-(x)
      RETURN x, shortestPath((b)-[*]-(:Court)) AS path, EXISTS { (b)--() } AS any
      """
    Then the result should be, in any order:
      | x    | path | any   |
      | null | null | false |

  Scenario: The ends of a statement
    When executing query:
      """
      MATCH ()-[d]->(), [d]-[r:reported-by]->(), (b)-[s:disputes]->[r]
      RETURN startNode(r) = d AS same, endNode(s) = r AS again, startNode(s).name AS name
      """
    Then the result should be, in any order:
      | same | again | name   |
      | true | true  | 'Blog' |

  Scenario: Pattern predicates, subqueries and comprehensions
    When executing query:
      """
      MATCH (:Company)-[d]->()
      RETURN d.on AS day, EXISTS { [d]-[:vacated-by]->() } AS vacated, EXISTS { [d]-[:reported-by]->() } AS reported,
        COUNT { [d]--() } AS statements, [[d]-[r]->(x) WHERE x:Order | x.name] AS orders
      """
    Then the result should be, in any order:
      | day          | vacated | reported | statements | orders    |
      | '2021-01-14' | true    | true     | 3          | ['Order'] |
      | '2022-02-02' | false   | false    | 0          | []        |

  Scenario: Optional
    When executing query:
      """
      MATCH (:Company)-[d]->()
      OPTIONAL MATCH [d]-[:vacated-by]->(o)
      RETURN d.on AS day, o.name AS name
      """
    Then the result should be, in any order:
      | day          | name    |
      | '2021-01-14' | 'Order' |
      | '2022-02-02' | null    |

  Scenario: Nothing is said about null
    When executing query:
      """
      OPTIONAL MATCH ()-[d:missing]->()
      OPTIONAL MATCH [d]-[r]-()
      RETURN r
      """
    Then the result should be, in any order:
      | r    |
      | null |

  Scenario: From a list of relationships
    When executing query:
      """
      MATCH (:Company)-[d]->()
      WITH collect(d) AS ds
      UNWIND ds AS d
      MATCH [d]-[r]-()
      RETURN count(*) AS count
      """
    Then the result should be, in any order:
      | count |
      | 3     |

  Scenario: CREATE and MERGE
    When executing query:
      """
      MATCH (:Company)-[d {on: '2022-02-02'}]->(), (v:Document {name: 'Verge'})
      MERGE [d]-[r:reported-by]->(v)
      MERGE [d]-[:reported-by]->(v)
      CREATE (v)-[:disputes]->[r], [r]-[:of]->[d]
      """
    Then the result should be empty
    And the side effects should be:
      | +relationships | 3 |

  Scenario: A relationship that others are about is not deleted alone
    When executing query:
      """
      MATCH (:Company)-[d {on: '2021-01-14'}]->() DELETE d
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode

  Scenario: It goes together with them
    When executing query:
      """
      MATCH (:Company)-[d {on: '2021-01-14'}]->(), [d]-[r]-(), (b)-[s]->[r] WITH d
      MATCH [d]-[r]-() OPTIONAL MATCH ()-[s]->[r] DELETE d, r, s
      """
    Then the result should be empty
    And the side effects should be:
      | -relationships | 5 |
      | -properties    | 3 |

  Scenario: DETACH DELETE of a relationship takes what is said about it, and about that
    When executing query:
      """
      MATCH (:Company)-[d {on: '2021-01-14'}]->() DETACH DELETE d
      """
    Then the result should be empty
    And the side effects should be:
      | -relationships | 5 |
      | -properties    | 3 |

  Scenario: DETACH DELETE of a node takes what is said about its relationships
    When executing query:
      """
      MATCH (a:Agency) DETACH DELETE a
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 5 |
      | -labels        | 1 |
      | -properties    | 4 |

  Scenario: A node at an end of a statement is connected
    When executing query:
      """
      MATCH (b:Document {name: 'Blog'}) DELETE b
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode

  Scenario Outline: Compile-time errors
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <error>

    Examples:
      | query                                             | error                           |
      | MATCH [d]-[:R]->(x) RETURN x                      | UndefinedVariable               |
      | MATCH (d), [d]-[:R]->(x) RETURN x                 | VariableTypeConflict            |
      | MATCH [d]-[:R]->(x), (d) RETURN x                 | UndefinedVariable               |
      | MATCH ()-[d*]->(), [d]-[:R]->(x) RETURN x         | VariableTypeConflict            |
      | MATCH [d]-[:R]->(x), ()-[d*]->() RETURN x         | VariableTypeConflict            |
      | WITH 1 AS d MATCH [d]-[:R]->(x) RETURN x          | VariableTypeConflict            |
      | MATCH ()-[d]->(), [d]-[:R*]->(x) RETURN x         | InvalidRelationshipPattern      |
      | MATCH ()-[d]->(), p = [d]-[:R]->(x) RETURN x      | InvalidRelationshipPattern      |
      | MATCH [d]-[d]->(x) RETURN x                       | RelationshipUniquenessViolation |
      | MATCH [d]-[e]->(x), [e]-[d]->(y) RETURN x         | RelationshipUniquenessViolation |
      | MATCH ()-[d]->(), [d]-[e]->(x), (y)-[e]->() RETURN x | RelationshipUniquenessViolation |
      | CREATE [d]-[:R]->(x)                              | UndefinedVariable               |
      | CREATE (a)-[d:R]->(b), (x)-[:R]->(d)              | VariableTypeConflict            |
      | MATCH (n) MERGE (n)-[:R]->[n]                     | VariableTypeConflict            |
