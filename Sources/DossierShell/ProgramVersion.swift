/// The version of the program and the library.
public enum ProgramVersion {
  /// A semantic version, as `--version` prints it.
  public static let text = "0.1.0"
}
