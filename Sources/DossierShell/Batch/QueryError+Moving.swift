import DossierSyntax

extension QueryError {
  /// The error with its places moved from the text of a statement to the script that holds it.
  ///
  /// `range` is where the statement stands in `text`, `firstLine` the number of the text's first line.
  func moved(to range: SourceRange, in text: SourceText, firstLine: Int) -> QueryError {
    var error = self
    for index in error.diagnostics.indices {
      // What has a file of its own is no place in the statement.
      guard error.diagnostics[index].file == nil, let place = error.diagnostics[index].range
      else { continue }
      let start = min(place.start + range.start, range.end)
      let end = min(max(place.end + range.start, start), range.end)
      error.diagnostics[index].range = SourceRange(start: start, end: end)
      var position = text.position(of: start)
      position.line += firstLine - 1
      error.diagnostics[index].position = position
    }
    return error
  }
}
