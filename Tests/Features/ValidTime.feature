Feature: Valid time: AS OF, BETWEEN, FOR VALID_TIME, periods

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {n: 'A'}), (b:P {n: 'B'}), (c:P {n: 'C'}),
        (d:P {n: 'D', from: date('2021-01-01'), to: date('2021-07-01')}),
        (a)-[:R {n: 'ab', from: date('2020-01-01'), to: date('2021-01-01')}]->(b),
        (b)-[:R {n: 'bc', from: date('2020-06-01')}]->(c),
        (a)-[:R {n: 'ac', to: '2020-03'}]->(c),
        (c)-[:R {n: 'cd'}]->(d),
        (a)-[:S {n: 'text', from: '2021', to: '2022-02'}]->(b),
        (a)-[:S {n: 'zone', from: datetime('2021-03-01T00:00:00+02:00'), to: datetime('2021-03-01T22:00:00Z')}]->(c)
      """

  Scenario Outline: One hop as of an instant
    When executing query:
      """
      MATCH (x)-[r:R]->(y) AS OF <instant> WITH r ORDER BY r.n RETURN collect(r.n) AS rs
      """
    Then the result should be, in any order:
      | rs   |
      | <rs> |

    Examples:
      | instant | rs |
      | date('2019-12-31') | ['ac'] |
      | date('2020-01-01') | ['ab', 'ac'] |
      | date('2020-03-31') | ['ab', 'ac'] |
      | date('2020-04-01') | ['ab'] |
      | date('2020-12-31') | ['ab', 'bc'] |
      | date('2021-01-01') | ['bc', 'cd'] |
      | date('2021-06-30') | ['bc', 'cd'] |
      | date('2021-07-01') | ['bc'] |
      | '2020-12-31' | ['ab', 'bc'] |
      | '2020-12-31T23:59:59Z' | ['ab', 'bc'] |
      | localdatetime('2020-12-31T23:59:59.999') | ['ab', 'bc'] |
      | datetime('2021-01-01T00:30:00+01:00') | ['ab', 'bc'] |
      | datetime('2020-12-31T23:30:00-01:00') | ['bc', 'cd'] |
      | date('2019-12-31') + duration('P1D') | ['ab', 'ac'] |
      | null | [] |

  Scenario Outline: Bounds of less precision and bounds with zones
    When executing query:
      """
      MATCH (x)-[r:S]->(y) AS OF <instant> WITH r ORDER BY r.n RETURN collect(r.n) AS rs
      """
    Then the result should be, in any order:
      | rs   |
      | <rs> |

    Examples:
      | instant | rs |
      | date('2020-12-31') | [] |
      | date('2021-01-01') | ['text'] |
      | date('2022-02-28') | ['text'] |
      | date('2022-03-01') | [] |
      | date('2021-03-01') | ['text', 'zone'] |
      | datetime('2021-02-28T22:00:00Z') | ['text', 'zone'] |
      | datetime('2021-02-28T21:59:59Z') | ['text'] |
      | datetime('2021-03-01T22:00:00Z') | ['text'] |
      | datetime('2021-03-01T23:59:00+02:00') | ['text', 'zone'] |

  Scenario Outline: Valid at some time between two instants, both included
    When executing query:
      """
      MATCH ()-[r:R]->() BETWEEN <first> AND <last> WITH r ORDER BY r.n RETURN collect(r.n) AS rs
      """
    Then the result should be, in any order:
      | rs   |
      | <rs> |

    Examples:
      | first | last | rs |
      | date('2020-05-01') | date('2020-05-31') | ['ab'] |
      | date('2020-05-01') | date('2020-06-01') | ['ab', 'bc'] |
      | '2020-05' | '2020-05' | ['ab'] |
      | '2020-03' | '2020-06' | ['ab', 'ac', 'bc'] |
      | '2019' | '2021' | ['ab', 'ac', 'bc', 'cd'] |
      | '2020' | '2020' | ['ab', 'ac', 'bc'] |
      | date('2020-06-01') | date('2020-05-01') | [] |
      | null | date('2020-05-01') | [] |
      | date('2020-05-01') | null | [] |

  Scenario Outline: What is no instant
    When executing query:
      """
      MATCH (x) AS OF <instant> RETURN x
      """
    Then a <kind> should be raised at <phase>: <detail>

    Examples:
      | instant | kind | phase | detail |
      | 5 | SyntaxError | compile time | InvalidArgumentType |
      | time() | SyntaxError | compile time | InvalidArgumentType |
      | x.from | SyntaxError | compile time | UndefinedVariable |
      | count(*) | SyntaxError | compile time | InvalidAggregation |
      | 'soon' | TypeError | runtime | InvalidArgumentValue |
      | '2021' | TypeError | runtime | InvalidArgumentValue |
      | {a: 1}.a | TypeError | runtime | InvalidArgumentType |

  Scenario: A relationship counts only when both its ends are valid
    When executing query:
      """
      MATCH (c {n: 'C'})-[r*]->(d) AS OF date('2022-01-01') RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |

  Scenario Outline: Chains
    When executing query:
      """
      MATCH (a {n: 'A'})-[rs:R*<length>]-><end> AS OF <instant>
      WITH [r IN rs | r.n] AS names ORDER BY size(names), names RETURN collect(names) AS chains
      """
    Then the result should be, in any order:
      | chains   |
      | <chains> |

    Examples:
      | length | end | instant | chains |
      | | () | date('2020-12-31') | [['ab'], ['ab', 'bc']] |
      | | () | date('2021-02-01') | [] |
      | 0.. | () | date('2021-02-01') | [[]] |
      | | () | date('2020-02-01') | [['ab'], ['ac']] |
      | 2 | ({n: 'C'}) | date('2020-12-31') | [['ab', 'bc']] |
      | 1..3 | ({n: 'D'}) | date('2021-02-01') | [] |

  Scenario: Chains with properties
    When executing query:
      """
      MATCH (a {n: 'A'})-[rs:R* {n: 'ab'}]->() AS OF date('2020-12-31') RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |

  Scenario: A shortest path as of an instant
    When executing query:
      """
      MATCH (a {n: 'A'}), (c {n: 'C'})
      UNWIND [date('2020-02-01'), date('2020-07-01'), date('2021-02-01')] AS day
      OPTIONAL MATCH p = shortestPath((a)-[:R*]->(c)) AS OF day
      RETURN day.month AS month, length(p) AS length
      """
    Then the result should be, in any order:
      | month | length |
      | 2     | 1      |
      | 7     | 2      |
      | 2     | null   |

  Scenario: The instant may come from the row
    When executing query:
      """
      MATCH (a {n: 'A'})-[d:S]->() WHERE d.n = 'text'
      MATCH (b {n: 'B'})-[r:R*]->(x) AS OF valid(d).from
      RETURN x.n AS x
      """
    Then the result should be, in any order:
      | x   |
      | 'C' |
      | 'D' |

  Scenario: An optional match as of an instant of the row
    When executing query:
      """
      UNWIND [date('2020-02-01'), date('2022-02-01'), null] AS day
      OPTIONAL MATCH (a {n: 'A'})-[r:R]->(x) AS OF day
      WITH day, r ORDER BY r.n
      RETURN day, collect(r.n) AS rs
      """
    Then the result should be, in any order:
      | day          | rs           |
      | '2020-02-01' | ['ab', 'ac'] |
      | '2022-02-01' | []           |
      | null         | []           |

  Scenario: WHERE is tested on what is valid only
    When executing query:
      """
      MATCH (x)-[r:R]->(y) AS OF date('2019-01-01') WHERE 1 / size(r.n + 'xx') = 0 RETURN r.n AS r
      """
    Then the result should be, in any order:
      | r    |
      | 'ac' |

  Scenario Outline: Subqueries
    When executing query:
      """
      MATCH (p:P) WHERE <condition> WITH p.n AS n ORDER BY n RETURN collect(n) AS ns
      """
    Then the result should be, in any order:
      | ns   |
      | <ns> |

    Examples:
      | condition | ns |
      | EXISTS { (p)-[:R]->() AS OF date('2021-02-01') } | ['B', 'C'] |
      | NOT EXISTS { (p)-[:R]->() AS OF date('2021-02-01') } | ['A', 'D'] |
      | EXISTS { MATCH (p)-[r:R]->() AS OF date('2020-02-01') WHERE r.n = 'ac' } | ['A'] |
      | COUNT { (p)--() AS OF date('2020-02-01') } = 2 | ['A'] |
      | EXISTS { (p) AS OF date('2022-01-01') } | ['A', 'B', 'C'] |
      | EXISTS { MATCH (p)-[:R]->(q) AS OF p.from } | [] |
      | EXISTS { MATCH (q)-[:R]->(p) AS OF p.from } | ['D'] |
      | COUNT { MATCH (p)-->() BETWEEN '2020' AND '2020' RETURN 1 } > 1 | ['A'] |

  Scenario Outline: Pattern comprehensions
    Given an empty graph
    And having executed:
      """
      CREATE (h:Holding {day: date('2020-06-01')}),
        (h)-[:has {from: date('2020-01-01'), to: date('2021-01-01')}]->(:Part {n: 'old'}),
        (h)-[:has {from: date('2021-01-01')}]->(:Part {n: 'new'}), (h)-[:has]->(:Part {n: 'ever'})
      """
    When executing query:
      """
      MATCH (h:Holding) WITH h, date('2021-06-01') AS later
      UNWIND [(h)-[:has]->(p) <restriction> | p.n] AS n WITH n ORDER BY n
      RETURN collect(n) AS names
      """
    Then the result should be, in any order:
      | names   |
      | <names> |

    Examples:
      | restriction                                               | names                 |
      | AS OF date('2020-06-01')                                  | ['ever', 'old']       |
      | AS OF later                                               | ['ever', 'new']       |
      | AS OF h.day WHERE p.n <> 'ever'                           | ['old']               |
      | BETWEEN h.day AND later                                   | ['ever', 'new', 'old'] |
      | AS OF null                                                | []                    |

  Scenario: The restriction of one clause is that clause's alone
    When executing query:
      """
      MATCH (a)-[r:R {n: 'ab'}]->(b) AS OF date('2020-02-01')
      MATCH (b)-[s:R]->(c)
      RETURN r.n AS r, s.n AS s
      """
    Then the result should be, in any order:
      | r    | s    |
      | 'ab' | 'bc' |

  Scenario: A default for the whole statement, which a clause may override
    When executing query:
      """
      FOR VALID_TIME AS OF date('2020-02-01')
      MATCH (a)-[r:R]->(b)
      RETURN r.n AS r, [(a)-[s:R]->() | s.n] AS list, EXISTS { (b)-[:R]->() } AS goes,
        COUNT { (b)-[:R]->() AS OF date('2021-02-01') } AS later
      """
    Then the result should be, in any order:
      | r    | list         | goes  | later |
      | 'ab' | ['ab', 'ac'] | false | 1     |
      | 'ac' | ['ab', 'ac'] | false | 1     |

  Scenario: The default holds for all parts of a union
    When executing query:
      """
      FOR VALID_TIME BETWEEN '2022' AND '2023'
      MATCH (d {n: 'D'}) RETURN d.n AS n UNION MATCH ()-[r:R]->() RETURN r.n AS n
      """
    Then the result should be, in any order:
      | n    |
      | 'bc' |

  Scenario Outline: Nothing is written as of a time
    When executing query:
      """
      FOR VALID_TIME AS OF date() <statement>
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

    Examples:
      | statement |
      | CREATE (n) |
      | MERGE (n:X) |
      | MATCH (n) SET n.x = 1 |
      | MATCH (n) REMOVE n.x |
      | MATCH (n) DETACH DELETE n |
      | MATCH (n) CREATE (n)-[:Q]->(m) |
      | CALL dossier.validTime('a', 'b') |

  Scenario: MERGE takes no restriction
    When executing query:
      """
      MERGE (a:P {n: 'A'}) AS OF date()
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: What is found as of a time may be written, also to end a fact
    When executing query:
      """
      MATCH ()-[r:R {n: 'bc'}]->() AS OF date('2021-01-01') SET r.to = date('2022-01-01')
      WITH r MATCH ()-[s:R]->() AS OF date('2022-01-01') RETURN count(s) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |

  Scenario Outline: An end before the start
    When executing query:
      """
      <statement>
      """
    Then a ConstraintVerificationFailed should be raised at runtime: EndBeforeStart

    Examples:
      | statement |
      | CREATE ({from: date('2021-01-02'), to: date('2021-01-01')}) |
      | CREATE ({from: '2021-03', to: '2021-01'}) |
      | MATCH (a {n: 'A'}), (b {n: 'B'}) CREATE (a)-[:R {from: date('2021-01-02'), to: '2020'}]->(b) |
      | MERGE (x:New {from: date('2021-01-02'), to: date('2021-01-01')}) |
      | MATCH ()-[r {n: 'bc'}]->() SET r.to = date('2020-05-31') |
      | MATCH ()-[r {n: 'ab'}]->() SET r += {from: date('2022-05-31')} |
      | MATCH (d {n: 'D'}) SET d = {from: datetime('2022-05-31T00:00:01Z'), to: date('2022-05-31')} |

  Scenario: Bounds may pass each other within a statement, and an empty period is valid never
    When executing query:
      """
      MATCH ()-[r {n: 'ab'}]->() SET r.from = date('2030-01-01'), r.to = date('2030-01-01')
      WITH r MATCH ()-[s:R {n: 'ab'}]->() BETWEEN '2000' AND '2050' RETURN s
      """
    Then the result should be, in any order:
      | s |

  Scenario: The period of an element and of a path
    When executing query:
      """
      MATCH p = (a)-[r:R {n: 'ab'}]->()-[:R {n: 'bc'}]->()-[:R {n: 'cd'}]->(d), ()-[s:S {n: 'text'}]->()
      RETURN valid(r) AS r, valid(d) AS d, valid(a) AS a, valid(s) AS s, valid(p) AS p
      """
    Then the result should be, in any order:
      | r | d | a | s | p |
      | {from: '2020-01-01', to: '2021-01-01'} | {from: '2021-01-01', to: '2021-07-01'} | {from: null, to: null} | {from: '2021-01-01', to: '2022-03-01'} | null |

  Scenario: The certain part of a period
    When executing query:
      """
      UNWIND [{from: '2021', to: '2023'}, {from: '2021-03', to: '2021-06'}, {from: date('2021-03-15'), precision: 'month'},
        {from: '2021', to: '2021'}, {from: date('2021-03-01'), to: date('2021-04-01'), precision: 'year'}] AS p
      RETURN certainly(p) AS certain
      """
    Then the result should be, in order:
      | certain |
      | {from: '2021-12-31', to: '2023-01-01'} |
      | {from: '2021-03-31', to: '2021-06-01'} |
      | {from: '2021-03-31', to: null} |
      | null |
      | null |

  Scenario Outline: Relations of periods
    When executing query:
      """
      RETURN <expression> AS holds
      """
    Then the result should be, in any order:
      | holds   |
      | <holds> |

    Examples:
      | expression | holds |
      | overlaps({from: '2020', to: '2021'}, {from: '2021', to: '2022'}) | true |
      | overlaps({from: date('2020-01-01'), to: date('2021-01-01')}, {from: date('2021-01-01')}) | false |
      | overlaps({}, {from: date('2021-01-01')}) | true |
      | overlaps({from: date('2021-01-01'), to: date('2021-01-01')}, {}) | false |
      | overlaps(null, {}) | null |
      | contains({from: '2020'}, {from: date('2020-01-01'), to: '2020'}) | true |
      | contains({from: '2020', to: '2020'}, {from: date('2020-01-01')}) | false |
      | contains({from: '2020', to: '2020'}, date('2020-12-31')) | true |
      | contains({from: '2020', to: '2020'}, '2020-12') | true |
      | contains({from: '2020', to: '2020'}, '2021') | false |
      | contains({}, null) | null |
      | precedes({to: '2020'}, {from: '2021'}) | true |
      | precedes({to: '2020'}, {from: '2020'}) | false |
      | succeeds({from: '2021'}, {to: '2020'}) | true |
      | meets({to: '2020'}, {from: '2021'}) | true |
      | meets({to: '2020-11'}, {from: '2021'}) | false |
      | intersection({from: '2020', to: '2021'}, {from: '2021-06'}) | {from: '2021-06-01', to: '2022-01-01'} |
      | intersection({to: '2020'}, {from: '2021'}) | null |
      | duration.inDays(valid({from: '2020', to: '2020'}).from, valid({from: '2020', to: '2020'}).to).days | 366 |
      | 'abc' CONTAINS 'b' | true |

  Scenario Outline: How long a period lasts
    When executing query:
      """
      RETURN duration.of(<period>) AS d
      """
    Then the result should be, in any order:
      | d   |
      | <d> |

    Examples:
      | period                                                                                      | d              |
      | {from: date('2021-01-14'), to: date('2021-05-25')}                                          | 'P4M11D'       |
      | {from: '2021-01', to: '2021-02'}                                                            | 'P2M'          |
      | {from: date('2021-01-31'), to: date('2021-02-28')}                                          | 'P28D'         |
      | {from: localdatetime('2021-01-01T10:00'), to: date('2021-01-02')}                           | 'PT14H'        |
      | {from: date('2021-01-01')}                                                                  | null           |
      | {to: date('2021-01-01')}                                                                    | null           |
      | {from: date('2021-01-01'), to: date('2021-01-01')}                                          | null           |
      | null                                                                                        | null           |

  Scenario: How long elements and paths hold
    Given an empty graph
    And having executed:
      """
      CREATE (:Long {from: date('2020-01-01')})-[:R {from: date('2021-01-14'), to: date('2021-05-25')}]->({to: '2021-02'})
      """
    When executing query:
      """
      MATCH p = (a:Long)-[r]->(b)
      RETURN duration.of(a) AS a, duration.of(r) AS r, duration.of(valid(r)) AS v, duration.of(p) AS p
      """
    Then the result should be, in any order:
      | a    | r        | v        | p        |
      | null | 'P4M11D' | 'P4M11D' | 'P1M15D' |

  Scenario: Periods of the wrong type
    When executing query:
      """
      RETURN overlaps({from: 5}, {}) AS x
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

  Scenario: Contemporaneous paths
    When executing query:
      """
      MATCH CONTEMPORANEOUS p = (a {n: 'A'})-[:R*]->(x)
      RETURN [r IN relationships(p) | r.n] AS rs, valid(p) AS v
      """
    Then the result should be, in any order:
      | rs           | v                                      |
      | ['ab']       | {from: '2020-01-01', to: '2021-01-01'} |
      | ['ab', 'bc'] | {from: '2020-06-01', to: '2021-01-01'} |
      | ['ac']       | {from: null, to: '2020-04-01'}         |

  Scenario: Contemporaneous patterns of several hops
    When executing query:
      """
      MATCH CONTEMPORANEOUS (a)-[r:R]->(b)-[s:R]->(c) RETURN r.n AS r, s.n AS s
      """
    Then the result should be, in any order:
      | r    | s    |
      | 'ab' | 'bc' |
      | 'bc' | 'cd' |

  Scenario: A contemporaneous shortest path may be longer than the shortest one
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 'a'}), (b:N {n: 'b'}), (c:N {n: 'c'}), (d:N {n: 'd'}), (e:N {n: 'e'}),
        (a)-[:L {n: 1, to: date('2020-01-01')}]->(b), (b)-[:L {n: 2, from: date('2020-01-01')}]->(c),
        (a)-[:L {n: 3, from: date('2020-01-01')}]->(d), (d)-[:L {n: 4, from: date('2021-01-01')}]->(b),
        (c)-[:L {n: 5, to: date('2021-06-01')}]->(e), (c)-[:L {n: 6}]->(e)
      """
    When executing query:
      """
      MATCH (a {n: 'a'}), (e {n: 'e'})
      OPTIONAL MATCH CONTEMPORANEOUS p = shortestPath((a)-[:L*]->(e)) BETWEEN '2022' AND '2023'
      MATCH CONTEMPORANEOUS q = allShortestPaths((a)-[:L*]->(e))
      RETURN [r IN relationships(p) | r.n] AS p, [r IN relationships(q) | r.n] AS q
      """
    Then the result should be, in any order:
      | p            | q            |
      | [3, 4, 2, 6] | [3, 4, 2, 5] |
      | [3, 4, 2, 6] | [3, 4, 2, 6] |

  Scenario: What changed between two dates
    When executing query:
      """
      CALL dossier.changes('2020-06', date('2021-01-01')) YIELD date, change, element
      RETURN date, change, element.n AS n
      """
    Then the result should be, in order:
      | date         | change  | n      |
      | '2020-06-01' | 'began' | 'bc'   |
      | '2021-01-01' | 'ended' | 'ab'   |
      | '2021-01-01' | 'began' | 'D'    |
      | '2021-01-01' | 'began' | 'text' |

  Scenario: Other properties may hold valid time
    Given an empty graph
    And having executed:
      """
      CREATE (:X {n: 1, start: date('2020-01-01'), end: date('2021-01-01'), from: 'Paris', to: 'Rome'})
      """
    And having executed:
      """
      CALL dossier.validTime('start', 'end')
      """
    When executing query:
      """
      MATCH (x:X) OPTIONAL MATCH (x) AS OF date('2021-01-01') RETURN valid(x) AS v,
        EXISTS { (x) AS OF date('2021-01-01') } AS late, EXISTS { (x) AS OF date('2020-12-31') } AS early
      """
    Then the result should be, in any order:
      | v                                      | late  | early |
      | {from: '2020-01-01', to: '2021-01-01'} | false | true  |

  Scenario: Values that are no dates say nothing about time
    Given an empty graph
    And having executed:
      """
      CREATE (:X {from: 'Paris', to: 'Rome'}), (:X {from: 1}), (:X {to: [date('2020-01-01')]})
      """
    When executing query:
      """
      MATCH (x:X) AS OF date() RETURN count(*) AS n, collect(DISTINCT valid(x)) AS vs
      """
    Then the result should be, in any order:
      | n | vs                       |
      | 3 | [{from: null, to: null}] |

  Scenario: The words of valid time stay names
    When executing query:
      """
      MATCH contemporaneous = (between {n: 'A'}) WITH contemporaneous, between.n AS valid_time
      RETURN length(contemporaneous) AS between, valid_time
      """
    Then the result should be, in any order:
      | between | valid_time |
      | 0       | 'A'        |
