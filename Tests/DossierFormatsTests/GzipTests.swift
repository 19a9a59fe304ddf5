import Dossier
import DossierSyntax
import Foundation
import Testing

@testable import DossierFormats

/// Compressed files: what other programs wrote, and damage of every kind.
@Suite struct GzipTests {
  /// What `gzip` makes of a text; nil where it isn't installed.
  static func compressed(_ bytes: [UInt8], level: Int = 6) -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-\(level)", "-c"]
    let path = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max))).txt"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { return nil }
    defer { removeFile(path) }
    process.standardInput = FileHandle(forReadingAtPath: path)
    let output = Pipe()
    process.standardOutput = output
    do { try process.run() } catch { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? Array(data) : nil
  }

  /// Bytes of several characters: repetitive, random, sparse, without repetition.
  static func sample(_ kind: Int, count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(kind * 1_000 + count))
    switch kind {
    case 0: return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    case 1: return (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7 % 5) }
    case 2: return [UInt8](repeating: 0x41, count: count)
    default:
      let words = ["(node", ":Label ", "{id: '", "'})\n", "-[:type]->", "0", "1", "17", "é"]
      var bytes: [UInt8] = []
      while bytes.count < count {
        bytes += Array(words[Int.random(in: 0..<words.count, using: &generator)].utf8)
      }
      return bytes
    }
  }

  @Test(arguments: [0, 1, 2, 3], [1, 6, 9])
  func roundTrip(_ kind: Int, _ level: Int) throws {
    for count in [0, 1, 2, 100, 258, 65_535, 65_536, 400_000] {
      let bytes = Self.sample(kind, count: count)
      guard let packed = Self.compressed(bytes, level: level) else { return }
      let unpacked = try Gzip.decompressed(packed, named: "x.gz")
      #expect(unpacked == bytes)
    }
  }

  @Test func knownVectors() throws {
    let check = Array("123456789".utf8)
    check.withUnsafeBufferPointer {
      #expect($0.baseAddress.map { CRC32.checksum($0, count: 9) } == 0xCBF4_3926)
    }
    // A stored block, written by hand.
    let stored: [UInt8] = [
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 3, 0, 0xFC, 0xFF, 0x61, 0x62, 0x63,
      0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0,
    ]
    #expect(try Gzip.decompressed(stored, named: "x") == Array("abc".utf8))
    // The same block with each optional part of the header.
    var full: [UInt8] = [0x1F, 0x8B, 8, 0x1E, 0, 0, 0, 0, 0, 3]
    full += [2, 0, 9, 9] + Array("name\0comment\0".utf8)
    let checksum = full.withUnsafeBufferPointer { header in
      header.baseAddress.map { CRC32.checksum($0, count: header.count) } ?? 0
    }
    full += [UInt8(checksum & 0xFF), UInt8(checksum >> 8 & 0xFF)] + stored[10...]
    #expect(try Gzip.decompressed(full, named: "x") == Array("abc".utf8))
    full[12] ^= 1
    #expect(throws: QueryError.self) { try Gzip.decompressed(full, named: "x") }
    // Two members, and zero bytes behind them.
    #expect(
      try Gzip.decompressed(stored + stored + [0, 0, 0], named: "x") == Array("abcabc".utf8))
    #expect(throws: QueryError.self) { try Gzip.decompressed(stored + [7], named: "x") }
  }

  @Test func errorsNameTheFile() throws {
    guard let packed = Self.compressed(Self.sample(3, count: 5_000)) else { return }
    var wrongChecksum = packed
    wrongChecksum[packed.count - 8] ^= 1
    var wrongSize = packed
    wrongSize[packed.count - 1] ^= 1
    let cases: [([UInt8], String)] = [
      (Array(packed.dropLast()), "the compressed file ends too early"),
      (Array(packed.prefix(200)), "the compressed file ends too early"),
      (Array(packed.prefix(5)), "the compressed file ends too early"),
      (wrongChecksum, "the compressed file is damaged: its checksum is wrong"),
      (wrongSize, "the compressed file is damaged: its size is wrong"),
    ]
    for (bytes, reason) in cases {
      let error = loadError(bytes, format: .gram)
      #expect(error?.code == .invalidData)
      #expect(error?.diagnostics.first?.message == "can't read `test`: \(reason)")
      #expect(error?.diagnostics.first?.file == "test")
    }
  }

  @Test func bombsAreRefused() throws {
    guard let packed = Self.compressed([UInt8](repeating: 0x20, count: 1 << 20)) else { return }
    var padded = packed + [UInt8](repeating: 0, count: FileBytes.padding)
    let count = packed.count
    padded.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var limits = Gzip.Limits(freeBytes: 1 << 16, ratio: 100, maximumBytes: 1 << 30)
      var message: String?
      do throws(QueryError) {
        let (memory, _) = try Gzip.decompress(start, count: count, named: "bomb.gz", limits: limits)
        memory.deallocate()
      } catch {
        message = error.diagnostics.first?.message
      }
      #expect(message == "can't read `bomb.gz`: it expands to more than 100 times its size")
      limits.freeBytes = 1 << 20
      do throws(QueryError) {
        let (memory, size) = try Gzip.decompress(start, count: count, named: "x", limits: limits)
        memory.deallocate()
        #expect(size == 1 << 20)
      } catch {
        Issue.record("refused at its very bound")
      }
    }
  }

  @Test(arguments: [0, 1, 3]) func damage(_ kind: Int) {
    let bytes = Self.sample(kind, count: 3_000)
    guard let packed = Self.compressed(bytes) else { return }
    func decompress(_ damaged: [UInt8]) -> [UInt8]? {
      do throws(QueryError) { return try Gzip.decompressed(damaged, named: "x") } catch {
        return nil
      }
    }
    for count in packed.indices { #expect(decompress(Array(packed[..<count])) == nil) }
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<4_000 {
      var damaged = packed
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        damaged[Int.random(in: damaged.indices, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      if let result = decompress(damaged) { #expect(result == bytes) }
    }
  }

  @Test func namesAndFolders() throws {
    #expect(GraphFileFormat(fileName: "a/name.csv.gz") == .csv)
    #expect(GraphFileFormat(fileName: "NAME.GRAM.GZ") == .gram)
    #expect(GraphFileFormat(fileName: "name.ftm.json.gz") == .ftm)
    #expect(GraphFileFormat(fileName: "name.gz") == nil)
    let folder = NSTemporaryDirectory() + "dossier-\(UInt64.random(in: 0...(.max)))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard let nodes = Self.compressed(Array(":ID(P),name\n1,A\n2,B\n".utf8)) else { return }
    try Data(nodes).write(to: URL(fileURLWithPath: folder + "/P.csv.gz"))
    try Data(":START_ID(P),:END_ID(P)\n1,2\n".utf8).write(
      to: URL(fileURLWithPath: folder + "/knows.csv"))
    let database = Database()
    let report = try GraphFile.load(path: folder, into: database)
    #expect(report.nodesCreated == 2 && report.relationshipsCreated == 1)
    #expect(throws: QueryError.self) {
      try GraphFile.save(database.view, to: folder + "/x.gram.gz")
    }
  }
}
