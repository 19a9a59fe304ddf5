import DossierSyntax

/// Files compressed by gzip (RFC 1952), seen through wherever a file is read.
///
/// A file may hold several members one after the other; zero bytes may follow the last. Checksums and
/// sizes are checked. What expands beyond `Limits` is refused, so that a small file can't fill the
/// memory.
public enum Gzip {
  /// How far compressed data may expand.
  struct Limits {
    /// Bytes that any file may expand to.
    var freeBytes = 64 << 20
    /// Larger outputs may be this many times the size of the file.
    var ratio = 250
    /// Bytes that no file may exceed.
    var maximumBytes = 1 << 38

    /// The most bytes that `count` bytes may expand to.
    func bound(for count: Int) -> Int {
      let (product, overflow) = count.multipliedReportingOverflow(by: ratio)
      return min(maximumBytes, max(freeBytes, overflow ? .max : product))
    }
  }

  /// The end of the names of compressed files.
  static let suffix = ".gz"

  /// True for names that end in `.gz`, in any letter case.
  static func isName(_ name: String) -> Bool {
    let end = name.utf8.suffix(suffix.utf8.count).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return end.elementsEqual(suffix.utf8)
  }

  /// True when bytes open with gzip's magic number, which no text in UTF-8 does.
  public static func isCompressed(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// The bytes that compressed bytes stand for; `name` is what errors call the file.
  /// Errors: `invalidData` for damaged, truncated and excessively compressed data.
  public static func decompressed(
    _ bytes: [UInt8], named name: String
  ) throws(QueryError) -> [UInt8] {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + FileBytes.padding)
    defer { memory.deallocate() }
    _ = UnsafeMutableBufferPointer(start: memory, count: bytes.count).initialize(from: bytes)
    (memory + bytes.count).initialize(repeating: 0, count: FileBytes.padding)
    let (output, count) = try decompress(memory, count: bytes.count, named: name)
    defer { output.deallocate() }
    return Array(UnsafeBufferPointer(start: output, count: count))
  }

  /// The same for bytes that `FileBytes.padding` readable bytes follow; the caller frees the result,
  /// which has room for the padding, too.
  static func decompress(
    _ bytes: UnsafePointer<UInt8>, count: Int, named name: String, limits: Limits = Limits()
  ) throws(QueryError) -> (memory: UnsafeMutablePointer<UInt8>, count: Int) {
    var reader = GzipReader(bytes, count: count, bound: limits.bound(for: count))
    do throws(InflateDecoder.Failure) {
      return try reader.readMembers()
    } catch {
      throw failure(error, named: name, limits)
    }
  }

  private static func failure(
    _ failure: InflateDecoder.Failure, named name: String, _ limits: Limits
  ) -> QueryError {
    let (reason, help): (String, String?) =
      switch failure {
      case .truncated: ("the compressed file ends too early", "fetch or compress it again")
      case .malformed(let what): ("the compressed file is damaged: \(what)", nil)
      case .tooLarge:
        (
          "it expands to more than \(limits.ratio) times its size",
          "decompress it first when you trust it"
        )
      }
    var diagnostic = Diagnostic(.invalidData, "can't read `\(name)`: \(reason)", help: help)
    diagnostic.file = name
    return QueryError(diagnostic)
  }
}
