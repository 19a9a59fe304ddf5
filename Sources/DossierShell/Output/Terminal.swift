import Glibc

/// What is known of the terminal that results or messages go to.
enum Terminal {
  /// True when a person reads a descriptor.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns and rows; nil when the terminal does not tell.
  static func size(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// True when colours may be written: on a terminal that is not `dumb`, unless `NO_COLOR` is set; or
  /// wherever `CLICOLOR_FORCE` asks for them.
  static func hasColors(_ descriptor: Int32) -> Bool {
    if let forced = variable("CLICOLOR_FORCE"), forced != "0" { return true }
    if variable("NO_COLOR") != nil || variable("TERM") == "dumb" { return false }
    return isTerminal(descriptor)
  }

  /// An environment variable that is set and not empty.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// The command that shows long results page by page: `$PAGER`, or `less` where it is installed;
  /// nil when `$PAGER` is set to nothing or the terminal is dumb.
  static var pager: String? {
    if variable("TERM") == "dumb" { return nil }
    if getenv("PAGER") != nil { return variable("PAGER") }
    let folders = (variable("PATH") ?? "").split(separator: ":")
    return folders.contains { access($0 + "/less", X_OK) == 0 } ? "less" : nil
  }

  /// True where a desktop can show files.
  static var hasDesktop: Bool { variable("DISPLAY") != nil || variable("WAYLAND_DISPLAY") != nil }

  /// Asks the desktop to show a file; the path is one of ours and needs no quoting.
  static func openOnDesktop(_ path: String) {
    _ = system("xdg-open \(path) >/dev/null 2>&1 &")
  }
}
