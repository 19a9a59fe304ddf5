import DossierSyntax

/// Words of other shells, and what to type instead.
extension ShellCommand {
  /// What to type instead of an unknown command: the word for a habit of another shell, or the
  /// nearest name.
  static func suggestion(for word: String) -> String? {
    let bare = bareWord(word)
    if let known = foreignWords.first(where: { $0.words.contains(bare) }) { return known.command }
    let word = word.lowercased()
    let names = table.flatMap { [":" + $0.name] + $0.aliases }
    if let near = EditDistance.nearest(to: word, among: names) { return near }
    return EditDistance.nearest(to: bare, among: table.map(\.name)).map { ":" + $0 }
  }

  /// What helps somebody who types a command of another shell that has no counterpart of the same kind.
  static func explanation(of word: String) -> String? {
    let bare = bareWord(word)
    return explanations.first { $0.words.contains(bare) }?.text
  }

  private static func bareWord(_ word: String) -> String {
    String(word.lowercased().drop { $0 == ":" || $0 == "." || $0 == "\\" })
  }

  private static let foreignWords: [(words: [String], command: String)] = [
    (
      [
        "tables", "dt", "d+", "dn", "du", "di", "dv", "ds", "labels", "db.schema", "describe",
        "databases", "indexes", "indices", "columns", "dbs", "constraints",
      ], ":schema"
    ),
    (["use", "connect", "c", "l", "attach", "server", "open", "import"], ":load FILE"),
    (["sysinfo", "conninfo", "show", "status", "dbinfo", "info"], ":stats"),
    (["headers", "header", "separator", "a", "t", "html", "ascii", "f"], ":format"),
    (["set", "parameter", "bind"], ":param name => value"),
    (["i", "include", "ir", "play"], ":source FILE"),
    (["style"], ":format"),
    (["df", "functions", "da"], ":help functions"),
    (["eqp", "plan"], ":explain STATEMENT"),
    (["gx", "vertical", "expanded"], "\\x"),
    (["p", "w", "write"], ":history"),
    (["maxrows", "limit"], ":rows"),
    (["maxwidth"], ":width"),
    (["save", "backup", "clone"], ":save FILE"),
  ]

  private static let explanations: [(words: [String], text: String)] = [
    (
      ["bail", "on_error_stop"],
      "scripts stop at the first error; the option `--keep-going` lets them go on"
    ),
    (["changes"], "what a statement changed is always told in the shell"),
    (["nullvalue", "null"], "null is an empty cell in csv, `null` elsewhere; `:format` has more"),
    (["print", "qecho", "warn"], "write `RETURN 'text' AS note;`"),
    (
      ["shell", "system", "sh", "!", "cd", "pwd", "ls"],
      "commands of the system are not run from here; Ctrl-Z leaves the shell for a while, `fg` returns"
    ),
    (["encoding"], "all texts are UTF-8"),
    (["copy"], "`LOAD CSV` reads tables; `:format csv` and `:once FILE` write one"),
    (["watch"], "statements run once; Up and Enter repeat the last one"),
    (["r", "reset", "abort"], "Ctrl-C drops the statement that is being entered"),
    (["password", "access-mode", "impersonate"], "a graph is in this process; nobody logs in"),
  ]
}
