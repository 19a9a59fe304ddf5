// LOAD CSV: a row per record, here with the names of the header; an empty field is null.
// Each record asks which designations a company had on a day.
LOAD CSV WITH HEADERS FROM 'questions.csv' AS question
OPTIONAL MATCH (:Company {name: question.company})-[d:designated-by]->()
WHERE (d.from IS NULL OR d.from <= date(question.day))
  AND (d.to IS NULL OR date(question.day) < d.to)
RETURN linenumber() AS line, question.company AS company, question.day AS day,
  collect(DISTINCT d.kind) AS kinds
ORDER BY line;

// Without headers a record is a list; the first line is a record like the others.
LOAD CSV FROM 'questions.csv' AS record FIELDTERMINATOR ','
RETURN record SKIP 3 LIMIT 2;

// Only files in the folders that the command line allows.
LOAD CSV FROM '../README.md' AS record RETURN record;
