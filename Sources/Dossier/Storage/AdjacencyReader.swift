/// Which end of a relationship is the near one.
enum AdjacencyDirection: UInt8, Sendable {
  /// From start nodes to end nodes.
  case outgoing
  /// From end nodes to start nodes.
  case incoming
}

extension RelationshipShape {
  /// What stands at the near end in a direction.
  func near(_ direction: AdjacencyDirection) -> ElementKind {
    direction == .outgoing ? start : end
  }
}

/// The neighbours of every node by relationships of one type in one direction.
///
/// It keeps seeing the graph as it was when it was taken, also when that graph value is written
/// afterwards.
struct AdjacencyReader {
  /// The lists, for as long as this reader is held.
  let lists: AdjacencyLists
  private let pages: PageDirectory<AdjacencyPage>

  init(_ pages: PageDirectory<AdjacencyPage>) {
    self.pages = pages
    lists = AdjacencyLists(
      addresses: pages.addresses, pageCount: pages.pageCount)
  }

  /// Keeps alive what the lists point to.
  var owner: AnyObject { pages }

  /// The neighbours of a node, as `AdjacencyLists` has them.
  @inline(__always)
  func neighbours(
    of node: UInt32
  ) -> (neighbours: UnsafePointer<UInt32>, relationships: UnsafePointer<UInt32>, count: Int) {
    lists.neighbours(of: node)
  }

  @inline(__always)
  func degree(of node: UInt32) -> Int { lists.degree(of: node) }
}

/// The neighbour lists of one type and direction as bare memory, which an `AdjacencyReader` keeps
/// alive: copies of it cost no reference counts.
struct AdjacencyLists {
  let addresses: UnsafePointer<UnsafeRawPointer>
  let pageCount: Int
  /// The page without entries; kept here, as asking for a static property costs a call each time.
  private let absent = AdjacencyPage.absentAddress

  init(addresses: UnsafePointer<UnsafeRawPointer>, pageCount: Int) {
    self.addresses = addresses
    self.pageCount = pageCount
  }

  /// The neighbours of a node and the relationships to them, sorted by (neighbour, relationship).
  /// A node without any, or an id that was never given out, has an empty list.
  @inline(__always)
  func neighbours(
    of node: UInt32
  ) -> (neighbours: UnsafePointer<UInt32>, relationships: UnsafePointer<UInt32>, count: Int) {
    let page = Int(node >> 11)
    let address = page < pageCount ? addresses[page] : absent
    let list = AdjacencyPage.list(at: address, Int(node & 2047))
    return (list.neighbours, list.relationships, list.count)
  }

  @inline(__always)
  func degree(of node: UInt32) -> Int {
    neighbours(of: node).count
  }

  /// Where the lists of 2,048 nodes are, for the functions of `AdjacencyPage`.
  @inline(__always)
  func page(_ page: Int) -> UnsafeRawPointer {
    page < pageCount ? addresses[page] : absent
  }
}
