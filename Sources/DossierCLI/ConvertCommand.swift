import ArgumentParser
import DossierFormats
import DossierShell
import Glibc

/// `dossier convert IN… OUT`: from one graph file format to another.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", _superCommandName: "dossier",
    abstract: "Read graph files and write their graph to one file.",
    discussion: """
      What the format of the output can't say is told as warnings. The output is replaced as a whole, \
      after all inputs have been read; it may be one of them.
      """)

  @Argument(
    help: ArgumentHelp(
      "Graph files to read, and behind them the file to write; `-` is standard output.",
      valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The format of the inputs, else told by their names: \(FileFormatOption.readable).",
      valueName: "format"),
    completion: .list(FileFormatOption.readableNames), transform: FileFormatOption.readable)
  var formatIn: GraphFileFormat?

  @Option(
    help: ArgumentHelp(
      "The format of the output, else told by its name: \(FileFormatOption.writable).",
      valueName: "format"),
    completion: .list(FileFormatOption.writableNames), transform: FileFormatOption.writable)
  var formatOut: GraphFileFormat?

  @Flag(help: "Leave out records that can't be read.")
  var keepGoing = false

  @Flag(name: .shortAndLong, help: "No progress.")
  var quiet = false

  func validate() throws {
    guard files.count >= 2 else {
      throw ValidationError("convert takes a file to read and a file to write")
    }
  }

  func run() throws {
    InterruptSignal.restore()
    var conversion = Convert(inputs: files.dropLast(), output: files.last ?? "-")
    conversion.inputFormat = formatIn
    conversion.outputFormat = formatOut
    conversion.keepsGoing = keepGoing
    conversion.isQuiet = quiet
    Glibc.exit(conversion.run().rawValue)
  }
}

/// Formats of graph files as options name them.
enum FileFormatOption {
  static let readableNames = GraphFileFormat.allCases.filter(\.isReadable).map(\.rawValue)
  static let writableNames = GraphFileFormat.allCases.filter(\.isWritable).map(\.rawValue)
  static let readable = readableNames.joined(separator: ", ")
  static let writable = writableNames.joined(separator: ", ")

  static func readable(_ name: String) throws -> GraphFileFormat {
    guard let format = GraphFileFormat(name: name), format.isReadable else {
      throw ValidationError("no format '\(name)' is read; formats are \(readable)")
    }
    return format
  }

  static func writable(_ name: String) throws -> GraphFileFormat {
    guard let format = GraphFileFormat(name: name), format.isWritable else {
      throw ValidationError("no format '\(name)' is written; formats are \(writable)")
    }
    return format
  }
}
