import Dossier

/// Pieces of text that several formats share.
enum ValueText {
  /// A temporal value's type and text in openCypher's notation; nil for other values.
  static func temporal(_ value: Value) -> (type: TemporalText, text: String)? {
    switch value {
    case .date(let value): (.date, value.description)
    case .localTime(let value): (.localTime, value.description)
    case .time(let value): (.time, value.description)
    case .localDateTime(let value): (.localDateTime, value.description)
    case .dateTime(let value): (.dateTime, value.description)
    case .duration(let value): (.duration, value.description)
    default: nil
    }
  }

  /// A string in single quotes as Gram and openCypher read it: quotes, backslashes and controls are
  /// escaped.
  static func quoted(_ text: String, by quote: UInt8 = UInt8(ascii: "'")) -> String {
    var bytes: [UInt8] = [quote]
    for byte in text.utf8 {
      switch byte {
      case quote, UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case 0x00..<0x20, 0x7F: bytes += Array("\\u00\(hex(byte))".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(quote)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + text : text
  }

  /// A time with `:00` for the seconds where it ends with the minutes.
  static func withSeconds(_ text: String) -> String {
    var bytes = Array(text.utf8)
    let start = bytes.firstIndex(of: UInt8(ascii: "T")).map { $0 + 1 } ?? 0
    let end =
      bytes[start...].firstIndex {
        !NumberText.isDigit($0) && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ".")
      } ?? bytes.count
    if end - start == 5 { bytes.insert(contentsOf: ":00".utf8, at: end) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
