/// Lists as GEXF files write them: `a|b`, `a,b`, `[a, b]`, `['a', "b"]`.
enum XMLListText {
  static func pieces(of text: ByteString, _ pool: BytePool) -> [ByteString] {
    let trimmed = text.trimmed
    if trimmed.count == 0 { return [] }
    let bytes = trimmed.buffer
    guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]"), bytes.count >= 2 else {
      let separators = [UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: ";")]
      guard let separator = separators.first(where: { bytes.contains($0) }) else {
        return [trimmed]
      }
      return trimmed.pieces(separatedBy: separator).map(\.trimmed)
    }
    let inner = ByteString(start: trimmed.start + 1, count: Int(trimmed.count) - 2).trimmed
    return inner.count == 0 ? [] : quotedPieces(inner, pool)
  }

  /// Pieces between commas; quotes and backslashes in them are resolved.
  private static func quotedPieces(_ text: ByteString, _ pool: BytePool) -> [ByteString] {
    var pieces: [ByteString] = []
    var piece: [UInt8] = []
    var quote: UInt8 = 0
    var wasQuoted = false
    func close() {
      let bytes = pool.add(piece)
      pieces.append(wasQuoted ? bytes : bytes.trimmed)
      piece = []
      wasQuoted = false
    }
    let bytes = text.buffer
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if quote != 0 {
        if byte == UInt8(ascii: "\\") && index < bytes.count {
          unescape(bytes, &index, into: &piece)
        } else if byte == quote {
          quote = 0
        } else {
          piece.append(byte)
        }
      } else if (byte == 0x22 || byte == 0x27) && piece.allSatisfy({ $0 == 0x20 }) {
        quote = byte
        wasQuoted = true
        piece = []
      } else if byte == UInt8(ascii: ",") {
        close()
      } else if !wasQuoted {
        piece.append(byte)
      }
    }
    close()
    return pieces
  }

  /// Adds what the escape says whose backslash stands before `index`; JSON's escapes are known, any
  /// other byte stands for itself.
  private static func unescape(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, into piece: inout [UInt8]
  ) {
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "b"): piece.append(0x08)
    case UInt8(ascii: "f"): piece.append(0x0C)
    case UInt8(ascii: "n"): piece.append(0x0A)
    case UInt8(ascii: "r"): piece.append(0x0D)
    case UInt8(ascii: "t"): piece.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = scalar(bytes, at: index) else { return piece.append(byte) }
      piece.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      index += 4
    default: piece.append(byte)
    }
  }

  /// The character of the four hexadecimal digits at an index; nil when there are none.
  private static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Unicode.Scalar? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = GramScanner.hexValue(byte) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return Unicode.Scalar(value)
  }
}
