import Foundation

/// The folder that this package was checked out into.
public enum Checkout {
  /// The root, without a slash at its end.
  public static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// The paths of files below a folder of the checkout that end in `suffix`, relative to the root,
  /// sorted.
  public static func files(below folder: String, endingIn suffix: String) -> [String] {
    let base = root + "/" + folder
    let all = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(suffix) }.map { folder + "/" + $0 }.sorted()
  }

  /// The text of a file of the checkout; nil when it is missing or no UTF-8.
  public static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: root + "/" + path).flatMap {
      String(data: $0, encoding: .utf8)
    }
  }
}
