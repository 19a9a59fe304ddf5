// Was Xiaomi designated on 1 March 2021, and by whom? And on 1 June 2021?
UNWIND [date('2021-03-01'), date('2021-06-01')] AS day
OPTIONAL MATCH (:Company {name: 'Xiaomi'})-[d:designated-by]->(a:Agency) AS OF day
RETURN day, a.name AS agency, d.kind AS kind
ORDER BY day, agency;
