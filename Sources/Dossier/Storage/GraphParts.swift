/// What a graph is made of; `Graph` says what each part is.
struct GraphParts: Sendable {
  let catalog: Catalog
  let strings: StringDictionary
  var nodePages: PageDirectory<NodePage> = PageDirectory()
  var relationshipPages: PageDirectory<RelationshipPage> = PageDirectory()
  var outgoing: ContiguousArray<PageDirectory<AdjacencyPage>?> = []
  var incoming: ContiguousArray<PageDirectory<AdjacencyPage>?> = []
  var nodeColumns: ContiguousArray<PropertyColumn?> = []
  var relationshipColumns: ContiguousArray<PropertyColumn?> = []
  var labelCounts: ContiguousArray<Int> = []
  var typeCounts: ContiguousArray<Int> = []
  var relationshipStatistics: ContiguousArray<RelationshipStatistics> = []
  var nodeCount: Int = 0
  var relationshipCount: Int = 0
  var nodeIDBound: Int = 0
  var relationshipIDBound: Int = 0
  var validTimeKeys: ValidTimeKeys = ValidTimeKeys()
  var provenanceNames: ProvenanceNames = ProvenanceNames()
  var version: UInt64 = 0
  var commitTime: Instant?
  var indexes: PropertyIndexes = PropertyIndexes()
  var periodIndexes: PeriodIndexes = PeriodIndexes()

  init(catalog: Catalog, strings: StringDictionary) {
    self.catalog = catalog
    self.strings = strings
  }
}

/// The parts of a graph behind one reference, so that a copy of the graph costs one reference count.
final class GraphStorage: ManagedBuffer<GraphParts, Void> {
  static func make(_ parts: GraphParts) -> GraphStorage {
    unsafeDowncast(create(minimumCapacity: 0) { _ in parts }, to: GraphStorage.self)
  }

  var parts: UnsafeMutablePointer<GraphParts> {
    @inline(__always) get { withUnsafeMutablePointerToHeader { $0 } }
  }
}

extension Graph {
  var catalog: Catalog {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.catalog
    }
  }

  var strings: StringDictionary {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.strings
    }
  }

  var nodePages: PageDirectory<NodePage> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.nodePages
    }
    @inline(__always) _modify { yield &ownParts.pointee.nodePages }
  }

  var relationshipPages: PageDirectory<RelationshipPage> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.relationshipPages
    }
    @inline(__always) _modify { yield &ownParts.pointee.relationshipPages }
  }

  /// By relationship type; nil or missing when no relationship of the type was ever made.
  var outgoing: ContiguousArray<PageDirectory<AdjacencyPage>?> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.outgoing
    }
    @inline(__always) _modify { yield &ownParts.pointee.outgoing }
  }

  var incoming: ContiguousArray<PageDirectory<AdjacencyPage>?> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.incoming
    }
    @inline(__always) _modify { yield &ownParts.pointee.incoming }
  }

  /// By property key; nil or missing when no element ever had the property.
  var nodeColumns: ContiguousArray<PropertyColumn?> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.nodeColumns
    }
    @inline(__always) _modify { yield &ownParts.pointee.nodeColumns }
  }

  var relationshipColumns: ContiguousArray<PropertyColumn?> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.relationshipColumns
    }
    @inline(__always) _modify { yield &ownParts.pointee.relationshipColumns }
  }

  /// Living nodes by label; a label beyond the end has none.
  var labelCounts: ContiguousArray<Int> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.labelCounts
    }
    @inline(__always) _modify { yield &ownParts.pointee.labelCounts }
  }

  /// Living relationships by type; a type beyond the end has none.
  var typeCounts: ContiguousArray<Int> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.typeCounts
    }
    @inline(__always) _modify { yield &ownParts.pointee.typeCounts }
  }

  /// By relationship type; a type beyond the end has none.
  var relationshipStatistics: ContiguousArray<RelationshipStatistics> {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.relationshipStatistics
    }
    @inline(__always) _modify { yield &ownParts.pointee.relationshipStatistics }
  }

  /// How many nodes live.
  var nodeCount: Int {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.nodeCount
    }
    @inline(__always) _modify { yield &ownParts.pointee.nodeCount }
  }

  /// How many relationships live.
  var relationshipCount: Int {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.relationshipCount
    }
    @inline(__always) _modify { yield &ownParts.pointee.relationshipCount }
  }

  /// Node ids ever given out are below this.
  var nodeIDBound: Int {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.nodeIDBound
    }
    @inline(__always) _modify { yield &ownParts.pointee.nodeIDBound }
  }

  /// Relationship ids ever given out are below this.
  var relationshipIDBound: Int {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.relationshipIDBound
    }
    @inline(__always) _modify { yield &ownParts.pointee.relationshipIDBound }
  }

  /// Which properties hold the valid time of elements.
  var validTimeKeys: ValidTimeKeys {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.validTimeKeys
    }
    @inline(__always) _modify { yield &ownParts.pointee.validTimeKeys }
  }

  /// What leads to the sources of elements.
  var provenanceNames: ProvenanceNames {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.provenanceNames
    }
    @inline(__always) _modify { yield &ownParts.pointee.provenanceNames }
  }

  /// How many versions were published before; a writer's copy has the number of what it copied.
  var version: UInt64 {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.version
    }
    @inline(__always) _modify { yield &ownParts.pointee.version }
  }

  /// When this version was published; nil for a graph that never was.
  var commitTime: Instant? {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.commitTime
    }
    @inline(__always) _modify { yield &ownParts.pointee.commitTime }
  }

  /// Indexes over node properties, shared by all versions.
  var indexes: PropertyIndexes {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.indexes
    }
    @inline(__always) _modify { yield &ownParts.pointee.indexes }
  }

  /// What was computed from the valid time of elements, shared by all versions.
  var periodIndexes: PeriodIndexes {
    @inline(__always) _read {
      defer { holdParts() }
      yield parts.pointee.periodIndexes
    }
    @inline(__always) _modify { yield &ownParts.pointee.periodIndexes }
  }
}
