/// An IRI or a relative reference to one, taken apart as RFC 3986 does.
struct IRIReference {
  private var scheme: ArraySlice<UInt8>?
  private var authority: ArraySlice<UInt8>?
  private var path: ArraySlice<UInt8>
  private var query: ArraySlice<UInt8>?
  private var fragment: ArraySlice<UInt8>?

  private static let slash = UInt8(ascii: "/")

  init(_ text: some Sequence<UInt8>) {
    var rest = Array(text)[...]
    if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
      fragment = rest[(mark + 1)...]
      rest = rest[..<mark]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = rest[(mark + 1)...]
      rest = rest[..<mark]
    }
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(rest[..<colon]) {
      scheme = rest[..<colon]
      rest = rest[(colon + 1)...]
    }
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: Self.slash) ?? rest.endIndex
      authority = rest[..<end]
      rest = rest[end...]
    }
    path = rest
  }

  /// True for an IRI with a scheme.
  var isAbsolute: Bool { scheme != nil }

  private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, (first | 0x20) &- 0x61 < 26 else { return false }
    return bytes.allSatisfy { byte in
      (byte | 0x20) &- 0x61 < 26 || NumberText.isDigit(byte) || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }

  /// The IRI that this reference means where `base` is the base (RFC 3986, 5.2.2).
  func resolved(against base: IRIReference) -> IRIReference {
    var result = self
    if scheme != nil || authority != nil {
      result.scheme = scheme ?? base.scheme
      result.path = Self.withoutDotSegments(path)
      return result
    }
    result.scheme = base.scheme
    result.authority = base.authority
    if path.isEmpty {
      result.path = base.path
      result.query = query ?? base.query
    } else if path.first == Self.slash {
      result.path = Self.withoutDotSegments(path)
    } else {
      result.path = Self.withoutDotSegments(base.merged(with: path))
    }
    return result
  }

  /// A relative path behind the last `/` of this IRI's path.
  private func merged(with relative: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if authority != nil && path.isEmpty { return [Self.slash] + relative }
    guard let last = path.lastIndex(of: Self.slash) else { return relative }
    return path[...last] + relative
  }

  /// A path with its segments `.` and `..` carried out.
  private static func withoutDotSegments(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var output: [ArraySlice<UInt8>] = []
    let isRooted = path.first == slash
    let segments = (isRooted ? path.dropFirst() : path)
      .split(separator: slash, omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      if segment.elementsEqual("..".utf8) {
        _ = output.popLast()
        if isLast { output.append([]) }
      } else if segment.elementsEqual(".".utf8) {
        if isLast { output.append([]) }
      } else {
        output.append(segment)
      }
    }
    let joined = Array(output.joined(separator: [slash]))
    return isRooted ? [slash] + joined[...] : joined[...]
  }

  /// The reference put together again (RFC 3986, 5.3).
  var bytes: [UInt8] {
    var result: [UInt8] = []
    if let scheme { result += scheme + [UInt8(ascii: ":")] }
    if let authority { result += "//".utf8 + authority }
    result += path
    if let query { result += [UInt8(ascii: "?")] + query }
    if let fragment { result += [UInt8(ascii: "#")] + fragment }
    return result
  }
}
