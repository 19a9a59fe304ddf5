// Which designations did Huawei have on three days, and were they in effect yet?
UNWIND [date('2020-01-01'), date('2020-07-01'), date('2021-07-01')] AS day
MATCH (:Company {name: 'Huawei'})-[d:designated-by]->(a:Agency)
WHERE (d.from IS NULL OR d.from <= day) AND (d.to IS NULL OR day < d.to)
RETURN day, d.kind AS kind, a.abbreviation AS agency,
       coalesce(d.effective, d.from) <= day AS inEffect
ORDER BY day, kind;
