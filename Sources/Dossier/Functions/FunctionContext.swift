import DossierSyntax

/// What a function's kernel may use besides its arguments.
struct FunctionContext {
  let state: ExecutionState
  /// The call in the source text, for errors.
  let range: SourceRange

  var arena: Arena { state.arena }
  var graph: Graph { state.graph }
}
