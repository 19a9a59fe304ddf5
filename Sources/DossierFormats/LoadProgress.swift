import Synchronization

/// How far the loading of files is, for whoever watches from another thread.
///
/// Readers add to it every few thousand elements; reading a counter costs them nothing.
public final class LoadProgress: Sendable {
  /// What the loading does.
  public enum Phase: UInt8, Sendable {
    /// Fetching and decompressing the bytes of a file.
    case fetching
    /// Making nodes and relationships of the bytes.
    case reading
    /// Adding the nodes and relationships to the graph.
    case adding
  }

  private let phaseCode = Atomic<UInt8>(Phase.fetching.rawValue)
  private let read = Atomic<Int>(0)
  private let total = Atomic<Int>(0)
  private let elements = Atomic<Int>(0)

  public init() {}

  public var phase: Phase { Phase(rawValue: phaseCode.load(ordering: .relaxed)) ?? .reading }
  /// Bytes of the files that have been read, decompressed.
  public var bytesRead: Int { read.load(ordering: .relaxed) }
  /// Bytes of all files as far as they are known: compressed files count in full when they are opened.
  public var bytesTotal: Int { total.load(ordering: .relaxed) }
  /// Nodes and relationships that have been read, to within some thousands.
  public var elementCount: Int { elements.load(ordering: .relaxed) }

  /// Counts files in that will be read.
  func expect(_ paths: [String]) {
    for path in paths { add(totalBytes: FileReading.size(of: path)) }
  }

  func begin(_ phase: Phase) { phaseCode.store(phase.rawValue, ordering: .relaxed) }
  func add(bytes: Int) { read.wrappingAdd(bytes, ordering: .relaxed) }
  func add(totalBytes: Int) { total.wrappingAdd(totalBytes, ordering: .relaxed) }
  func add(elements count: Int) { elements.wrappingAdd(count, ordering: .relaxed) }
}
