/// The names of the events of an erasure.
package enum ErasureEventName: String, WireName {
    case fenced = "erasure.fenced"
    case completed = "erasure.completed"
    case deferred = "erasure.deferred"

    package static let prefix = "erasure."
}

/// The names of the events about the log's own keys, copies and continuations.
package enum OperationEventName: String, WireName {
    case backupBegun = "operation.backup-begun"
    case keysRotated = "operation.keys-rotated"
    case keysBackedUp = "operation.keys-backed-up"
    case keyEpochDestroyed = "operation.key-epoch-destroyed"
    case logContinued = "operation.log-continued"

    package static let prefix = "operation."
}
