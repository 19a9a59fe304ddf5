import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import TestSupport
import Testing

/// The law of the formats: a graph that is written and read again is the same graph up to the ids of
/// its elements, unless the report of the writer has a warning.
@Suite struct RoundTripLawTests {
  /// The formats that are both written and read.
  static let formats: [GraphFileFormat] = GraphFileFormat.allCases.filter {
    $0.isReadable && $0.isWritable
  }

  /// The graph that a format makes of a graph, and the warnings of its writer.
  private func written(
    _ database: Database, _ format: GraphFileFormat
  ) throws(QueryError) -> (database: Database, warnings: [String]) {
    let copy = Database()
    if format == .csv {
      let folder = "/tmp/dossier-law-\(UInt64.random(in: 0...(.max)))/"
      defer { removeFolder(folder) }
      let report = try GraphFile.save(database.view, to: folder)
      _ = try GraphFile.load(path: folder, into: copy)
      return (copy, report.warnings)
    }
    let (bytes, report) = try GraphFile.bytes(of: database.view, format: format)
    _ = try GraphFile.load(bytes: bytes, named: "test", into: copy, format: format)
    return (copy, report.warnings)
  }

  /// A folder's tables go with it.
  private func removeFolder(_ folder: String) {
    if let stream = opendir(folder) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { unlink(folder + name) }
      }
      closedir(stream)
    }
    rmdir(folder)
  }

  private func describe(_ error: QueryError) -> String {
    "\(error.diagnostics[0].message), \(String(describing: error.diagnostics[0].position))"
  }

  @Test(arguments: formats, 0..<60 as Range<UInt64>)
  func commonGraphs(_ format: GraphFileFormat, seed: UInt64) throws {
    let database = try GeneratedGraph.database(seed: seed, .common)
    do throws(QueryError) {
      let copy = try written(database, format)
      #expect(copy.warnings == [])
      #expect(
        CanonicalGraph.lines(of: copy.database.view) == CanonicalGraph.lines(of: database.view))
    } catch {
      Issue.record("\(describe(error))")
    }
  }

  @Test(arguments: formats, 0..<120 as Range<UInt64>)
  func allGraphs(_ format: GraphFileFormat, seed: UInt64) throws {
    let database = try GeneratedGraph.database(seed: seed, .all)
    do throws(QueryError) {
      let copy = try written(database, format)
      let isSame =
        CanonicalGraph.lines(of: copy.database.view) == CanonicalGraph.lines(of: database.view)
      #expect(isSame == copy.warnings.isEmpty, "\(copy.warnings)")
    } catch {
      Issue.record("\(describe(error))")
    }
  }

  @Test(arguments: formats, formats)
  func pairs(_ first: GraphFileFormat, _ second: GraphFileFormat) throws {
    for seed in 1_000..<1_008 as Range<UInt64> {
      let database = try GeneratedGraph.database(seed: seed, .common)
      do throws(QueryError) {
        let middle = try written(database, first)
        let last = try written(middle.database, second)
        #expect(middle.warnings + last.warnings == [])
        #expect(
          CanonicalGraph.lines(of: last.database.view) == CanonicalGraph.lines(of: database.view),
          "seed \(seed)")
      } catch {
        Issue.record("seed \(seed): \(describe(error))")
      }
    }
  }
}
