import Dossier
import DossierSyntax
import Glibc

/// Work in numbered pieces that several threads make and the caller's thread takes in, in order.
///
/// The caller's thread makes pieces too while there is nothing to take in. Threads run ahead by a few
/// pieces only, so that what was made and not taken in stays small.
final class OrderedWork<Piece> {
  private let count: Int
  private let window: Int
  private let make: (Int) -> Piece
  private var lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // What follows is touched under `lock` only.
  private var pieces: [Int: Piece] = [:]
  private var claimed = 0
  private var taken = 0
  private var isStopped = false

  private init(_ count: Int, threads: Int, _ make: @escaping (Int) -> Piece) {
    self.count = count
    self.make = make
    window = threads * 4
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Makes `count` pieces on up to `threads` threads and hands them to `take` in the order of their
  /// numbers. The first error of `take` ends the work.
  static func run(
    _ count: Int, threads: Int, make: (Int) -> Piece,
    take: (Int, Piece) throws(QueryError) -> Void
  ) throws(QueryError) {
    let failure: QueryError? = withoutActuallyEscaping(make) { make in
      let work = OrderedWork(count, threads: threads, make)
      var failure: QueryError?
      WorkerThreads.run(min(threads, count)) { thread in
        if thread != 0 { return work.help() }
        do throws(QueryError) {
          try work.takeAll(take)
        } catch {
          failure = error
        }
      }
      return failure
    }
    if let failure { throw failure }
  }

  /// What the caller's thread does.
  private func takeAll(_ take: (Int, Piece) throws(QueryError) -> Void) throws(QueryError) {
    defer { stop() }
    pthread_mutex_lock(lock)
    while taken < count {
      if let piece = pieces.removeValue(forKey: taken) {
        let number = taken
        taken += 1
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
        try take(number, piece)
        pthread_mutex_lock(lock)
      } else if !makeNext() {
        pthread_cond_wait(changed, lock)
      }
    }
    pthread_mutex_unlock(lock)
  }

  /// What the other threads do.
  private func help() {
    pthread_mutex_lock(lock)
    while !isStopped && claimed < count {
      if !makeNext() { pthread_cond_wait(changed, lock) }
    }
    pthread_mutex_unlock(lock)
  }

  /// Makes the next piece; false when there is none, or when it is too early. Called and left under
  /// the lock.
  private func makeNext() -> Bool {
    guard claimed < count, claimed < taken + window else { return false }
    let number = claimed
    claimed += 1
    pthread_mutex_unlock(lock)
    let piece = make(number)
    pthread_mutex_lock(lock)
    pieces[number] = piece
    pthread_cond_broadcast(changed)
    return true
  }

  private func stop() {
    pthread_mutex_lock(lock)
    isStopped = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }
}
