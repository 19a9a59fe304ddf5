import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import Testing

/// Graphs as folders of tables.
@Suite struct CSVFolderTests {
  private let folder = "/tmp/dossier-csv-\(UInt64.random(in: 0...(.max)))"

  private func database(_ gram: String) throws -> Database {
    let database = Database()
    _ = try GraphFile.load(bytes: Array(gram.utf8), named: "test", into: database, format: .gram)
    return database
  }

  private func names() -> [String] {
    var names: [String] = []
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private func remove() {
    for name in names() { unlink(folder + "/" + name) }
    rmdir(folder)
  }

  private func content(_ name: String) -> String {
    guard let file = fopen(folder + "/" + name, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  @Test func tables() throws {
    defer { remove() }
    let database = try database(
      """
      (a:Company:Listed {name: 'X "q"', n: 1, e: '', l: ['a', 'b'], d: date`2021-01-14`})
      (b:Company:Listed {name: 7, n: 2})
      (c {x: []})
      (a)-[:owns {share: 0.5}]->(b)
      (b)-[:`part of`]->(c)
      """)
    let report = try GraphFile.save(database.view, to: folder + "/")
    #expect(report.warnings == [])
    #expect(report.nodes == 3 && report.relationships == 2 && report.format == .csv)
    #expect(
      names() == [
        "Company_Listed_2_nodes.csv", "Company_Listed_nodes.csv", "owns_relationships.csv",
        "part_of_relationships.csv", "unlabelled_nodes.csv",
      ])
    #expect(
      content("Company_Listed_nodes.csv") == #"""
        :ID,:LABEL,name:string,n:long,e:string,l:string[],d:date
        0,"Company;Listed","X ""q""",1,"","a;b",2021-01-14

        """#)
    #expect(
      content("owns_relationships.csv") == """
        :START_ID,:END_ID,:TYPE,share:double
        0,1,"owns",0.5

        """)
    let copy = Database()
    _ = try GraphFile.load(path: folder, into: copy)
    #expect(copy.view.nodeCount == 3 && copy.view.relationshipCount == 2)
  }

  @Test func savingReplacesTablesOnly() throws {
    defer { remove() }
    _ = try GraphFile.save(try database("(:A)-[:r]->(:B)").view, to: folder, format: .csv)
    _ = try GraphFile.save(try database("(:C)").view, to: folder + "/")
    #expect(names() == ["C_nodes.csv"])
    let other = fopen(folder + "/notes.txt", "w")
    fclose(other)
    do throws(QueryError) {
      _ = try GraphFile.save(Database().view, to: folder + "/")
      Issue.record("replaces a folder with other things")
    } catch {
      #expect(error.code == .fileUnwritable)
      #expect(
        error.diagnostics[0].message
          == "can't replace `\(folder)`: it holds `notes.txt`, which is no table of a saved graph")
    }
    #expect(names() == ["C_nodes.csv", "notes.txt"])
  }

  @Test func emptyGraphs() throws {
    defer { remove() }
    _ = try GraphFile.save(Database().view, to: folder + "/")
    #expect(names() == ["unlabelled_nodes.csv"])
    let copy = Database()
    _ = try GraphFile.load(path: folder, into: copy)
    #expect(copy.view.nodeCount == 0)
  }

  @Test func refusals() throws {
    for path in ["/does/not/exist/x/", "/tmp/dossier-csv-\(getpid()).csv", "/dev/null/"] {
      do throws(QueryError) {
        _ = try GraphFile.save(Database().view, to: path, format: .csv)
        Issue.record("saves to \(path)")
      } catch {
        #expect(error.code == .fileUnwritable || error.code == .invalidArgumentValue)
      }
    }
    do throws(QueryError) {
      _ = try GraphFile.bytes(of: Database().view, format: .csv)
      Issue.record("writes several files as one")
    } catch {
      #expect(error.code == .invalidArgumentValue)
    }
  }
}
