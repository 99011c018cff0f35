/// That everything an erasure asks for is done: no file, cache or queue of the site holds any more what it named.
///
/// Codes, numbers and a hash of key numbers; nothing about anybody.
package struct ErasureCompleted: Hashable, Sendable {
    /// What was seen to, beside the keys.
    package enum Part: String, ClosedCode, CaseIterable {
        /// Sealed files outside the log that belonged to it.
        case blobs
        /// Names held by what was erased are free again.
        case claims
        /// The line in the ledger, which outlives a restored backup.
        case ledger
        /// Mail that was waiting to be sent.
        case mail
        case sessions
        /// Links that worked once.
        case tokens
        /// Every generation of the views, with its search index.
        case views
        /// The link between the account and the visit log.
        case visits
    }

    /// A file whose freed pages are overwritten and whose WAL was emptied.
    package enum File: String, ClosedCode, CaseIterable {
        case log, runtime, vault, views, visits
    }

    package let fence: FenceID
    package let parts: [Part]
    package let files: [File]
    /// How many generations of the views had taken in the fence.
    package let generations: Int
    package let keys: DestroyedKeys

    package init(fence: FenceID, parts: [Part], files: [File], generations: Int, keys: DestroyedKeys) {
        self.fence = fence
        self.parts = parts.sorted { $0.rawValue < $1.rawValue }
        self.files = files.sorted { $0.rawValue < $1.rawValue }
        self.generations = generations
        self.keys = keys
    }

    static let type = EventType("erasure.completed", 1)

    func encoded() -> NewEvent {
        NewEvent(
            ErasureCompleted.type,
            clear: ClearPart { json in
                json.codes("files", files)
                json.hash("fingerprint", keys.fingerprint)
                json.integer("generations", generations)
                json.integer("keys", keys.count)
                json.codes("parts", parts)
            })
    }

    /// Nil when the event is none of these.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == ErasureCompleted.type, let fence: FenceID = event.stream.id() else { return nil }
        self = try event.clear { (json) throws(MalformedEvent) in
            let files: [File] = try json.codes("files")
            let fingerprint = try json.hash("fingerprint")
            let generations = try json.integer("generations")
            let keys = try json.integer("keys")
            return ErasureCompleted(
                fence: fence, parts: try json.codes("parts"), files: files, generations: generations,
                keys: DestroyedKeys(count: keys, fingerprint: fingerprint))
        }
    }
}

/// The keys that an erasure destroyed: how many, and the SHA-256 of their numbers in ascending order, each followed by a line feed.
///
/// Whoever has the log makes the same fingerprint from it, and finds the same numbers empty in the vault.
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
