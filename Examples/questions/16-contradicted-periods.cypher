// On which dates do sources contradict each other, for the same subject, relation and object?
CALL dossier.conflicts() YIELD subject, relation, first, second, reason
WITH subject, relation, first, second
WHERE reason = 'different periods' AND overlaps(first, second)
  AND coalesce(first.kind = second.kind, true)
RETURN coalesce(subject.name, startNode(subject).name) AS subject, relation, endNode(first).name AS object,
  valid(first).from AS from, first.source AS source,
  valid(second).from AS otherwiseFrom, second.source AS otherSource;
