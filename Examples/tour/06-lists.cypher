// Lists: comprehensions, quantifiers and reduce over the names and sizes of the tranches.
MATCH (c:Company)-[d:designated-by {kind: 'CCMC'}]->()
WITH d.tranche AS tranche, c.name AS name
ORDER BY tranche, name
WITH tranche, collect(name) AS names
RETURN tranche,
       size(names) AS companies,
       [name IN names WHERE name CONTAINS 'Aero' OR name CONTAINS 'Aviation'] AS flying,
       any(name IN names WHERE name = 'Xiaomi') AS withXiaomi,
       reduce(longest = '', name IN names |
              CASE WHEN size(name) > size(longest) THEN name ELSE longest END) AS longestName
ORDER BY tranche;
