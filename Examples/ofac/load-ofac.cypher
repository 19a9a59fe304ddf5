// graphs: none
// parameters: folder=sample list=cons
// The lists of the Office of Foreign Assets Control, as it publishes them, become a graph.
//
// `folder` holds the files as they are: no header, -0- for null, Ctrl-Z at the end.
// `list` is `cons` (cons_prim.csv, cons_alt.csv, cons_add.csv, cons_comments.csv) or
// `sdn` (sdn.csv, alt.csv, add.csv, sdn_comments.csv). Both can be loaded, one after the other.
//
//     dossier --allow-folder /data/ofac -p folder=/data/ofac -p list=sdn -f Examples/ofac/load-ofac.cypher
//
//   (:Listed {id, name, kind, remarks}), also :Person, :Organization, :Vessel or :Aircraft
//   (:Designation {kind, from, effective})-[:designates]->(:Listed), one for each programme
//   (:Designation)-[:designated-by {basis, from, effective}]->(:Agency), one for each listing date
//   (:Listed)-[:known-as]->(:Alias), (:Listed)-[:located-at]->(:Address), (:Listed)-[:linked-to]->(:Listed)

MERGE (:Agency {id: 'ofac', name: 'Office of Foreign Assets Control'});

// Entries. A number tells the same entry in all files of both lists.
LOAD CSV FROM $folder + CASE $list WHEN 'cons' THEN '/cons_prim.csv' ELSE '/sdn.csv' END AS row
WITH row WHERE size(row) > 11
MERGE (e:Listed {id: 'ofac-' + trim(row[0])})
SET e.list = $list, e.number = toInteger(trim(row[0])), e.name = trim(row[1]),
    e.kind = CASE trim(row[2]) WHEN '-0-' THEN 'organization' ELSE trim(row[2]) END,
    e.programs = [p IN split(trim(row[3]), '] [') WHERE p <> '-0-'],
    e.title = CASE trim(row[4]) WHEN '-0-' THEN null ELSE trim(row[4]) END,
    e.callSign = CASE trim(row[5]) WHEN '-0-' THEN null ELSE trim(row[5]) END,
    e.vesselType = CASE trim(row[6]) WHEN '-0-' THEN null ELSE trim(row[6]) END,
    e.flag = CASE trim(row[9]) WHEN '-0-' THEN null ELSE trim(row[9]) END,
    e.owner = CASE trim(row[10]) WHEN '-0-' THEN null ELSE trim(row[10]) END,
    e.remarks = CASE trim(row[11]) WHEN '-0-' THEN '' ELSE row[11] END;

// What did not fit the remarks, from the letter on where they were cut.
LOAD CSV FROM $folder + CASE $list WHEN 'cons' THEN '/cons_comments.csv' ELSE '/sdn_comments.csv' END AS row
WITH row WHERE size(row) > 1
MATCH (e:Listed {id: 'ofac-' + trim(row[0])})
SET e.remarks = e.remarks + row[1];

MATCH (e:Listed {kind: 'individual'}) SET e:Person;
MATCH (e:Listed {kind: 'organization'}) SET e:Organization;
MATCH (e:Listed {kind: 'vessel'}) SET e:Vessel;
MATCH (e:Listed {kind: 'aircraft'}) SET e:Aircraft;

LOAD CSV FROM $folder + CASE $list WHEN 'cons' THEN '/cons_alt.csv' ELSE '/alt.csv' END AS row
WITH row WHERE size(row) > 3
MATCH (e:Listed {id: 'ofac-' + trim(row[0])})
CREATE (e)-[:known-as]->(:Alias {
  id: 'ofac-alias-' + trim(row[1]), kind: trim(row[2]), name: trim(row[3])
});

LOAD CSV FROM $folder + CASE $list WHEN 'cons' THEN '/cons_add.csv' ELSE '/add.csv' END AS row
WITH row WHERE size(row) > 4
MATCH (e:Listed {id: 'ofac-' + trim(row[0])})
CREATE (e)-[:located-at]->(:Address {
  id: 'ofac-address-' + trim(row[1]),
  street: CASE trim(row[2]) WHEN '-0-' THEN null ELSE trim(row[2]) END,
  city: CASE trim(row[3]) WHEN '-0-' THEN null ELSE trim(row[3]) END,
  country: CASE trim(row[4]) WHEN '-0-' THEN null ELSE trim(row[4]) END
});

// A designation for each programme.
MATCH (e:Listed {list: $list})
UNWIND e.programs AS program
CREATE (:Designation {id: e.id + '-' + program, kind: program})-[:designates]->(e);

// `Listing Date (EO 14024 Directive 2): 24 Feb 2022` belongs to the programme RUSSIA-EO14024,
// `Listing Date (CMIC) 03 Jun 2021.` to CMIC-EO13959. `Effective Date` is written alike.
MATCH (d:Designation)-[:designates]->(e:Listed {list: $list})
WHERE e.remarks CONTAINS 'Listing Date ('
UNWIND split(e.remarks, '; ') AS remark
WITH d, e, remark WHERE remark STARTS WITH 'Listing Date ('
WITH d, e, split(substring(remark, 14), ')')[0] AS basis, replace(remark, '.', '') AS listed
WHERE d.kind CONTAINS split(replace(basis, 'EO ', 'EO'), ' ')[0]
WITH d, basis, split(right(listed, 11), ' ') AS listed,
     [s IN split(e.remarks, '; ') WHERE s STARTS WITH 'Effective Date (' + basis + ')'
        | split(right(replace(s, '.', ''), 11), ' ')][0] AS effective,
     ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] AS months
WITH d, basis, listed, effective,
     [m IN range(0, 11) WHERE months[m] = listed[1] | m + 1][0] AS listedMonth,
     [m IN range(0, 11) WHERE months[m] = effective[1] | m + 1][0] AS effectiveMonth
MATCH (a:Agency {id: 'ofac'})
CREATE (d)-[:designated-by {
  basis: basis,
  from: date({year: toInteger(listed[2]), month: listedMonth, day: toInteger(listed[0])}),
  effective: CASE WHEN effective IS NULL THEN null ELSE
    date({year: toInteger(effective[2]), month: effectiveMonth, day: toInteger(effective[0])}) END
}]->(a);

// All other designations, whose dates these files don't tell.
MATCH (d:Designation)-[:designates]->(e:Listed {list: $list}), (a:Agency {id: 'ofac'})
WHERE NOT (d)-[:designated-by]->(a)
CREATE (d)-[:designated-by]->(a);

MATCH (e:Listed {list: $list})<-[:designates]-(d:Designation)-[r:designated-by]->(:Agency)
WITH d, min(r.from) AS first, min(r.effective) AS effective
WHERE first IS NOT NULL
SET d.from = first, d.effective = effective;

// `Linked To: NAME; ` in the remarks. The full stop behind the last remark may be the name's own.
MATCH (e:Listed {list: $list})
WHERE e.remarks CONTAINS 'Linked To: '
UNWIND [r IN split(e.remarks, '; ') WHERE r STARTS WITH 'Linked To: ' | trim(substring(r, 11))] AS name
CREATE (e)-[:mentions]->(:Mention {list: $list, name: name});

MATCH (m:Mention) WHERE m.name ENDS WITH '.'
OPTIONAL MATCH (e:Listed {name: m.name})
WITH m, count(e) AS entries WHERE entries = 0
SET m.name = left(m.name, size(m.name) - 1);

// Who is linked to and is on no list that is loaded.
MATCH (m:Mention)
OPTIONAL MATCH (e:Listed {name: m.name})
WITH m.name AS name, count(e) AS entries WHERE entries = 0
CREATE (:Listed {name: name, list: 'none'});

// Of entries with the same name the one with the lowest number is meant.
MATCH (e:Listed)-[:mentions]->(m:Mention)
MATCH (target:Listed {name: m.name})
WITH e, m, target ORDER BY target.number
WITH e, m, collect(target)[0] AS target
CREATE (e)-[:linked-to]->(target);

MATCH (m:Mention) DETACH DELETE m;

MATCH (e:Listed {list: $list})
OPTIONAL MATCH (e)-[l:linked-to]->()
WITH e, count(l) AS links
RETURN count(*) AS entries, sum(CASE WHEN links > 0 THEN 1 ELSE 0 END) AS linked, sum(links) AS links,
       sum(COUNT { (e)-[:known-as]->() }) AS aliases, sum(COUNT { (e)-[:located-at]->() }) AS addresses;

MATCH (d:Designation)-[r:designated-by]->(:Agency)
WHERE r.from IS NOT NULL
RETURN d.kind AS program, r.from AS listed, count(*) AS entries
ORDER BY program, listed;
