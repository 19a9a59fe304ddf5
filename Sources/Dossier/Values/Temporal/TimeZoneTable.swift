import Glibc
import Synchronization

/// The named regions that this process has used, each read once from the system's zone data.
///
/// It only grows, by at most the few hundred regions that exist. All members may be called from
/// any thread.
final class TimeZoneTable: Sendable {
  /// The table of the process.
  static let shared = TimeZoneTable()

  private struct Region {
    var name: String
    var rules: TimeZoneRules
  }

  private struct State {
    var regions: [Region] = []
    var numbers: [[UInt8]: UInt32] = [:]
  }

  private let state = Mutex(State())

  /// The region of a name in UTF-8; nil when the system has no such zone. Reads a file at first use.
  func zone(named name: [UInt8]) -> TimeZoneID? {
    if let known = state.withLock({ $0.numbers[name] }) { return TimeZoneID(rawValue: known) }
    guard Self.isValid(name), let rules = Self.readRules(name) else { return nil }
    return state.withLock { state in
      if let known = state.numbers[name] { return TimeZoneID(rawValue: known) }
      let number = TimeZoneID.firstRegion + UInt32(truncatingIfNeeded: state.regions.count)
      state.regions.append(Region(name: String(decoding: name, as: UTF8.self), rules: rules))
      state.numbers[name] = number
      return TimeZoneID(rawValue: number)
    }
  }

  /// The rules of a region; nil for numbers that were never given.
  func rules(of zone: TimeZoneID) -> TimeZoneRules? { region(of: zone)?.rules }

  /// The name of a region; nil for numbers that were never given.
  func name(of zone: TimeZoneID) -> String? { region(of: zone)?.name }

  private func region(of zone: TimeZoneID) -> Region? {
    guard zone.rawValue >= TimeZoneID.firstRegion else { return nil }
    let index = Int(zone.rawValue - TimeZoneID.firstRegion)
    return state.withLock { index < $0.regions.count ? $0.regions[index] : nil }
  }

  /// Whether a name may become a path below the zone directory.
  ///
  /// Zones begin with a capital letter and contain no dot, which rules out `..`, absolute paths
  /// and the directories `posix/` and `right/` that repeat all zones.
  static func isValid(_ name: [UInt8]) -> Bool {
    guard name.count <= 64, let first = name.first, (0x41...0x5A).contains(first),
      name.last != UInt8(ascii: "/")
    else { return false }
    return name.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      case UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
      default: false
      }
    }
  }

  /// The rules of a region, those of the zone that the database links it to if it has both.
  private static func readRules(_ name: [UInt8]) -> TimeZoneRules? {
    let text = String(decoding: name, as: UTF8.self)
    guard let own = readFile(text) else { return nil }
    guard let target = TimeZoneLinks.target(of: name) else { return own }
    return readFile(target) ?? own
  }

  private static func readFile(_ name: String) -> TimeZoneRules? {
    let directory = getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
    guard let bytes = readBytes(path: directory + "/" + name) else { return nil }
    return TimeZoneRules(zoneFile: bytes)
  }

  /// The bytes of a file of at most a megabyte; nil when it cannot be read.
  private static func readBytes(path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count <= 1 << 20 {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      guard count > 0 else { return nil }
      bytes.append(contentsOf: chunk[..<count])
    }
    return nil
  }
}
