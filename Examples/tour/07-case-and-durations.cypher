// CASE and durations: how many days did designations last that have both bounds?
MATCH (:Company)-[d:designated-by]->()
WHERE d.from IS NOT NULL AND d.to IS NOT NULL
WITH d.kind AS kind, duration.inDays(d.from, d.to).days AS days
RETURN kind,
       CASE
         WHEN days < 183 THEN 'under half a year'
         WHEN days < 365 THEN 'under a year'
         ELSE 'a year and more'
       END AS lasted,
       count(*) AS designations, min(days) AS shortest, max(days) AS longest
ORDER BY kind, shortest;
