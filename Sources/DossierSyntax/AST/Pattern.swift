/// `<graph pattern>`: path patterns separated by commas.
public struct Pattern: Sendable {
  public var paths: [PathPattern]
  public var range: SourceRange

  public init(paths: [PathPattern], range: SourceRange) {
    self.paths = paths
    self.range = range
  }
}

/// `[variable =] node (relationship node)*`, or the same inside `shortestPath(…)`.
public struct PathPattern: Sendable {
  public enum Selector: Sendable { case none, shortestPath, allShortestPaths }

  public var variable: Name?
  public var selector: Selector
  /// `relationships.count + 1` nodes.
  public var nodes: [NodePattern]
  public var relationships: [RelationshipPattern]
  public var range: SourceRange

  public init(
    variable: Name?, selector: Selector, nodes: [NodePattern],
    relationships: [RelationshipPattern], range: SourceRange
  ) {
    self.variable = variable
    self.selector = selector
    self.nodes = nodes
    self.relationships = relationships
    self.range = range
  }
}

/// `(variable:Label:… {key: value})`, or `[variable]` for a relationship that others are about.
public struct NodePattern: Sendable {
  public var variable: Name?
  public var labels: [Name]
  /// A map or a parameter.
  public var properties: Expression?
  /// Written `[variable]`: the end of the path is this relationship. There is a variable, and neither
  /// labels nor properties.
  public var standsForRelationship: Bool
  public var range: SourceRange

  public init(
    variable: Name?, labels: [Name], properties: Expression?, standsForRelationship: Bool = false,
    range: SourceRange
  ) {
    self.variable = variable
    self.labels = labels
    self.properties = properties
    self.standsForRelationship = standsForRelationship
    self.range = range
  }
}

/// `-[variable:TYPE|… *min..max {key: value}]->`.
public struct RelationshipPattern: Sendable {
  /// As written from left to right; `both` covers `--` and `<-->`.
  public enum Direction: Sendable { case right, left, both }

  /// `*`, `*n`, `*n..`, `*..m`, `*n..m`; either bound may be absent.
  public struct Length: Sendable {
    public var minimum: Int?
    public var maximum: Int?
    public var range: SourceRange
    public init(minimum: Int?, maximum: Int?, range: SourceRange) {
      self.minimum = minimum
      self.maximum = maximum
      self.range = range
    }
  }

  public var variable: Name?
  public var types: [Name]
  public var direction: Direction
  /// nil for a relationship of length one.
  public var length: Length?
  /// A map or a parameter.
  public var properties: Expression?
  public var range: SourceRange

  public init(
    variable: Name?, types: [Name], direction: Direction, length: Length?,
    properties: Expression?, range: SourceRange
  ) {
    self.variable = variable
    self.types = types
    self.direction = direction
    self.length = length
    self.properties = properties
    self.range = range
  }
}
