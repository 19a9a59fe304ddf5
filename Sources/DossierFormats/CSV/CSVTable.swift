import Dossier
import DossierSyntax

/// One table of a load: where its records are, and what becomes of each column.
///
/// Immutable; `@unchecked Sendable` because names are addresses in files that the table keeps.
final class CSVTable: @unchecked Sendable {
  let file: FileBytes
  let header: CSVHeader
  /// What the file, or its header's file, is named, without suffix.
  let name: String
  let delimiter: UInt8
  /// The offset of the first record.
  let first: Int
  /// The end of the last record.
  let end: Int
  /// How the fields of each column are read.
  let kinds: [CSVColumnStore.Kind]
  /// The property key of each column.
  let keys: [GraphBuilder.KeyName?]
  /// The columns of each part of a record.
  let identifiers: [Int]
  let starts: [Int]
  let ends: [Int]
  let labels: [Int]
  let types: [Int]
  /// The id spaces of nodes, starts and ends.
  let space: UInt32
  /// Records may have both ends of a period, so it is to be known where each stands.
  let hasBounds: Bool
  let startSpace: UInt32
  let endSpace: UInt32

  init(
    _ file: FileBytes, _ header: CSVHeader, name: String, delimiter: UInt8, first: Int, end: Int,
    keys: [GraphBuilder.KeyName?], validTimeKeys bounds: (from: String, to: String)
  ) {
    hasBounds = header.column(of: bounds.from) != nil && header.column(of: bounds.to) != nil
    self.file = file
    self.header = header
    self.name = name
    self.delimiter = delimiter
    self.first = first
    self.end = end
    self.keys = keys
    var (identifiers, starts, ends): ([Int], [Int], [Int]) = ([], [], [])
    var (labels, types): ([Int], [Int]) = ([], [])
    var spaces: (UInt32, UInt32, UInt32) = (0, 0, 0)
    for (index, column) in header.columns.enumerated() {
      switch column.role {
      case .id(let space):
        identifiers.append(index)
        spaces.0 = space
      case .start(let space):
        starts.append(index)
        spaces.1 = space
      case .end(let space):
        ends.append(index)
        spaces.2 = space
      case .labels, .type:
        if header.isRelationshipTable {
          types.append(index)
        } else if column.role == .labels {
          labels.append(index)
        }
      case .property, .ignored: break
      }
    }
    (self.identifiers, self.starts, self.ends) = (identifiers, starts, ends)
    (self.labels, self.types) = (labels, types)
    (space, startSpace, endSpace) = spaces
    kinds = header.columns.enumerated().map { index, column in
      switch column.role {
      case .id:
        identifiers.count > 1
          ? .part : column.key != nil && !column.isInferred ? .typedIdentifier : .identifier
      case .start: starts.count > 1 ? .part : .start
      case .end: ends.count > 1 ? .part : .end
      case .labels: .name
      case .type: header.isRelationshipTable ? .name : .ignored
      case .property: CSVColumnStore.Kind(column)
      case .ignored: .ignored
      }
    }
  }

  /// An error of this table without line and column, which `LineCounter` adds.
  func error(
    _ code: DiagnosticCode, _ message: String, at offset: Int, help: String? = nil
  ) -> QueryError {
    var diagnostic = Diagnostic(
      code, message, at: SourceRange(start: offset, end: offset + 1), help: help)
    diagnostic.file = file.path
    return QueryError(diagnostic)
  }

  /// The label that nodes have beside those of their label columns; nil when there is none.
  var ownLabel: ByteString? { header.columns.lazy.compactMap(\.label).first }
}
