import Glibc

/// Start of the command until it has answered and ended.
enum StartBenchmarks {
  /// Nothing unless the environment variable `DOSSIER` names the command.
  static func all() -> [Benchmark] {
    guard let command = getenv("DOSSIER").map({ String(cString: $0) }) else { return [] }
    return [
      Benchmark(name: "start/return-1", target: .seconds(10e-3)) {
        { try run(command, "-c", "RETURN 1") }
      }
    ]
  }

  private static func run(_ arguments: String...) throws {
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var process = pid_t()
    guard posix_spawn(&process, arguments[0], &actions, nil, &words, environ) == 0 else {
      throw UnexpectedAnswer()
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    if status != 0 { throw UnexpectedAnswer() }
  }
}
