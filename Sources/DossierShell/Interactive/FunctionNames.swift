/// Names of functions for completion and help.
enum FunctionNames {
  static let all: [String] = []
}
