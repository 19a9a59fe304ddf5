Feature: WHY: the elements that the rows of an answer rest on

  Background:
    Given an empty graph
    And having executed:
      """
      CALL dossier.sources('said')
      """
    And having executed:
      """
      CREATE (x:Company {n: 'x'}), (d:Designation {n: 'd', from: date('2021-01-14'), to: date('2021-05-25')}),
        (a:Agency {n: 'a', mode: 'claimed'}), (o:Order {n: 'o'}), (v:Document {n: 'v'}),
        (d)-[e:designates {n: 'e', from: '2021', source: 'D1'}]->(x),
        (d)-[b:by {n: 'b', mode: 'asserted'}]->(a),
        (d)-[c:vacated {n: 'c'}]->(o),
        [c]-[s:said {n: 's', mode: 'ruled'}]->(v)
      """

  Scenario: Each row with the elements of its pattern, anonymous ones included
    When executing query:
      """
      WHY MATCH (c:Company)<-[:designates]-()-[:vacated]->(o) RETURN c.n AS company
      """
    Then the result should be, in order:
      | row | company | element | from | to | claim | sources |
      | 1 | 'x' | (:Company {n: 'x'}) | null | null | null | [] |
      | 1 | 'x' | [:designates {n: 'e', from: '2021', source: 'D1'}] | '2021-01-01' | null | null | ['D1'] |
      | 1 | 'x' | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |
      | 1 | 'x' | [:vacated {n: 'c'}] | null | null | 'ruled' | [(:Document {n: 'v'})] |
      | 1 | 'x' | (:Order {n: 'o'}) | null | null | null | [] |
    And no side effects

  Scenario: Rows keep their order and their numbers
    When executing query:
      """
      WHY MATCH (:Designation)-[r]->() RETURN r.n AS r ORDER BY r DESC SKIP 1 LIMIT 1
      """
    Then the result should be, in order:
      | row | r | element | from | to | claim | sources |
      | 1 | 'c' | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |
      | 1 | 'c' | [:vacated {n: 'c'}] | null | null | 'ruled' | [(:Document {n: 'v'})] |
      | 1 | 'c' | (:Order {n: 'o'}) | null | null | null | [] |

  Scenario: An aggregate rests on the rows of its group, each element once
    When executing query:
      """
      WHY MATCH (d:Designation)-[r:designates|by]->(x)
      WITH d.n AS d, count(*) AS times
      RETURN d, times
      """
    Then the result should be, in any order:
      | row | d | times | element | from | to | claim | sources |
      | 1 | 'd' | 2 | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |
      | 1 | 'd' | 2 | [:designates {n: 'e', from: '2021', source: 'D1'}] | '2021-01-01' | null | null | ['D1'] |
      | 1 | 'd' | 2 | (:Company {n: 'x'}) | null | null | null | [] |
      | 1 | 'd' | 2 | [:by {n: 'b', mode: 'asserted'}] | null | null | 'asserted' | [] |
      | 1 | 'd' | 2 | (:Agency {n: 'a', mode: 'claimed'}) | null | null | 'claimed' | [] |

  Scenario: The number of nothing rests on nothing
    When executing query:
      """
      WHY MATCH (n:Nothing) RETURN count(*) AS n, collect(n) AS every
      """
    Then the result should be, in order:
      | row | n | every | element | from | to | claim | sources |
      | 1 | 0 | [] | null | null | null | null | null |

  Scenario: Rows that `DISTINCT` makes one have the elements of all
    When executing query:
      """
      WHY MATCH (d:Designation)-[r]->(x) WHERE x.n IN ['a', 'x']
      WITH DISTINCT d WHERE d.n = 'd'
      RETURN d.n AS d
      """
    Then the result should be, in any order:
      | row | d | element | from | to | claim | sources |
      | 1 | 'd' | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |
      | 1 | 'd' | [:designates {n: 'e', from: '2021', source: 'D1'}] | '2021-01-01' | null | null | ['D1'] |
      | 1 | 'd' | (:Company {n: 'x'}) | null | null | null | [] |
      | 1 | 'd' | [:by {n: 'b', mode: 'asserted'}] | null | null | 'asserted' | [] |
      | 1 | 'd' | (:Agency {n: 'a', mode: 'claimed'}) | null | null | 'claimed' | [] |

  Scenario: What an optional match does not find says nothing
    When executing query:
      """
      WHY MATCH (c:Company) OPTIONAL MATCH (c)-[r:owns]->(s) RETURN c.n AS c, s
      """
    Then the result should be, in order:
      | row | c | s | element | from | to | claim | sources |
      | 1 | 'x' | null | (:Company {n: 'x'}) | null | null | null | [] |

  Scenario: All elements of chains, whichever end the search begins at
    When executing query:
      """
      WHY MATCH (c:Company)-[*2]-(o:Order) RETURN 1 AS one
      """
    Then the result should be, in order:
      | row | one | element | from | to | claim | sources |
      | 1 | 1 | (:Company {n: 'x'}) | null | null | null | [] |
      | 1 | 1 | [:designates {n: 'e', from: '2021', source: 'D1'}] | '2021-01-01' | null | null | ['D1'] |
      | 1 | 1 | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |
      | 1 | 1 | [:vacated {n: 'c'}] | null | null | 'ruled' | [(:Document {n: 'v'})] |
      | 1 | 1 | (:Order {n: 'o'}) | null | null | null | [] |

  Scenario: All elements of shortest paths, and chains without relationships
    When executing query:
      """
      WHY MATCH p = shortestPath((o:Order)-[*]-(a:Agency)), (o)-[*0..0]-(z)
      RETURN length(p) AS n, z.n AS z
      """
    Then the result should be, in order:
      | row | n | z | element | from | to | claim | sources |
      | 1 | 2 | 'o' | (:Order {n: 'o'}) | null | null | null | [] |
      | 1 | 2 | 'o' | [:vacated {n: 'c'}] | null | null | 'ruled' | [(:Document {n: 'v'})] |
      | 1 | 2 | 'o' | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |
      | 1 | 2 | 'o' | [:by {n: 'b', mode: 'asserted'}] | null | null | 'asserted' | [] |
      | 1 | 2 | 'o' | (:Agency {n: 'a', mode: 'claimed'}) | null | null | 'claimed' | [] |

  Scenario: A union rests on each side, equal rows on both
    When executing query:
      """
      WHY MATCH (c:Company) RETURN 1 AS one
      UNION MATCH (o:Order) RETURN 1 AS one
      UNION RETURN 2 AS one
      """
    Then the result should be, in order:
      | row | one | element | from | to | claim | sources |
      | 1 | 1 | (:Company {n: 'x'}) | null | null | null | [] |
      | 1 | 1 | (:Order {n: 'o'}) | null | null | null | [] |
      | 2 | 2 | null | null | null | null | null |

  Scenario: All of a union
    When executing query:
      """
      WHY MATCH (c:Company) RETURN 1 AS one UNION ALL MATCH (o:Order) RETURN 1 AS one
      """
    Then the result should be, in order:
      | row | one | element | from | to | claim | sources |
      | 1 | 1 | (:Company {n: 'x'}) | null | null | null | [] |
      | 2 | 1 | (:Order {n: 'o'}) | null | null | null | [] |

  Scenario: `WITH`, `UNWIND` and calls carry elements along
    Given there exists a procedure test.next(x :: INTEGER?) :: (y :: INTEGER?):
      | x | y |
      | 1 | 2 |
    When executing query:
      """
      WHY MATCH (c:Company) WITH collect(c.n) AS names
      UNWIND names AS name WITH name, 1 AS x
      CALL test.next(x) YIELD y
      MATCH (o:Order)
      RETURN name, y, o.n AS o
      """
    Then the result should be, in order:
      | row | name | y | o | element | from | to | claim | sources |
      | 1 | 'x' | 2 | 'o' | (:Company {n: 'x'}) | null | null | null | [] |
      | 1 | 'x' | 2 | 'o' | (:Order {n: 'o'}) | null | null | null | [] |

  Scenario: Subqueries of expressions do not count
    When executing query:
      """
      WHY MATCH (d:Designation) WHERE EXISTS { (d)-->(:Order) } AND (d)-[:designates]->()
      RETURN COUNT { (d)-->() } AS n, [(d)-->(x) | x.n][0] IS NULL AS none
      """
    Then the result should be, in order:
      | row | n | none | element | from | to | claim | sources |
      | 1 | 3 | false | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |

  Scenario: Statements about statements
    When executing query:
      """
      WHY MATCH ()-[c:vacated]->(), [c]-[s:said]->(v) RETURN s.mode AS mode
      """
    Then the result should be, in order:
      | row | mode | element | from | to | claim | sources |
      | 1 | 'ruled' | (:Designation {n: 'd', from: '2021-01-14', to: '2021-05-25'}) | '2021-01-14' | '2021-05-25' | null | [] |
      | 1 | 'ruled' | [:vacated {n: 'c'}] | null | null | 'ruled' | [(:Document {n: 'v'})] |
      | 1 | 'ruled' | (:Order {n: 'o'}) | null | null | null | [] |
      | 1 | 'ruled' | [:said {n: 's', mode: 'ruled'}] | null | null | 'ruled' | [] |
      | 1 | 'ruled' | (:Document {n: 'v'}) | null | null | null | [] |

  Scenario: Patterns see what the valid time lets them see
    When executing query:
      """
      WHY FOR VALID_TIME AS OF date('2021-06-01')
      MATCH (c:Company) OPTIONAL MATCH (c)<-[:designates]-(d) RETURN c.n AS c, d
      """
    Then the result should be, in order:
      | row | c | d | element | from | to | claim | sources |
      | 1 | 'x' | null | (:Company {n: 'x'}) | null | null | null | [] |

  Scenario: An answer without rows
    When executing query:
      """
      WHY MATCH (n:Nothing) RETURN n
      """
    Then the result should be, in order:
      | row | n | element | from | to | claim | sources |

  Scenario: A call on its own
    When executing query:
      """
      WHY CALL db.labels() YIELD label WHERE label = 'Order'
      """
    Then the result should be, in order:
      | row | label | element | from | to | claim | sources |
      | 1 | 'Order' | null | null | null | null | null |

  Scenario: Why something is written
    When executing query:
      """
      WHY MATCH (c:Company) SET c.x = 1 RETURN c
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: Why something is declared
    When executing query:
      """
      WHY CALL dossier.sources('per')
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario Outline: Columns that `WHY` gives itself
    When executing query:
      """
      WHY MATCH (c:Company) RETURN 1 AS one, c.n AS <name>
      """
    Then a SyntaxError should be raised at compile time: ColumnNameConflict

    Examples:
      | name |
      | row |
      | element |
      | from |
      | `to` |
      | claim |
      | sources |

  Scenario: Errors are those of the statement
    When executing query:
      """
      WHY MATCH (c:Company) RETURN element
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: `why` may be a name
    When executing query:
      """
      WITH 1 AS why RETURN why
      """
    Then the result should be, in order:
      | why |
      | 1 |
