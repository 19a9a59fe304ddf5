import Glibc

/// Where the shell keeps its history.
public enum HistoryFile {
  /// `$XDG_STATE_HOME/dossier/history`, or `~/.local/state/dossier/history`; nil without a home.
  public static var standardPath: String? {
    if let state = Terminal.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/dossier/history"
    }
    return Terminal.variable("HOME").map { $0 + "/.local/state/dossier/history" }
  }

  /// Makes the folders that a path needs, readable by their owner alone.
  public static func makeFolder(of path: String) {
    let parts = path.split(separator: "/").dropLast()
    var folder = path.hasPrefix("/") ? "" : "."
    for part in parts {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }
}
