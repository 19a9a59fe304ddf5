import Dossier

/// All commands, in the order of `:help`.
extension ShellCommand {
  static let table: [ShellCommand] =
    [help, schema, stats] + files + settings + running + transactions + leaving

  private static let help = ShellCommand(
    name: "help", aliases: [".help", "\\?", "\\h", ":?", ":h"], statements: ["help"],
    usage: "[TOPIC]", argument: .topic,
    summary: "list the commands, or explain one of them",
    details:
      "TOPIC is a command, a clause, a function, or one of clauses, commands, formats, functions, "
      + "keys.",
    action: helpAction)

  private static let schema = ShellCommand(
    name: "schema", aliases: [".schema", "\\d", ".tables"],
    summary: "show labels, relationship types and property keys, with counts and types",
    action: schemaAction)

  private static let stats = ShellCommand(
    name: "stats", aliases: [":statistics"], summary: "show the size of the graph",
    action: statsAction)

  private static let files: [ShellCommand] = [
    ShellCommand(
      name: "load", aliases: [".load", ".import"], usage: "FILE…", argument: .file,
      summary: "load graph files into the graph",
      details: "A file is loaded as a whole or not at all. The ending tells the format, unless "
        + "`--format NAME` stands before it. `~`, `*` and `?` mean what they mean elsewhere; names "
        + "with blanks stand in quotes.",
      action: loadAction),
    ShellCommand(
      name: "save", aliases: [".save", ".export", ".dump"], usage: "FILE", argument: .file,
      summary: "write the graph to a file",
      details:
        "The ending tells the format: .dossier, .gram, .cypher, .jsonl, .graphml, .gexf, .nt, .dot "
        + "or .mmd; a name that ends in / is a folder of tables. `--format NAME` before it sets "
        + "another.",
      action: saveAction),
    ShellCommand(
      name: "source", aliases: [".read", "\\i", ":read", ":run"], usage: "FILE", argument: .file,
      summary: "run the statements and commands of a script",
      details: "Stops at the first error.", action: sourceAction),
    ShellCommand(
      name: "output", aliases: [".output", "\\o"], usage: "[FILE]", argument: .file,
      summary: "send results to a file; without FILE, back to the terminal",
      details: "The file is emptied first. Messages stay on the terminal.",
      action: { (shell, argument) throws(Failure) in
        try redirect(shell, argument, isOnce: false)
      }),
    ShellCommand(
      name: "once", aliases: [".once"], usage: "FILE", argument: .file,
      summary: "send the next result to a file",
      action: { (shell, argument) throws(Failure) in
        try redirect(shell, argument, isOnce: true)
      }),
  ]

  private static let settings: [ShellCommand] = [
    ShellCommand(
      name: "format", aliases: [".mode", ".format", "\\pset", ":mode"], usage: "[NAME]",
      argument: .format, summary: "show or set the format of results",
      details: "`:help formats` lists the formats.", action: formatAction),
    ShellCommand(
      name: "line", aliases: ["\\x", ":x", ".x", "\\g"],
      summary: "switch between the line format, one value per line, and the default",
      action: expandAction),
    ShellCommand(
      name: "rows", aliases: [".rows", ".maxrows"], usage: "[NUMBER|all]", argument: .text,
      summary: "show or set how many rows of a result are shown", action: rowsAction),
    ShellCommand(
      name: "width", aliases: [".width", ".maxwidth"], usage: "[COLUMNS|auto|all]",
      argument: .text,
      summary: "show or set how wide boxes may be", action: widthAction),
    ShellCommand(
      name: "pager", aliases: [".pager"], usage: "[on|off]", argument: .onOff,
      summary: "show long results page by page with $PAGER", action: pagerAction),
    ShellCommand(
      name: "timer", aliases: [".timer", "\\timing", ":timing"], usage: "[on|off]",
      argument: .onOff, summary: "show the time of each statement", action: timerAction),
    ShellCommand(
      name: "echo", aliases: [".echo"], usage: "[on|off]", argument: .onOff,
      summary: "show each statement before it runs", action: echoAction),
    ShellCommand(
      name: "param", aliases: [":parameter", ".param", ".parameter", "\\set", ":set"],
      usage: "NAME => EXPRESSION", argument: .text, summary: "set a parameter, `$NAME`",
      details: "EXPRESSION may use functions and other parameters: "
        + ":param day => date('2021-05-25')",
      action: parameterAction),
    ShellCommand(
      name: "params", aliases: [":parameters", ".params"], usage: "[clear]", argument: .text,
      summary: "show the parameters, or forget them", action: parametersAction),
    ShellCommand(
      name: "as-of", aliases: [":asof"], usage: "[INSTANT|between FIRST and LAST|off]",
      argument: .text, summary: "show or set the valid time at which statements read the graph",
      details: "As if `FOR VALID_TIME AS OF INSTANT` stood before each statement; none may write "
        + "then: :as-of date('2021-03-01')",
      action: asOfAction),
    ShellCommand(
      name: "valid-time", usage: "[FROM TO]", argument: .text,
      summary: "show or declare the two properties that hold valid time",
      details: "At first they are `from` and `to`. Kept with the graph.", action: validTimeAction),
    ShellCommand(
      name: "trust", usage: "[MODE|off]", argument: .claim,
      summary: "show or set the weakest claim that statements see",
      details: "MODE is ruled, asserted, claimed, alleged, reported, negated or hypothetical, as "
        + "`claim(x)` gives them; no statement may write then: :trust asserted",
      action: trustAction),
    ShellCommand(
      name: "sources", usage: "[TYPE…]", argument: .relationshipType,
      summary: "show or declare the relationships that lead to sources",
      details: "At first `reported-by`. Kept with the graph.", action: sourcesAction),
    ShellCommand(
      name: "timeout", usage: "[SECONDS|off]", argument: .text,
      summary: "show or set the time limit of a statement", action: timeoutAction),
    ShellCommand(
      name: "memory", usage: "[SIZE|off]", argument: .text,
      summary: "show or set the memory limit of a statement, as 512M or 2G", action: memoryAction),
  ]

  private static let running: [ShellCommand] = [
    ShellCommand(
      name: "explain", usage: "STATEMENT", argument: .statement,
      summary: "show how a statement would run",
      action: { (shell, argument) throws(Failure) in try runPrefixed("EXPLAIN", shell, argument) }),
    ShellCommand(
      name: "profile", usage: "STATEMENT", argument: .statement,
      summary: "run a statement and show where time went",
      action: { (shell, argument) throws(Failure) in try runPrefixed("PROFILE", shell, argument) }),
    ShellCommand(
      name: "view", aliases: [".view"], usage: "[FILE]", argument: .file,
      summary: "draw the nodes and relationships of the last result",
      details: "FILE ends in .svg or .html; without FILE a page is written to the temporary folder "
        + "and, on a desktop, opened.",
      action: viewAction),
    ShellCommand(
      name: "edit", aliases: ["\\e", ".edit"],
      summary: "edit the last statement in $EDITOR and run it",
      action: { (_, _) throws(Failure) in .request(.edit) }),
    ShellCommand(
      name: "history", aliases: [".history", "\\s"], summary: "show the statements of this history",
      details: "The history of the graph is listed by :commits.",
      action: { (_, _) throws(Failure) in .request(.showHistory) }),
    ShellCommand(
      name: "clear", aliases: [".clear", ":cls"], statements: ["clear"],
      summary: "clear the screen",
      action: { (_, _) throws(Failure) in .request(.clearScreen) }),
  ]

  private static let transactions: [ShellCommand] = [
    ShellCommand(
      name: "begin", aliases: [".begin"],
      statements: ["begin", "begin transaction", "start transaction"],
      summary: "begin a transaction of several statements",
      action: beginAction),
    ShellCommand(
      name: "commit", aliases: [".commit"],
      statements: ["commit", "commit transaction", "commit work"],
      summary: "keep what the transaction changed",
      action: commitAction),
    ShellCommand(
      name: "rollback", aliases: [".rollback"],
      statements: ["rollback", "rollback transaction", "rollback work"],
      summary: "undo what the transaction changed",
      action: rollbackAction),
    ShellCommand(
      name: "commits", aliases: [":log", ".commits"], usage: "[NUMBER]", argument: .text,
      summary: "list the latest commits, or NUMBER of them",
      details: "The graph as it stood then: FOR SYSTEM_TIME AS OF COMMIT MATCH … . The latest "
        + "\(Database.defaultHistoryLimit) are kept, and the current one.",
      action: commitsAction),
  ]

  private static let leaving: [ShellCommand] = [
    ShellCommand(
      name: "exit", aliases: [":quit", ":q", ".quit", ".exit", "\\q"],
      statements: ["exit", "quit"],
      summary: "leave; Ctrl-D does the same", action: { (_, _) throws(Failure) in .quit })
  ]
}
