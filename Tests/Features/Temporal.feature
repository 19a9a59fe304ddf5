Feature: Dates, times and durations

  Background:
    Given any graph

  Scenario Outline: Made from components
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                                                        | value                                      |
      | date({year: 2024})                                                                | '2024-01-01'                               |
      | date({year: 2024, month: 2})                                                      | '2024-02-01'                               |
      | date({year: 2024, week: 1})                                                       | '2024-01-01'                               |
      | date({year: 2026, week: 53, dayOfWeek: 7})                                        | '2027-01-03'                               |
      | date({year: 2024, quarter: 3, dayOfQuarter: 92})                                  | '2024-09-30'                               |
      | date({year: 2024, ordinalDay: 366})                                               | '2024-12-31'                               |
      | date({date: date('2024-02-29'), year: 2020})                                      | '2020-02-29'                               |
      | date({date: date('2024-03-31'), month: 1})                                        | '2024-01-31'                               |
      | localtime({hour: 9, minute: 5, second: 1, millisecond: 20})                       | '09:05:01.020'                             |
      | time({hour: 9, timezone: '-02:30'})                                               | '09:00-02:30'                              |
      | time({time: time('09:00+01:00'), timezone: '+03:00'})                             | '11:00+03:00'                              |
      | localdatetime({year: 2024, ordinalDay: 60, hour: 1})                              | '2024-02-29T01:00'                         |
      | localdatetime({date: date('2024-02-29'), time: localtime('10:30')})               | '2024-02-29T10:30'                         |
      | datetime({year: 2024, month: 7, timezone: 'Europe/Vienna'})                       | '2024-07-01T00:00+02:00[Europe/Vienna]'    |
      | datetime({epochSeconds: 0, nanosecond: 5})                                        | '1970-01-01T00:00:00.000000005Z'           |
      | datetime({datetime: datetime('2024-07-01T12:00Z'), timezone: 'America/New_York'}) | '2024-07-01T08:00-04:00[America/New_York]' |
      | duration({weeks: 1.5})                                                            | 'P10DT12H'                                 |
      | duration({days: -1.5})                                                            | 'P-1DT-12H'                                |
      | duration({minutes: 90, seconds: 61})                                              | 'PT1H31M1S'                                |
      | duration({seconds: 1, milliseconds: -1})                                          | 'PT0.999S'                                 |
      | duration({years: 1, months: -1})                                                  | 'P11M'                                     |

  Scenario Outline: Read from texts
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                  | value                                   |
      | date('20240229')                            | '2024-02-29'                            |
      | date('2024-060')                            | '2024-02-29'                            |
      | date('2024-W09-4')                          | '2024-02-29'                            |
      | date('2024W09')                             | '2024-02-26'                            |
      | date('2024')                                | '2024-01-01'                            |
      | localtime('2140')                           | '21:40'                                 |
      | localtime('21:40:32.5')                     | '21:40:32.500'                          |
      | time('2140-02')                             | '21:40-02:00'                           |
      | time('12')                                  | '12:00Z'                                |
      | localdatetime('20240229T21')                | '2024-02-29T21:00'                      |
      | datetime('2024-02-29T12:00[Europe/Vienna]') | '2024-02-29T12:00+01:00[Europe/Vienna]' |
      | duration('P1Y2M10DT2H30M')                  | 'P1Y2M10DT2H30M'                        |
      | duration('-P1D')                            | 'P-1D'                                  |
      | duration('P1.5D')                           | 'P1DT12H'                               |
      | duration('PT-1.5S')                         | 'PT-1.5S'                               |
      | toString(duration('P14M'))                  | 'P1Y2M'                                 |
      | date(null)                                  | null                                    |
      | duration(null)                              | null                                    |

  Scenario Outline: Components
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                      | value    |
      | date('2024-12-30').week                         | 1        |
      | date('2024-12-30').weekYear                     | 2025     |
      | date('2024-12-30').quarter                      | 4        |
      | date('2024-12-30').dayOfQuarter                 | 91       |
      | date('2024-12-30').ordinalDay                   | 365      |
      | date('2024-12-30').dayOfWeek                    | 1        |
      | localtime('01:02:03.004005006').millisecond     | 4        |
      | localtime('01:02:03.004005006').microsecond     | 4005     |
      | localtime('01:02:03.004005006').nanosecond      | 4005006  |
      | time('01:00-02:30').offset                      | '-02:30' |
      | time('01:00-02:30').offsetMinutes               | -150     |
      | datetime('1970-01-02T00:00+01:00').epochSeconds | 82800    |
      | duration('P14M').years                          | 1        |
      | duration('P14M').monthsOfYear                   | 2        |
      | duration('P14M').months                         | 14       |
      | duration('P15D').weeks                          | 2        |
      | duration('P15D').daysOfWeek                     | 1        |
      | duration('PT3661S').minutesOfHour               | 1        |
      | duration('PT-0.5S').milliseconds                | -500     |

  Scenario Outline: Arithmetic
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                                      | value                                   |
      | date('2024-01-31') + duration('P1M')                            | '2024-02-29'                            |
      | date('2024-03-31') - duration('P1M')                            | '2024-02-29'                            |
      | date('2024-01-01') + duration('PT23H')                          | '2024-01-01'                            |
      | date('2024-01-01') + duration('PT24H')                          | '2024-01-02'                            |
      | duration('P1M1D') + date('2024-01-31')                          | '2024-03-01'                            |
      | localtime('23:00') + duration('PT2H')                           | '01:00'                                 |
      | time('00:30+01:00') - duration('PT1H')                          | '23:30+01:00'                           |
      | datetime('2024-03-30T12:00[Europe/Vienna]') + duration('P1D')   | '2024-03-31T12:00+02:00[Europe/Vienna]' |
      | datetime('2024-03-30T12:00[Europe/Vienna]') + duration('PT24H') | '2024-03-31T13:00+02:00[Europe/Vienna]' |
      | duration('P1D') + duration('PT36H')                             | 'P1DT36H'                               |
      | duration('P1D') - duration('P2D')                               | 'P-1D'                                  |
      | duration('P1DT1H') * 2                                          | 'P2DT2H'                                |
      | 2 * duration('PT10M')                                           | 'PT20M'                                 |
      | duration('P1D') / 2                                             | 'PT12H'                                 |
      | -duration('P1M')                                                | 'P-1M'                                  |
      | date('2024-01-01') + null                                       | null                                    |

  Scenario Outline: Between
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                                                            | value     |
      | duration.between(date('2024-01-31'), date('2024-03-01'))                              | 'P1M1D'   |
      | duration.between(date('2024-03-01'), date('2024-01-31'))                              | 'P-1M-1D' |
      | duration.inMonths(date('2023-12-31'), date('2024-12-30'))                             | 'P11M'    |
      | duration.inDays(date('2024-02-01'), date('2024-03-01'))                               | 'P29D'    |
      | duration.inSeconds(localtime('10:00'), localtime('09:59:59.5'))                       | 'PT-0.5S' |
      | duration.between(localtime('10:00'), date('2024-01-01'))                              | 'PT-10H'  |
      | duration.inSeconds(datetime('2024-01-01T00:00Z'), datetime('2024-01-01T00:00-01:00')) | 'PT1H'    |
      | duration.between(null, date('2024-01-01'))                                            | null      |

  Scenario Outline: Truncation
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                                                     | value                    |
      | date.truncate('millennium', date('2024-05-17'))                                | '2000-01-01'             |
      | date.truncate('decade', date('2024-05-17'))                                    | '2020-01-01'             |
      | date.truncate('quarter', date('2024-05-17'), {day: 2})                         | '2024-04-02'             |
      | date.truncate('week', date('2024-05-17'))                                      | '2024-05-13'             |
      | date.truncate('weekYear', date('2024-12-30'))                                  | '2024-12-30'             |
      | date.truncate('month', datetime('2024-05-17T10:00Z'))                          | '2024-05-01'             |
      | localdatetime.truncate('hour', localdatetime('2024-05-17T10:45'), {minute: 5}) | '2024-05-17T10:05'       |
      | datetime.truncate('day', date('2024-05-17'), {timezone: '+02:00'})             | '2024-05-17T00:00+02:00' |
      | localtime.truncate('minute', time('10:45:50+01:00'))                           | '10:45'                  |
      | time.truncate('millisecond', time('10:45:50.123456+01:00'))                    | '10:45:50.123+01:00'     |

  Scenario Outline: Comparison
    When executing query:
      """
      RETURN <expression> AS v
      """
    Then the result should be, in any order:
      | v       |
      | <value> |

    Examples:
      | expression                                                         | value |
      | date('2024-01-01') < date('2024-01-02')                            | true  |
      | date('2024-01-01') = localdatetime('2024-01-01T00:00')             | false |
      | date('2024-01-01') < localdatetime('2024-01-02T00:00')             | null  |
      | time('10:00+01:00') = time('09:00Z')                               | false |
      | time('10:00+01:00') < time('09:30Z')                               | true  |
      | datetime('2024-01-01T10:00+01:00') > datetime('2024-01-01T08:59Z') | true  |
      | duration('P1D') = duration('PT24H')                                | false |
      | duration('P1Y') = duration('P12M')                                 | true  |
      | duration('P1D') < duration('P2D')                                  | null  |
      | date('2024-01-01') IN [date('20240101')]                           | true  |
      | date('2024-01-01') = '2024-01-01'                                  | false |

  Scenario Outline: Values that are none
    When executing query:
      """
      <query>
      """
    Then a TypeError should be raised at runtime: <detail>

    Examples:
      | query                                                    | detail               |
      | RETURN date('2023-02-29') AS x                           | InvalidArgumentValue |
      | RETURN date('2024-13') AS x                              | InvalidArgumentValue |
      | RETURN date('today') AS x                                | InvalidArgumentValue |
      | RETURN date({month: 1}) AS x                             | InvalidArgumentValue |
      | RETURN date({year: 2024, day: 1}) AS x                   | InvalidArgumentValue |
      | RETURN date({year: 2024, month: 2, day: 30}) AS x        | InvalidArgumentValue |
      | RETURN localtime('24:00') AS x                           | InvalidArgumentValue |
      | RETURN time('10:00+19:00') AS x                          | InvalidArgumentValue |
      | RETURN datetime('2024-01-01T00:00[Europe/Nowhere]') AS x | InvalidArgumentValue |
      | RETURN duration('1D') AS x                               | InvalidArgumentValue |
      | RETURN duration('P') AS x                                | InvalidArgumentValue |

  Scenario Outline: Wrong types that show before any row
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                               | detail              |
      | RETURN date(1) AS x                                 | InvalidArgumentType |
      | RETURN duration(true) AS x                          | InvalidArgumentType |
      | RETURN date('2024-01-01') + 1 AS x                  | InvalidArgumentType |
      | RETURN date('2024-01-01') - date('2023-01-01') AS x | InvalidArgumentType |
      | RETURN duration('P1D') * 'a' AS x                   | InvalidArgumentType |
