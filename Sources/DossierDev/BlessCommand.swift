import Dossier
import DossierShell
import Glibc

/// `dossier-dev bless`: rewrites the expected outputs of examples and the reference of functions.
enum BlessCommand {
  /// Blesses the scripts below some folders, `Examples` unless told otherwise.
  static func run(folders: [String]) -> Int32 {
    var count = 0
    for path in (folders.isEmpty ? ["Examples"] : folders).flatMap(scripts) {
      let example = Example(path: path, graphFolder: "Graphs")
      let output = example.output()
      guard output != example.expectedOutput() else { continue }
      guard write(output, to: example.expectedPath) else {
        print("cannot write \(example.expectedPath)")
        return 1
      }
      print("wrote \(example.expectedPath)")
      count += 1
    }
    guard write(FunctionReference.page, to: "Grammar/Functions.md") else {
      print("cannot write Grammar/Functions.md")
      return 1
    }
    print("\(count) outputs changed")
    return 0
  }

  /// The scripts below a folder, sorted.
  private static func scripts(below folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = folder + "/" + name
      if entry.pointee.d_type == UInt8(DT_DIR) {
        found += scripts(below: path)
      } else if name.hasSuffix(".cypher") {
        found.append(path)
      }
    }
    return found.sorted()
  }

  private static func write(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    do {
      try FileOutput(descriptor: descriptor).write(text)
      return true
    } catch {
      return false
    }
  }
}
