import DossierSyntax
import Glibc

/// A thread whose stack suffices for the deepest statement that the parser accepts.
///
/// Parsing, planning and releasing a long chain of operators recurse. Short statements run on the
/// caller's thread, where they need little; long ones are handed to a thread of this kind.
enum StatementThread {
  /// Statements of up to this many bytes fit on any thread's stack.
  static let shortStatementBytes = 2_048
  /// Address space for the stack; memory is taken as it is used.
  private static let stackBytes = 512 << 20

  /// Runs `body` on a thread with a large stack and waits for it.
  static func run<Result>(
    _ body: () throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    try withoutActuallyEscaping(body) { (body) throws(QueryError) in
      let job = Job(body)
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      pthread_attr_setstacksize(&attributes, stackBytes)
      defer { pthread_attr_destroy(&attributes) }
      var thread = pthread_t()
      let started = pthread_create(
        &thread, &attributes,
        { context in
          if let context { Unmanaged<AnyJob>.fromOpaque(context).takeUnretainedValue().perform() }
          return nil
        }, Unmanaged<AnyJob>.passUnretained(job).toOpaque())
      if started == 0 { pthread_join(thread, nil) } else { job.perform() }
      return try job.outcome()
    }
  }
}

/// Work for a thread, without the type of its result.
private class AnyJob {
  func perform() {}
}

/// Work for a thread, and what came of it.
private final class Job<Result>: AnyJob {
  /// Let go as soon as it has run: it must not outlive the call that it stands in.
  private var body: (() throws(QueryError) -> Result)?
  private var result: Swift.Result<Result, QueryError>?

  init(_ body: @escaping () throws(QueryError) -> Result) {
    self.body = body
  }

  override func perform() {
    guard let work = body else { return }
    body = nil
    do throws(QueryError) {
      result = .success(try work())
    } catch { result = .failure(error) }
  }

  func outcome() throws(QueryError) -> Result {
    guard let result else { throw QueryError(.internalError, "a statement thread gave no answer") }
    return try result.get()
  }
}
