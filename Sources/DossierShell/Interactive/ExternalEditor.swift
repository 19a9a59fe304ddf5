import DossierSyntax
import Glibc

/// Lets a person edit a text in the editor of `$VISUAL` or `$EDITOR`.
enum ExternalEditor {
  /// The edited text; nil when the editor failed, which has been reported.
  static func edit(_ text: String, report: (String) -> Void) -> String? {
    var path = Array("/tmp/dossier-XXXXXX.cypher".utf8CString)
    let descriptor = mkstemps(&path, 7)
    guard descriptor >= 0 else {
      report("error: cannot make a temporary file: \(String(cString: strerror(errno)))\n")
      return nil
    }
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(name) }
    let output = FileOutput(descriptor: descriptor)
    do throws(OutputClosed) { try output.write(text.isEmpty ? "" : text + ";\n") } catch {}
    close(descriptor)
    guard runEditor(on: name) else {
      report("error: the editor failed; `$EDITOR` names it\n")
      return nil
    }
    do throws(QueryError) {
      var bytes = try FileText.bytes(ofFile: name)
      while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      return nil
    }
  }

  private static func runEditor(on path: String) -> Bool {
    let editor = getenv("VISUAL") ?? getenv("EDITOR")
    let command = (editor.map { String(cString: $0) } ?? "vi") + " '" + path + "'"
    return system(command) == 0
  }
}
