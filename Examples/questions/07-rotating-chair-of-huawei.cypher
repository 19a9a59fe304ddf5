// Who led Huawei as rotating chair on 30 September 2023, and who on 1 October 2023?
UNWIND [date('2023-09-30'), date('2023-10-01')] AS day
MATCH (:Company {name: 'Huawei'})-[r:led-by {role: 'rotating chair'}]->(p:Person)
WHERE (r.from IS NULL OR r.from <= day) AND (r.to IS NULL OR day < r.to)
RETURN day, p.name AS chair, p.aliases AS aliases, r.source AS source
ORDER BY day, chair;
