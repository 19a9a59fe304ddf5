import Glibc

/// An output that shows a result on the terminal, and starts a pager when the result has more lines
/// than the screen.
final class PagerOutput: ByteOutput {
  private let output: any ByteOutput
  private let command: String
  private let screenRows: Int
  private var held: [UInt8] = []
  private var heldLines = 0
  private var pager: UnsafeMutablePointer<FILE>?

  /// A result that fits into `screenRows` lines is written to `output`.
  init(output: any ByteOutput, command: String, screenRows: Int) {
    self.output = output
    self.command = command
    self.screenRows = screenRows
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(OutputClosed) {
    if let pager {
      // A pager that is left early closes its pipe, which is no failure.
      fwrite(bytes.baseAddress, 1, bytes.count, pager)
      return
    }
    held.append(contentsOf: bytes)
    for byte in bytes where byte == UInt8(ascii: "\n") { heldLines += 1 }
    if heldLines >= screenRows { try startPager() }
  }

  /// Shows what is held, or waits until the pager is left.
  func finish() throws(OutputClosed) {
    if let pager {
      pclose(pager)
      self.pager = nil
    } else {
      try writeHeld()
    }
  }

  private func startPager() throws(OutputClosed) {
    setenv("LESS", "FRSX", 0)
    setenv("LESSCHARSET", "utf-8", 0)
    guard let started = popen(command, "w") else { return try writeHeld() }
    pager = started
    held.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, started) }
    held.removeAll()
  }

  private func writeHeld() throws(OutputClosed) {
    var failure: OutputClosed?
    held.withUnsafeBytes { bytes in
      do throws(OutputClosed) { try output.write(bytes) } catch { failure = error }
    }
    held.removeAll()
    heldLines = 0
    if let failure { throw failure }
  }
}
