import Dossier
import DossierSyntax

/// The temporal types by their names in files: `date`, `time`, `localtime`, `datetime`,
/// `localdatetime`, `duration`.
enum TemporalText {
  case date
  case time
  case localTime
  case dateTime
  case localDateTime
  case duration

  /// The type of a name; case does not matter, as in openCypher's functions.
  init?(name: UnsafeBufferPointer<UInt8>) {
    switch String(decoding: name.map { $0 | 0x20 }, as: UTF8.self) {
    case "date": self = .date
    case "time": self = .time
    case "localtime": self = .localTime
    case "datetime": self = .dateTime
    case "localdatetime": self = .localDateTime
    case "duration": self = .duration
    default: return nil
    }
  }

  /// What a message calls the type.
  var name: String {
    switch self {
    case .date: "date"
    case .time: "time"
    case .localTime: "local time"
    case .dateTime: "date and time with zone"
    case .localDateTime: "local date and time"
    case .duration: "duration"
    }
  }

  /// The name of openCypher's function, which is Gram's tag too.
  var functionName: String {
    switch self {
    case .date: "date"
    case .time: "time"
    case .localTime: "localtime"
    case .dateTime: "datetime"
    case .localDateTime: "localdatetime"
    case .duration: "duration"
    }
  }

  /// A text of the type, for help.
  var example: String {
    switch self {
    case .date: "2021-01-14"
    case .time: "16:09:00-05:00"
    case .localTime: "16:09:00"
    case .dateTime: "2021-05-25T16:09:00-04:00"
    case .localDateTime: "2021-05-25T16:09:00"
    case .duration: "P1Y2M3DT4H5M6S"
    }
  }

  /// The value that a text in openCypher's notation names; nil when it names none.
  func value(_ text: String) -> Value? {
    switch self {
    case .date: (try? DateValue(text)).map(Value.date)
    case .time: (try? TimeValue(text)).map(Value.time)
    case .localTime: (try? LocalTimeValue(text)).map(Value.localTime)
    case .dateTime: (try? DateTimeValue(text)).map(Value.dateTime)
    case .localDateTime: (try? LocalDateTimeValue(text)).map(Value.localDateTime)
    case .duration: (try? DurationValue(text)).map(Value.duration)
    }
  }
}
