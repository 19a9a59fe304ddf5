import Dossier
import DossierFormats

/// The library example of README.md, which `ReadmeTests` compares with this file.
func readmeLibraryExample() throws -> [String] {
  var lines: [String] = []
  func print(_ line: String) { lines.append(line) }
  let database = Database()
  try GraphFile.load(path: "Graphs/xiaomi.gram", into: database)
  let session = database.session()
  let result = try session.run(
    """
    MATCH (c:Company)-[d:designated-by]->(), [d]-[v:vacated-by]->(o:Order)
    WHERE c.name = $name
    RETURN c.name, v.from
    """, parameters: ["name": .string("Xiaomi")])
  for row in result.rows {
    if case .string(let name) = row[0], case .date(let day) = row[1] {
      print("\(name) \(day)")
    }
  }
  return lines
}
