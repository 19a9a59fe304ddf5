import DossierSyntax
import Glibc
import Testing

@testable import Dossier

@Suite("Files that statements may read")
struct FileAccessTests {
  /// `inside/a.csv`, `inside/deep/b.csv`, `inside/all` a link to `deep`, and things beside.
  private func folder() throws -> TableFolder {
    let folder = try TableFolder()
    try folder.makeFolder("inside")
    try folder.makeFolder("inside/deep")
    try folder.makeFolder("insider")
    try folder.write("a\n", to: "inside/a.csv")
    try folder.write("b\n", to: "inside/deep/b.csv")
    try folder.write("ü\n", to: "inside/ü 1.csv")
    try folder.write("secret\n", to: "secret.csv")
    try folder.write("secret\n", to: "insider/secret.csv")
    for (target, name) in [
      ("deep", "all"), ("../secret.csv", "link.csv"), ("..", "up"), ("a.csv", "again.csv"),
      ("nowhere", "dangling.csv"), ("round.csv", "round.csv"),
    ] {
      guard symlink(target, folder.path + "/inside/" + name) == 0 else {
        throw TableFolder.Failure()
      }
    }
    guard mkfifo(folder.path + "/inside/pipe.csv", 0o600) == 0 else { throw TableFolder.Failure() }
    return folder
  }

  private func outcome(_ session: Session, _ name: String) -> String {
    do throws(QueryError) {
      let result = try session.run(
        "LOAD CSV FROM $name AS row RETURN row[0]", parameters: ["name": .string(name)])
      return result.rows.map { "\($0[0])" }.joined()
    } catch {
      return error.code.detail
    }
  }

  @Test func onlyWhatLiesInside() throws {
    let folder = try folder()
    let session = Database().session()
    session.fileAccess = try FileAccess(folders: [folder.path + "/inside"])
    let inside = folder.path + "/inside"
    let cases: [(String, String)] = [
      ("a.csv", "'a'"), ("./a.csv", "'a'"), ("deep/b.csv", "'b'"), ("deep/../a.csv", "'a'"),
      ("all/b.csv", "'b'"), ("again.csv", "'a'"), (inside + "/a.csv", "'a'"),
      (inside + "//deep/./b.csv", "'b'"), ("ü 1.csv", "'ü'"),
      ("file://\(inside)/a.csv", "'a'"), ("file:\(inside)/a.csv", "'a'"),
      ("FILE://localhost\(inside)/a.csv", "'a'"), ("file:///a.csv", "'a'"),
      ("file:///%C3%BC%201.csv", "'ü'"),
      ("../secret.csv", "FileAccessDenied"), ("link.csv", "FileAccessDenied"),
      ("up/secret.csv", "FileAccessDenied"), ("up/inside/a.csv", "'a'"),
      (folder.path + "/secret.csv", "FileAccessDenied"),
      (folder.path + "/insider/secret.csv", "FileAccessDenied"),
      (folder.path + "/nothing.csv", "FileAccessDenied"),
      (inside + "/../secret.csv", "FileAccessDenied"),
      ("file:///..%2Fsecret.csv", "FileAccessDenied"), ("/etc/passwd", "FileAccessDenied"),
      ("/dev/zero", "FileAccessDenied"), ("/proc/self/environ", "FileAccessDenied"),
      ("nothing.csv", "FileUnreadable"), ("dangling.csv", "FileUnreadable"),
      ("round.csv", "FileUnreadable"), ("pipe.csv", "FileUnreadable"), ("deep", "FileUnreadable"),
      ("", "FileUnreadable"), ("a\u{0}.csv", "FileUnreadable"), ("a.csv/", "FileUnreadable"),
      ("file:///a%2", "FileUnreadable"), ("file:///a%00", "FileUnreadable"),
      ("file:///%FF", "FileUnreadable"),
      ("file://host/a.csv", "FileAccessDenied"), ("http://host/a.csv", "FileAccessDenied"),
      ("HTTPS://host/a.csv", "FileAccessDenied"), ("ftp://host/a.csv", "FileAccessDenied"),
      ("s3://host/a.csv", "FileAccessDenied"), (".", "FileAccessDenied"),
    ]
    for (name, expected) in cases {
      #expect(outcome(session, name) == expected, "\(name)")
    }
  }

  @Test func devicesAreRefused() throws {
    let session = Database().session()
    session.fileAccess = try FileAccess(folders: ["/dev"])
    #expect(outcome(session, "zero") == "FileUnreadable")
    #expect(outcome(session, "/dev/null") == "FileUnreadable")
  }

  @Test func nothingIsAllowedAtFirst() throws {
    let folder = try folder()
    let session = Database().session()
    for name in ["a.csv", folder.path + "/secret.csv", folder.path + "/nothing.csv"] {
      #expect(outcome(session, name) == "FileAccessDenied")
    }
  }

  @Test func foldersAreAskedInTheirOrder() throws {
    let folder = try folder()
    try folder.write("other\n", to: "insider/a.csv")
    let session = Database().session()
    session.fileAccess = try FileAccess(
      folders: [folder.path + "/insider", folder.path + "/inside", folder.path + "/insider"])
    #expect(session.fileAccess.folders.count == 2)
    #expect(outcome(session, "a.csv") == "'other'")
    #expect(outcome(session, "deep/b.csv") == "'b'")
    #expect(outcome(session, "link.csv") == "FileAccessDenied")
    #expect(throws: QueryError.self) { try FileAccess(folders: [folder.path + "/secret.csv"]) }
    #expect(throws: QueryError.self) { try FileAccess(folders: [folder.path + "/none"]) }
  }

  @Test func errorsHaveTheirPlaces() throws {
    let folder = try TableFolder()
    try folder.write("a,b\n1,2\n1,\"ä\",3\n", to: "long.csv")
    try folder.write("a,b,\"a\"\n", to: "twice.csv")
    try folder.write("a\n\"", to: "open.csv")
    let session = try folder.session()
    let cases: [(String, DiagnosticCode, SourcePosition)] = [
      ("long.csv", .wrongColumnCount, SourcePosition(line: 3, column: 7)),
      ("twice.csv", .invalidData, SourcePosition(line: 1, column: 5)),
      ("open.csv", .invalidData, SourcePosition(line: 2, column: 1)),
    ]
    for (name, code, position) in cases {
      let failure = #expect(throws: QueryError.self) {
        try session.run("LOAD CSV WITH HEADERS FROM\n '\(name)' AS row RETURN row")
      }
      let found = try #require(failure).diagnostics
      #expect(found.count == 2)
      #expect(found[0].code == code)
      #expect(found[0].file == name)
      #expect(found[0].position == position)
      #expect(found[1].file == nil)
      #expect(found[1].position == SourcePosition(line: 2, column: 2))
    }
    let failure = #expect(throws: QueryError.self) {
      try session.run("LOAD CSV FROM 'none.csv' AS row RETURN row")
    }
    #expect(failure?.diagnostics[0].position == SourcePosition(line: 1, column: 15))
  }
}
