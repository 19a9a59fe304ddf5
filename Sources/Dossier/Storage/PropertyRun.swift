/// Values of one property for elements whose ids follow each other, as they lie in memory.
public enum PropertyRun {
  case integers(UnsafeBufferPointer<Int64>)
  case floats(UnsafeBufferPointer<Double>)
  /// 0 or 1
  case booleans(UnsafeBufferPointer<UInt8>)
  /// Ids that `GraphBuilder.intern` gave out.
  case strings(UnsafeBufferPointer<UInt32>)
  /// Days since 1970-01-01, within the calendar of `DateValue`.
  case dates(UnsafeBufferPointer<Int64>)

  /// The number of elements.
  public var count: Int { bytes.count / kind.stride }

  var kind: PropertyReader.Kind {
    switch self {
    case .integers: .integer
    case .floats: .float
    case .booleans: .boolean
    case .strings: .string
    case .dates: .date
    }
  }

  var bytes: UnsafeRawBufferPointer {
    switch self {
    case .integers(let values), .dates(let values): UnsafeRawBufferPointer(values)
    case .floats(let values): UnsafeRawBufferPointer(values)
    case .booleans(let values): UnsafeRawBufferPointer(values)
    case .strings(let values): UnsafeRawBufferPointer(values)
    }
  }

  /// Whether a graph with so many strings can store the values; also asked of rows without one.
  func isStorable(stringCount: Int) -> Bool {
    switch self {
    case .integers, .floats: return true
    case .booleans(let values):
      var all: UInt8 = 0
      for value in values { all |= value }
      return all <= 1
    case .strings(let values):
      var highest: UInt32 = 0
      for value in values { highest = max(highest, value) }
      return values.isEmpty || Int(highest) < max(stringCount, 1)
    case .dates(let values):
      var low: Int64 = 0
      var high: Int64 = 0
      for value in values {
        low = min(low, value)
        high = max(high, value)
      }
      return low >= TemporalLimits.minDay && high <= TemporalLimits.maxDay
    }
  }
}
