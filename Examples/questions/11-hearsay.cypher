// What do we know only because somebody says that a document says so?
MATCH (subject)-[fact]->(object),
  [fact]-[first:reported-by]->(source:Document),
  [first]-[second:reported-by]->(teller:Document)
RETURN subject.name AS subject, type(fact) AS relation, object.name AS object,
  source.name AS source, second.mode AS mode, teller.key AS toldBy;
