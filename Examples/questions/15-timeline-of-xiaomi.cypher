// Every dated event of Xiaomi in 2021, with its source and how that source puts it
MATCH (x:Company {name: 'Xiaomi'})
CALL dossier.timeline(x) YIELD date, event, element, source
WITH x, date, event, element, source WHERE date.year = 2021
RETURN DISTINCT date, event,
  coalesce(CASE WHEN endNode(element) <> x THEN endNode(element).name END, startNode(element).name)
    AS other,
  claim(element) AS mode, coalesce(source(element).key, source) AS source
ORDER BY date, event, other;
