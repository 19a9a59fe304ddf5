/// Text under construction, in UTF-8 bytes.
public struct ByteBuffer: Sendable {
  /// How many bytes renderers collect before they are written.
  static let blockBytes = 1 << 16

  public private(set) var bytes: [UInt8] = []

  public init() {}

  public var count: Int { bytes.count }

  /// The bytes as a string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  public mutating func append(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  public mutating func append(_ scalar: Unicode.Scalar) {
    bytes.append(contentsOf: scalar.utf8)
  }

  public mutating func append(contentsOf slice: some Collection<UInt8>) {
    bytes.append(contentsOf: slice)
  }

  public mutating func append(repeating byte: UInt8, count: Int) {
    guard count > 0 else { return }
    bytes.append(contentsOf: repeatElement(byte, count: count))
  }

  public mutating func append(repeating text: StaticString, count: Int) {
    for _ in 0..<max(0, count) { append(text) }
  }

  public mutating func append(_ number: some FixedWidthInteger) {
    append(String(number))
  }

  /// Cuts the text to its first `count` bytes.
  public mutating func truncate(to count: Int) {
    bytes.removeLast(max(0, bytes.count - count))
  }

  /// Removes spaces at the end.
  mutating func trimSpaces() {
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
  }

  /// Forgets the text and keeps the room.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes the text with one call and forgets it.
  public mutating func flush(to output: any ByteOutput) throws(OutputClosed) {
    guard !bytes.isEmpty else { return }
    var failure: OutputClosed?
    bytes.withUnsafeBytes { raw in
      do throws(OutputClosed) { try output.write(raw) } catch { failure = error }
    }
    removeAll()
    if let failure { throw failure }
  }
}
