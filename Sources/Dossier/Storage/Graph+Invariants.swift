/// Checks of the store's own rules; compiled to nothing unless `DOSSIER_INTERNAL_CHECKS` is set.
extension Graph {
  /// Stops the program when counts, label bitmaps, columns or adjacency disagree with each other.
  /// O(size of the graph).
  func checkInvariants() {
    #if DOSSIER_INTERNAL_CHECKS
      checkNodes()
      checkRelationships()
      checkColumns()
      for type in 0..<max(outgoing.count, incoming.count) { checkAdjacency(type) }
    #endif
  }

  #if DOSSIER_INTERNAL_CHECKS
    private func checkNodes() {
      var living = 0
      var labelled: [UInt32: Int] = [:]
      for index in 0..<nodePages.pageCount {
        guard let page = nodePages.page(index) else { continue }
        precondition(page.address == nodePages.address(index), "stale address of a node page")
        let exists = NodePage.existence(at: page.address)
        living += Bitmap.count(exists)
        let ids = NodePage.labelIDs(at: page.address)
        for slot in 0..<page.labelCount {
          precondition(slot == 0 || ids[slot - 1] < ids[slot], "labels of a page out of order")
          let bits = NodePage.bitmap(at: page.address, slot: slot)
          for word in 0..<Page.words {
            precondition(bits[word] & ~exists[word] == 0, "a label of a node that does not exist")
          }
          labelled[ids[slot], default: 0] += Bitmap.count(bits)
        }
      }
      precondition(living == nodeCount, "node count")
      for (label, count) in labelled where count > 0 {
        precondition(nodeCount(label: LabelID(rawValue: label)) == count, "nodes of a label")
      }
      for (label, count) in labelCounts.enumerated() {
        precondition(labelled[UInt32(label), default: 0] == count, "nodes of a label")
      }
    }

    private func checkRelationships() {
      var living = 0
      var typed: [Int: Int] = [:]
      for row in 0..<relationshipIDBound {
        let id = RelationshipID(rawValue: UInt32(row))
        guard contains(id) else { continue }
        living += 1
        let type = ends(of: id).type
        let (start, end) = endElements(of: id)
        precondition(contains(start) && contains(end), "a relationship without an end")
        typed[Int(type.rawValue), default: 0] += 1
      }
      precondition(living == relationshipCount, "relationship count")
      for (type, count) in typeCounts.enumerated() {
        precondition(typed[type, default: 0] == count, "relationships of a type")
      }
    }

    private func checkColumns() {
      for case let column? in nodeColumns {
        precondition(column.countsHold(), "counts of a node property")
        checkRows(column, bound: nodeIDBound) { contains(NodeID(rawValue: $0)) }
      }
      for case let column? in relationshipColumns {
        precondition(column.countsHold(), "counts of a relationship property")
        checkRows(column, bound: relationshipIDBound) { contains(RelationshipID(rawValue: $0)) }
      }
    }

    private func checkRows(_ column: PropertyColumn, bound: Int, _ exists: (UInt32) -> Bool) {
      for row in 0..<column.pages.pageCount << Page.shift where column.contains(row) {
        precondition(row < bound && exists(UInt32(row)), "a property of a missing element")
      }
    }

    private func checkAdjacency(_ type: Int) {
      let count = type < typeCounts.count ? typeCounts[type] : 0
      for (directories, isOutgoing) in [(outgoing, true), (incoming, false)] {
        var entries = 0
        if type < directories.count, let pages = directories[type] {
          for index in 0..<pages.pageCount {
            guard let page = pages.page(index) else { continue }
            precondition(page.address == pages.address(index), "stale address of an adjacency page")
            entries += page.entryCount
            checkEntries(page, first: index << Page.shift, type, isOutgoing)
          }
        }
        precondition(entries == count, "adjacency entries of a type")
      }
    }

    private func checkEntries(_ page: AdjacencyPage, first: Int, _ type: Int, _ isOutgoing: Bool) {
      var entries = 0
      for row in 0..<Page.rows {
        page.checkInvariants(row)
        let list = AdjacencyPage.list(at: page.address, row)
        entries += list.count
        for i in 0..<list.count {
          let id = RelationshipID(rawValue: list.relationships[i])
          let (ownType, start, end) = ends(of: id)
          let (near, far) = isOutgoing ? (start, end) : (end, start)
          precondition(contains(id) && Int(ownType.rawValue) == type, "a foreign relationship")
          precondition(
            Int(near.rawValue) == first + row && far.rawValue == list.neighbours[i],
            "ends of a relationship")
        }
      }
      precondition(entries == page.entryCount, "entries of an adjacency page")
    }
  #endif
}

extension AdjacencyPage {
  /// Stops the program when the list of a row is not sorted. O(degree).
  @inline(__always)
  func checkInvariants(_ row: Int) {
    #if DOSSIER_INTERNAL_CHECKS
      let list = Self.list(at: address, row)
      for i in 0..<max(0, list.count - 1) {
        let (a, b) = (list.neighbours[i], list.neighbours[i + 1])
        precondition(
          a < b || (a == b && list.relationships[i] < list.relationships[i + 1]),
          "a neighbour list out of order")
      }
    #endif
  }
}
