/// All codes, alphabetical.
extension DiagnosticCode {
  private static func syntax(_ detail: String, _ status: String) -> DiagnosticCode {
    DiagnosticCode("SyntaxError", .compileTime, detail, status: status)
  }

  public static let ambiguousAggregationExpression = syntax(
    "AmbiguousAggregationExpression", "42N21")
  public static let cancelled = DiagnosticCode("Cancelled", .runtime, "Cancelled", status: "57014")
  public static let columnNameConflict = syntax("ColumnNameConflict", "42N38")
  /// Two statements of a file, or a file and the graph, that give one property two values.
  public static let conflictingProperty = DiagnosticCode(
    "FileError", .runtime, "ConflictingProperty", status: "22N71")
  public static let creatingVarLength = syntax("CreatingVarLength", "42N15")
  public static let deleteConnectedNode = DiagnosticCode(
    "ConstraintVerificationFailed", .runtime, "DeleteConnectedNode", status: "G1001")
  public static let deletedEntityAccess = DiagnosticCode(
    "EntityNotFound", .runtime, "DeletedEntityAccess", status: "22N33")
  public static let differentColumnsInUnion = syntax("DifferentColumnsInUnion", "42N39")
  public static let divisionByZero = DiagnosticCode(
    "ArithmeticError", .runtime, "DivisionByZero", status: "22012")
  /// An identifier that a file gives to two elements.
  public static let duplicateIdentifier = DiagnosticCode(
    "FileError", .runtime, "DuplicateIdentifier", status: "22N72")
  /// An element whose valid time ends before it begins.
  public static let endBeforeStart = DiagnosticCode(
    "ConstraintVerificationFailed", .runtime, "EndBeforeStart", status: "22N34")
  /// A file that the session does not allow statements to read.
  public static let fileAccessDenied = DiagnosticCode(
    "FileError", .runtime, "FileAccessDenied", status: "42501")
  public static let fileUnreadable = DiagnosticCode(
    "FileError", .runtime, "FileUnreadable", status: "58030")
  public static let fileUnwritable = DiagnosticCode(
    "FileError", .runtime, "FileUnwritable", status: "58031")
  public static let floatingPointOverflow = syntax("FloatingPointOverflow", "22003")
  public static let integerOverflow = syntax("IntegerOverflow", "22003")
  public static let integerOverflowAtRuntime = DiagnosticCode(
    "ArithmeticError", .runtime, "IntegerOverflow", status: "22003")
  public static let internalError = DiagnosticCode(
    "InternalError", .runtime, "InternalError", status: "50N00")
  public static let invalidAggregation = syntax("InvalidAggregation", "42N22")
  public static let invalidArgumentPassingMode = syntax("InvalidArgumentPassingMode", "42N26")
  public static let invalidArgumentType = syntax("InvalidArgumentType", "42N01")
  /// A value of the wrong type where only the running statement could tell.
  public static let invalidArgumentTypeAtRuntime = DiagnosticCode(
    "TypeError", .runtime, "InvalidArgumentType", status: "22G03")
  public static let invalidArgumentValue = DiagnosticCode(
    "TypeError", .runtime, "InvalidArgumentValue", status: "22N02")
  public static let invalidClauseComposition = syntax("InvalidClauseComposition", "42N40")
  public static let invalidData = DiagnosticCode(
    "FileError", .runtime, "InvalidData", status: "22N10")
  public static let invalidDelete = syntax("InvalidDelete", "42N25")
  /// A key or an index where the static type has no such part.
  public static let invalidElementAccess = DiagnosticCode(
    "TypeError", .compileTime, "InvalidArgumentType", status: "22G03")
  public static let invalidFieldTerminator = syntax("InvalidFieldTerminator", "42N41")
  public static let invalidNumberLiteral = syntax("InvalidNumberLiteral", "42I11")
  public static let invalidNumberOfArguments = syntax("InvalidNumberOfArguments", "42I13")
  public static let invalidParameterUse = syntax("InvalidParameterUse", "42N27")
  public static let invalidPropertyType = DiagnosticCode(
    "TypeError", .runtime, "InvalidPropertyType", status: "22G04")
  public static let invalidRelationshipPattern = syntax("InvalidRelationshipPattern", "42I40")
  /// A line of a protocol that is no request.
  public static let invalidRequest = DiagnosticCode(
    "ProtocolError", .runtime, "InvalidRequest", status: "08N06")
  public static let invalidUnicodeCharacter = syntax("InvalidUnicodeCharacter", "42I46")
  public static let invalidUnicodeLiteral = syntax("InvalidUnicodeLiteral", "42I47")
  public static let limitNegative = DiagnosticCode(
    "SyntaxError", .runtime, "NegativeIntegerArgument", status: "22N03")
  public static let limitOfWrongType = DiagnosticCode(
    "SyntaxError", .runtime, "InvalidArgumentType", status: "22G03")
  public static let mapElementAccessByNonString = DiagnosticCode(
    "TypeError", .runtime, "MapElementAccessByNonString", status: "22G05")
  public static let memoryLimit = DiagnosticCode(
    "LimitExceeded", .runtime, "MemoryLimit", status: "53200")
  public static let mergeReadOwnWrites = DiagnosticCode(
    "SemanticError", .runtime, "MergeReadOwnWrites", status: "22N31")
  public static let missingParameter = DiagnosticCode(
    "ParameterMissing", .compileTime, "MissingParameter", status: "42N51")
  public static let negativeIntegerArgument = syntax("NegativeIntegerArgument", "42N31")
  public static let nestedAggregation = syntax("NestedAggregation", "42N23")
  public static let nestedValueTooDeep = DiagnosticCode(
    "LimitExceeded", .runtime, "NestedValueTooDeep", status: "54001")
  public static let nestingTooDeep = syntax("NestingTooDeep", "54001")
  public static let noExpressionAlias = syntax("NoExpressionAlias", "42N24")
  public static let noSingleRelationshipType = syntax("NoSingleRelationshipType", "42N13")
  public static let noVariablesInScope = syntax("NoVariablesInScope", "42N28")
  public static let nonConstantExpression = syntax("NonConstantExpression", "42N29")
  public static let numberOutOfRange = DiagnosticCode(
    "ArgumentError", .runtime, "NumberOutOfRange", status: "22003")
  public static let procedureNotFound = DiagnosticCode(
    "ProcedureError", .compileTime, "ProcedureNotFound", status: "42N08")
  public static let relationshipUniquenessViolation = syntax(
    "RelationshipUniquenessViolation", "42N14")
  public static let requiresDirectedRelationship = syntax("RequiresDirectedRelationship", "42N12")
  public static let timeLimit = DiagnosticCode(
    "LimitExceeded", .runtime, "TimeLimit", status: "57013")
  public static let transactionState = DiagnosticCode(
    "TransactionError", .runtime, "InvalidTransactionState", status: "25G01")
  /// A reference in a file to an element that the file does not define.
  public static let undefinedReference = DiagnosticCode(
    "FileError", .runtime, "UndefinedReference", status: "22N73")
  public static let undefinedVariable = syntax("UndefinedVariable", "42N62")
  public static let unexpectedSyntax = syntax("UnexpectedSyntax", "42001")
  public static let unknownFunction = syntax("UnknownFunction", "42N48")
  public static let variableAlreadyBound = syntax("VariableAlreadyBound", "42N59")
  public static let variableTypeConflict = syntax("VariableTypeConflict", "42N63")
  /// A row of a table file with fewer or more fields than its header.
  public static let wrongColumnCount = DiagnosticCode(
    "FileError", .runtime, "WrongColumnCount", status: "22N74")
}
