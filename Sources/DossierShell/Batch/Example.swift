import Dossier
import DossierSyntax

/// A script with the output that is expected of it: `name.cypher` and `name.out` beside it.
///
/// Comments at the head of a script tell what it needs: `// graphs: xiaomi designations` (the default;
/// `none` for an empty graph) and `// parameters: company=Huawei day=2020-12-31`. `LOAD CSV` reads the
/// tables beside the script.
public struct Example: Sendable {
  /// The script's path.
  public let path: String
  /// The folder with the graph files.
  private let graphFolder: String

  public init(path: String, graphFolder: String) {
    self.path = path
    self.graphFolder = graphFolder
  }

  /// The path of the expected output.
  public var expectedPath: String { String(path.dropLast("cypher".utf8.count)) + "out" }

  /// What the script prints now: results and errors in their order. Files are named without their
  /// folders, so that outputs do not depend on where the checkout is.
  public func output() -> String {
    let output = MemoryOutput()
    var settings = ShellSettings()
    do throws(QueryError) {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      settings.fileAccess = try FileAccess(
        folders: [(path.hasPrefix("/") ? "/" : "") + (folder.isEmpty ? "." : folder)])
    } catch {}
    let shell = Shell(
      database: Database(), settings: settings, results: output, messages: output)
    do throws(QueryError) {
      let text = try SourceText(validating: FileText.bytes(ofFile: path))
      for graph in words("graphs", in: text) ?? ["xiaomi", "designations"] where graph != "none" {
        guard shell.load("\(graphFolder)/\(graph).gram") == .success else { return output.text }
      }
      for assignment in words("parameters", in: text) ?? [] {
        _ = shell.setParameter(assignment: assignment)
      }
      var batch = BatchRunner(shell: shell, keepsGoing: true)
      batch.run(text, named: path.split(separator: "/").last.map(String.init))
    } catch {
      shell.reportError(error, in: nil, named: nil)
    }
    return output.text
  }

  /// The expected output; nil when there is none yet.
  public func expectedOutput() -> String? {
    do throws(QueryError) {
      return String(decoding: try FileText.bytes(ofFile: expectedPath), as: UTF8.self)
    } catch {
      return nil
    }
  }

  /// The words behind `// key:` in the comments at the head of a script.
  private func words(_ key: String, in text: SourceText) -> [String]? {
    for number in 1...max(1, text.lineCount) {
      let line = text.line(number)
      guard line.hasPrefix("//") else { return nil }
      let prefix = "// \(key):"
      if line.hasPrefix(prefix) {
        return line.dropFirst(prefix.count).split(separator: " ").map(String.init)
      }
    }
    return nil
  }
}
