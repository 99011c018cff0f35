extension EventLog {
    /// Seals off what erasures name, releases the claims they end and destroys their keys: from the returned position on it can neither be read nor written.
    ///
    /// The fences come last, in one append with `others`: when a stream is not at its expected version, nothing is erased.
    /// - Returns: the positions of the others' events and, last, of the fences.
    /// An anchor that is away hinders nothing: the erasure is incomplete until `settle` has reached it.
    /// - Throws: `AppendFailure`, or `ErasureUnfinished` after the append: `settle` or the next start finishes what is left.
    @discardableResult
    package func erase(
        _ erasure: Erasure, together others: [StreamAppend] = [], claims: [ClaimChange] = [], command: CommandID,
        by actor: Actor, because causation: Int? = nil, at time: Instant
    ) async throws -> Appended {
        try await erase(
            [erasure], together: others, claims: claims, command: command, by: actor, because: causation, at: time)
    }

    /// Several erasures in one append with what others do: all of it or nothing.
    @discardableResult
    package func erase(
        _ erasures: [Erasure], together others: [StreamAppend] = [], claims: [ClaimChange] = [], command: CommandID,
        by actor: Actor, because causation: Int? = nil, at time: Instant
    ) async throws -> Appended {
        let fences = erasures.map { erasure in
            StreamAppend(StreamName(erasure.fence), expected: .exactly(0), encoded: [erasure.encoded()])
        }
        let appended = try await append(
            Append(
                command: command, actor: actor, time: time, causation: causation, streams: others + fences,
                claims: claims))
        // A crash from here on leaves fences, and whoever opens the log next does the rest before anything is read.
        defer { fenceFollowers.tell() }
        do {
            try await destroyKeys(of: erasures)
        } catch LogUnusable.anchorUnreachable {
            // The keys are destroyed; a member who signs in or is erased cannot mount the missing medium.
        } catch {
            throw ErasureUnfinished(reason: error)
        }
        return appended
    }

    /// Whether the anchor directory can be written to; true when none is configured.
    package var isAnchorReachable: Bool {
        guard let anchor = files.anchored else { return true }
        return (try? anchor.require()) != nil
    }

    /// Does what follows fences: the ledger, then the keys. What is done already stays as it is.
    /// - Throws: `LogUnusable.anchorUnreachable` when all is done but the copy of the ledger in the anchor directory.
    package func destroyKeys(of erasures: [Erasure]) async throws { try await writer.destroyKeys(of: erasures) }

    /// Once now, and again after each erasure. Erasures in between may be told of together.
    package func fences() -> AsyncStream<Void> { fenceFollowers.follow() }

    /// The events of the fences after a position, in their order: what a file made before them still has to forget.
    package func fences(after position: Int) throws -> [RecordedEvent] {
        try readers.read { reader in
            try reader.fences(after: position).flatMap { try reader.events(after: $0 - 1, limit: 1) }
        }
    }

    /// The position of the newest fence; 0 while nothing was ever erased.
    package func lastFence() throws -> Int { try readers.read { try $0.lastFence() } }

    /// Fences whose erasure is not complete, the oldest first.
    package func unfinishedErasures() throws -> [FencedErasure] {
        try readers.read { reader in
            try reader.unfinishedFences().compactMap { try FencedErasure(reader.events(in: $0, after: 0)) }
        }
    }

    /// The erasure whose receipt opens with the token that has this hash.
    package func erasure(withReceipt receipt: TextHash) throws -> FencedErasure? {
        try readers.read { reader in
            guard let stream = try reader.fence(withReceipt: receipt) else { return nil }
            return try FencedErasure(reader.events(in: stream, after: 0))
        }
    }

    /// What the ledger names and this log does not: it was restored from before they were erased.
    package func forgottenErasures() throws -> [Erasure] {
        try ErasureLedger(directory: files.keys).erasures(of: identity).filter {
            try events(in: StreamName($0.fence)).isEmpty
        }
    }

    /// The keys that were destroyed, as the log and the vault agree on it. Reads much of the log: not for an event loop.
    /// - Throws: `KeysNotDestroyed`.
    package func destroyedKeys(of erasures: [Erasure]) throws -> [FenceID: DestroyedKeys] {
        try readers.read { try $0.keys(of: erasures) }.mapValues { numbers in
            for number in numbers {
                guard case .destroyed = try vault.key(number) else { throw KeysNotDestroyed() }
            }
            return DestroyedKeys(numbers)
        }
    }

    /// Moves log and vault into their files and empties their WALs.
    /// - Returns: the files whose WAL somebody was reading; nothing is certain of those.
    package func emptyWriteAheadLogs() async throws -> [ErasureCompleted.File] {
        try await writer.emptyWriteAheadLogs()
    }

    /// Notes that everything `fenced` asks for is done. Once, however often it is said.
    @discardableResult
    package func complete(_ fenced: FencedErasure, _ done: ErasureCompleted, at time: Instant) async throws -> Appended
    {
        try await append(
            Append(
                command: CommandID(named: "complete \(fenced.erasure.fence)", at: fenced.time), actor: .system,
                time: time, causation: fenced.position,
                streams: [StreamAppend(StreamName(done.fence), expected: .exactly(1), encoded: [done.encoded()])]))
    }
}

/// The fences of an erasure are in the log, and its keys are not destroyed yet: a file could not be written.
package struct ErasureUnfinished: Error, CustomStringConvertible {
    package let reason: any Error

    package var description: String {
        "the erasure is in the log, and its keys are not destroyed yet (\(reason)); the site does it within a minute once that is mended, or at its next start"
    }
}

/// The log has an erasure, and the vault a key that it should have ended.
package struct KeysNotDestroyed: Error {}
