import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import Testing

/// Real files with known counts, in the folder that `DOSSIER_TEST_DATA` names; skipped without it.
@Suite(.enabled(if: getenv("DOSSIER_TEST_DATA") != nil))
struct ReferenceDataTests {
  private let folder = getenv("DOSSIER_TEST_DATA").map { String(cString: $0) } ?? ""

  @Test(arguments: [
    ("air-routes", 3_749, 57_645), ("air-routes/air-routes-small-latest.graphml", 47, 1_390),
    ("lsqb-sf0.003", 31_524, 49_680), ("ftm-donations/donations.ijson", 184, 393),
    ("snap-as20/as20graph.txt", 6_474, 26_467), ("codex-s/train.txt", 2_034, 32_888),
    ("graphml/miserables.graphml", 77, 254), ("graphml/basic.graphml", 11, 12),
    ("graphml/attributes.graphml", 6, 7), ("graphml/multigraph.graphml", 6, 9),
    ("graphml/mixed_multigraph.graphml", 6, 8), ("gexf/les_miserables.gexf", 77, 254),
  ])
  func counts(_ path: String, _ nodes: Int, _ relationships: Int) throws {
    let database = Database()
    _ = try GraphFile.load(path: folder + "/" + path, into: database)
    #expect(database.view.nodeCount == nodes)
    #expect(database.view.relationshipCount == relationships)
  }

  /// These files have 15 nodes and 37 edges, and 2 nodes and 4 edges, by their elements. All 37 edges and
  /// 3 of the 4 lead to nodes that the file does not have, so that no graph has these figures: making up
  /// the missing ends would give 51 nodes.
  @Test(arguments: ["graphml/missing_nodes.graphml", "gexf/missing_nodes.gexf"])
  func danglingEdgesAreRefused(_ path: String) throws {
    let database = Database()
    do throws(QueryError) {
      _ = try GraphFile.load(path: folder + "/" + path, into: database)
      Issue.record("loads")
    } catch {
      #expect(error.code == .undefinedReference)
    }
    #expect(database.view.nodeCount == 0)
  }

  @Test func w3cNTriples() throws {
    let path = folder + "/w3c-n-triples"
    guard let stream = opendir(path) else { return }
    defer { closedir(stream) }
    var count = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".nt") else { continue }
      count += 1
      var failed = false
      do throws(QueryError) {
        _ = try GraphFile.load(path: path + "/" + name, into: Database())
      } catch {
        failed = true
      }
      #expect(failed == name.contains("bad"), "\(name)")
    }
    #expect(count > 60)
  }
}
