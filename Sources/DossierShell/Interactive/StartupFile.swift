import DossierSyntax
import Glibc

/// The statements and commands that a conversation starts with.
public enum StartupFile {
  /// `$XDG_CONFIG_HOME/dossier/rc`, or `~/.config/dossier/rc`; nil without a home.
  public static var standardPath: String? {
    if let folder = Terminal.variable("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/dossier/rc"
    }
    return Terminal.variable("HOME").map { $0 + "/.config/dossier/rc" }
  }
}

extension Shell {
  /// Runs the startup file where there is one. Failures are reported with file and line, and the rest
  /// of the file is run.
  func runStartupFile(_ path: String) {
    if access(path, F_OK) != 0 && errno == ENOENT { return }
    var batch = BatchRunner(shell: self, keepsGoing: true)
    batch.run([BatchSource(.file(path))])
  }
}
