// Who designated Xiaomi on 1 February 2021, and who on 26 May 2021?
// A day without a row in force keeps its line, with null.
UNWIND [date('2021-02-01'), date('2021-05-26')] AS day
OPTIONAL MATCH (:Company {name: 'Xiaomi'})-[d:designated-by]->(a:Agency)
WHERE (d.from IS NULL OR d.from <= day) AND (d.to IS NULL OR day < d.to)
RETURN day, a.name AS agency, d.kind AS kind
ORDER BY day, agency, kind;
