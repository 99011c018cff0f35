/// The event that an erasure is complete: no file, cache or queue of the site holds the erased data any more.
///
/// Contains codes, numbers and a hash of key numbers; nothing about a person.
package struct ErasureCompleted: Hashable, Sendable {
    /// The parts of the site that were erased in addition to the keys.
    package enum Part: String, ClosedCode, CaseIterable {
        /// Sealed files outside the log that belonged to the erased subjects.
        case blobs
        /// The claims of what was erased, which are free again.
        case claims
        /// The line in the ledger, which outlives a restored backup.
        case ledger
        /// Mail that was waiting to be sent.
        case mail
        /// What the member has read.
        case reading
        case sessions
        /// Links that work once.
        case tokens
        /// Every generation of the views, with its search index.
        case views
        /// The link between the account and the visit log.
        case visits
    }

    /// A file whose freed pages are overwritten and whose WAL was emptied.
    package enum File: String, ClosedCode, CaseIterable {
        case log, reading, runtime, vault, views, visits
    }

    package let fence: FenceID
    package let parts: [Part]
    package let files: [File]
    /// The number of generations of the views that had applied the fence.
    package let generations: Int
    package let keys: DestroyedKeys

    package init(fence: FenceID, parts: [Part], files: [File], generations: Int, keys: DestroyedKeys) {
        self.fence = fence
        self.parts = parts.sorted { $0.rawValue < $1.rawValue }
        self.files = files.sorted { $0.rawValue < $1.rawValue }
        self.generations = generations
        self.keys = keys
    }

    static let type = ErasureEventName.completed.type

    func encoded() -> NewEvent { NewEvent(ErasureCompleted.type, clear: ClearPart(Done(self))) }

    /// Nil for any other event.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == ErasureCompleted.type, let fence: FenceID = event.stream.id() else { return nil }
        let done: Done = try event.clear()
        self.init(
            fence: fence, parts: done.parts, files: done.files, generations: done.generations,
            keys: DestroyedKeys(count: done.keys, fingerprint: done.fingerprint))
    }
}

/// The clear part of the event.
private struct Done {
    let files: [ErasureCompleted.File]
    let fingerprint: TextHash
    let generations: Int
    let keys: Int
    let parts: [ErasureCompleted.Part]

    init(_ completed: ErasureCompleted) {
        files = completed.files
        fingerprint = completed.keys.fingerprint
        generations = completed.generations
        keys = completed.keys.count
        parts = completed.parts
    }
}

extension Done: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        files = try fields("files", \.files)
        fingerprint = try fields("fingerprint", \.fingerprint)
        generations = try fields("generations", \.generations)
        keys = try fields("keys", \.keys)
        parts = try fields("parts", \.parts)
    }
}

/// The keys that an erasure destroyed: how many, and the SHA-256 of their numbers in ascending order, each followed by a line feed.
///
/// The same fingerprint can be computed from the log, and the same numbers are destroyed in the vault.
package struct DestroyedKeys: Hashable, Sendable {
    package let count: Int
    package let fingerprint: TextHash

    init(_ numbers: [Int]) {
        count = numbers.count
        fingerprint = TextHash(of: numbers.sorted().map { "\($0)\n" }.joined())
    }

    init(count: Int, fingerprint: TextHash) {
        self.count = count
        self.fingerprint = fingerprint
    }
}
