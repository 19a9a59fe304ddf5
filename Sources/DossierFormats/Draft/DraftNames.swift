import Dossier

/// The builder's names for a draft's labels, types and keys, and the sets of labels.
struct DraftNames {
  var types: [GraphBuilder.TypeName]
  var keys: [GraphBuilder.KeyName]
  var sets: [[GraphBuilder.LabelName]]
  /// The draft's number of the key `id`; nil when nobody has it.
  var identity: UInt32?

  init(_ draft: GraphDraft, _ builder: GraphBuilder) {
    let labels = draft.labelNames.names.map { builder.label($0.buffer) }
    types = draft.typeNames.names.map { builder.type($0.buffer) }
    keys = draft.keyNames.names.map { builder.key($0.buffer) }
    sets = (0..<draft.labelSets.count).map { set in
      draft.labelSets.labels(of: UInt32(truncatingIfNeeded: set)).map { labels[Int($0)] }
    }
    identity = draft.keyNames.names.firstIndex { $0.equals("id") }.map {
      UInt32(truncatingIfNeeded: $0)
    }
  }
}
