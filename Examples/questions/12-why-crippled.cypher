// What is Huawei's consumer division crippled by, and what does that result from?
MATCH (division)-[:crippled-by]->[effect], (a)-[effect]->(b),
  [effect]-[:result-of]->[cause], (measure)-[cause]->(agency)
RETURN division.name AS division, a.name + ' ' + type(effect) + ' ' + b.name AS effect,
  measure.name + ' ' + type(cause) + ' ' + agency.name AS cause;
